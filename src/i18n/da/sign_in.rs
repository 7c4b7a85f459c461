//! Signing in, and the end of a session, in Danish.

use crate::i18n::prose::{SessionTexts, SignInTexts};

pub(super) static SESSION: SessionTexts = SessionTexts {
    ending: "Du bliver snart logget af",
    left: "Du bliver logget af om {minutes} min. og {seconds} sek.",
    ending_text: "Du har ikke brugt siden i nogen tid. Vil du blive logget på? Hvis du ikke vælger, logger vi dig af, så ingen andre kan se dine tal.",
    ending_last_text: "Du har været logget på så længe, som man kan i ét stræk. Send det, du har skrevet, nu. Du kan logge på igen bagefter.",
    go_on: "Bliv logget på",
    ended: "Du er logget af",
    ended_text: "Der er gået lang tid, så vi har logget dig af. Dine tal er ikke på skærmen mere. Log på igen for at gå videre.",
    ended_kept: "Der er gået lang tid, så vi har logget dig af. Dine tal er ikke på skærmen mere. Det, du har skrevet, er gemt i denne fane, til du logger på igen. Logger en anden på, bliver det slettet.",
    again: "Log på igen",
    other: "Eller vælg en anden person",
};

pub(super) static SIGN_IN: SignInTexts = SignInTexts {
    title: "Log ind",
    lead: "Du skal vise, hvem du er, før du kan se dine tal.",
    steps: "Sådan foregår det",
    step_there: "Du kommer over på den side, hvor du viser, hvem du er.",
    step_back: "Bagefter kommer du tilbage til den side, du ville se.",
    step_out: "Vi logger dig af, når du ikke har brugt siden i nogen tid. Du kan også selv gøre det øverst på siden.",
    demo: "Eller kom ind som en opdigtet person",
    refused: "Du blev ikke logget ind",
    refused_text: "Du afbrød, eller der blev sagt nej på den anden side. Intet er gået tabt. Prøv igen, når du er klar.",
    level: "Vi skal være mere sikre på, at det er dig",
    level_text: "Du viste, hvem du er, på en måde, der ikke er sikker nok til dine tal her. Intet er gået tabt. Prøv igen, og vælg en mere sikker måde.",
    expired: "Det tog for lang tid",
    expired_text: "Du nåede ikke at blive færdig, eller du begyndte i en anden browser. Intet er gået tabt. Begynd forfra her på siden.",
    provider: "Vi kan ikke logge dig ind lige nu",
    provider_text: "Den side, hvor du viser, hvem du er, svarer ikke, som den skal. Fejlen er ikke hos dig. Intet er gået tabt. Prøv igen om lidt.",
    no_access: "Du har ikke adgang her",
    no_access_text: "Vi ved, hvem du er, men du har ingen rolle her. Intet er gået tabt. Er du ansat, så spørg den, der giver adgang hos jer.",
    link: "Linket virker ikke mere",
    link_text: "Linket i beskeden er udløbet eller ikke kopieret helt. Intet er gået tabt. Log ind, så finder du det hele her.",
    there: "Du er logget på",
    there_text: "Skrev du noget i en anden fane? Så luk denne fane og gå tilbage til den. Det, du skrev, står der endnu.",
    there_on: "Gå til dit overblik",
    unknown: "Vi har ingen tal om dig",
    unknown_text: "Du er logget på, men du står ikke i de registre, vi kan se. Det kan tage et par dage, fra du melder dig ledig, til du er her. Kig ind igen, eller spørg din a-kasse eller kommune.",
};
