//! The rules in plain Danish. Numbers of law come from `rules::law`, by key.

use crate::i18n::prose::{RuleText, RulesTexts};

pub(super) static RULES: RulesTexts = RulesTexts {
    title: "Reglerne i klart sprog",
    lead: "Her kan du læse, hvad hver regel siger, og hvorfor den blev lavet. Din a-kasse eller kommune afgør din sag. Fire ting kan vi ikke regne med i dine tal, for vi får dem ikke oplyst: en kortere periode, overskydende timer, tillæg til satsen og kravet om løn.",
    as_of: "Tallene gælder {day}.",
    contents: "Regler på siden",
    why: "Hvorfor er reglen sådan?",
    law: "Lov: {law}",
    rows: "Hent alle tal i reglerne med lov, dato og kilde (CSV)",
    period: RuleText {
        title: "Så længe kan du få dagpenge",
        says: "Er du fuldtidsforsikret, kan du få dagpenge i {period.hours.full_time} timer. Er du deltidsforsikret, er det {period.hours.part_time} timer. Timerne skal bruges inden for {period.frame_months} måneder. Den tid kalder vi rammen. Som nyuddannet har du {period.graduate_hours.full_time} timer og en ramme på {period.graduate_frame_months} måneder. En uge, hvor du arbejder fuld tid, bruger ingen timer. Er du syg mere end {period.sickness_weeks_not_lengthening} uger, eller er du på barsel, bliver rammen længere. Den kan højst blive {period.frame_lengthening_max_months} måneder længere. Har du fået dagpenge i {shortening.paid_hours.full_time} timer på {shortening.window_months} måneder, bliver perioden {shortening.cut_hours.full_time} timer kortere.",
        why: "Perioden er talt i timer. Tager du et kort job, gemmer du de timer, du ellers ville have brugt.",
    },
    account: RuleText {
        title: "Kontoen: arbejde giver flere timer",
        says: "Dine arbejdstimer bliver samlet på en konto. Den hedder beskæftigelseskontoen. Når din periode er brugt, kan hver time på kontoen give {account.hours_per_work_hour} timer med dagpenge. Du kan højst få {extension.limit_hours.full_time} timer mere. Er du deltidsforsikret, er det {extension.limit_hours.part_time} timer. Rammen bliver {extension.frame_months} måneder længere. De ældste timer bliver brugt først. Timer, der er mere end {account.window_months} måneder gamle, falder ud. Timer i job med løntilskud tæller ikke.",
        why: "Det skal kunne betale sig at tage et job, også et kort. Men en time kan kun bruges én gang. Bruger du den til at forlænge, tæller den ikke med til en ny periode.",
    },
    requalification: RuleText {
        title: "En ny periode",
        says: "Du kan få en ny periode, når du har {requalification.hours.full_time} arbejdstimer inden for {requalification.window_months} måneder. Er du deltidsforsikret, er det {requalification.hours.part_time} timer. Er du syg eller på barsel, kan du få længere tid. Timer, du har brugt til at forlænge, tæller ikke med. Er både dine timer, din ramme og din konto brugt, er det i stedet din løn, der tæller. Så skal du have tjent nok.",
        why: "En ny periode bygger på arbejde. Du kan samle timerne lidt efter lidt, også i korte job.",
    },
    karens: RuleText {
        title: "Karens: en dag uden dagpenge",
        says: "Hver {karens.window_months}. måned bliver der trukket én dag. Det sker ikke, hvis du har mere end {karens.threshold_hours.full_time} timers arbejde i de {karens.window_months} måneder. Er du deltidsforsikret, skal du have mere end {karens.threshold_hours.part_time} timer. Præcis {karens.threshold_hours.full_time} timer er ikke nok. En måned, hvor du er syg eller på barsel uden dagpenge, tæller ikke med som en af de {karens.window_months}.",
        why: "Reglen skal give dig en grund til at tage lidt arbejde, mens du får dagpenge.",
    },
    payout: RuleText {
        title: "Sådan bliver dagpengene regnet ud",
        says: "Dagpenge bliver gjort op måned for måned. En fuld måned er {month_hours.full_time} timer. Er du deltidsforsikret, er den {month_hours.part_time} timer. Dine arbejdstimer bliver trukket fra. Det samme gælder dage, hvor du ikke kan få dagpenge. Det kan være ferie, dage med sygedagpenge eller dage, hvor du ikke kan tage et job. Hver dag er {day_hours.full_time} timer, hvis du er fuldtidsforsikret. Resten får du dagpenge for. Er der mindre end {payout.minimum_hours.full_time} timer tilbage, får du ikke noget den måned. Har du arbejdet mere end {excess.threshold_hours} timer på {excess.window_months} måneder, får du ikke dagpenge for de timer, der er for mange (overskydende timer). Det varer højst {excess.max_weeks} uger. Det er timerne, der tæller. Din løn for dem betyder ikke noget. Du sender et kort sidst i måneden og får penge den sidste bankdag. Omkring den {duty.settlement_day}. i næste måned ser a-kassen, hvad din arbejdsgiver har skrevet ind. Så bliver tallet rettet, hvis det var forkert.",
        why: "En måned er nu lige lang for alle. Så kan du selv regne ud, hvad et job betyder for dine dagpenge.",
    },
    unknown_hours: RuleText {
        title: "Når timerne er ukendte",
        says: "En arbejdsgiver kan melde din løn ind uden at sige, hvor mange timer du har arbejdet. Så er timerne ukendte. Ukendt er ikke det samme som nul. Vi kan ikke regne måneden ud, før timerne er kendt. Sig til, hvis der mangler timer. Så kan din a-kasse se på det.",
        why: "Et forkert tal er værre end intet tal. Derfor gætter vi ikke.",
    },
    supplementary: RuleText {
        title: "Dagpenge, mens du arbejder mindre end fuld tid",
        says: "Arbejder du mindre end fuld tid, kan du få dagpenge ved siden af i {supplementary.weeks} uger. En uge tæller, når du er på nedsat tid og får dagpenge for den måned. Har du mere end {supplementary.month_threshold_hours} timer i en måned, kan det give {supplementary.weeks_per_month} uger mere. Du kan højst få {supplementary.extension_max_weeks} uger mere. Har du mere end {supplementary.month_threshold_hours} timer i {supplementary.renewal_months} måneder ud af {supplementary.window_months}, kan du få {supplementary.weeks} nye uger.",
        why: "Dagpenge kan hjælpe, mens du er på vej. De er ikke tænkt som en fast del af din løn.",
    },
    rates: RuleText {
        title: "Din sats, og når den falder",
        says: "Din sats bygger på den løn, du havde før. Den højeste sats er {rate.maximum.full_time} om måneden før skat. Er du deltidsforsikret, er den {rate.maximum.part_time}. Nogle får et tillæg i de første {rate.step_hours.full_time} timer med dagpenge. Som nyuddannet uden børn falder din sats også, når du har fået dagpenge i {rate.step_hours.full_time} timer. Hvor meget den falder, afhænger af, om du er fyldt {rate.graduate_age} år. Er du deltidsforsikret, sker det efter {rate.step_hours.part_time} timer. Satserne bliver ændret 1. januar.",
        why: "De højeste satser er lagt først, så der er mest hjælp i den første tid. Trinene kom 1. maj 2023.",
    },
    sanctions: RuleText {
        title: "Når a-kassen siger nej: karantæne",
        says: "Siger du selv dit job op uden en god grund, kan du få karantæne. Er du fuldtidsforsikret, er det {sanction.quarantine_hours.full_time} timer uden dagpenge. Timerne bliver trukket fra din periode, selv om du ikke får penge for dem. Sker det igen inden for {sanction.repeat_months} måneder, mister du retten. Den kommer igen, når du har arbejdet {sanction.work_requirement_hours.full_time} timer inden for {sanction.work_requirement_months} måneder. Kommer du ikke til et møde, kan dine dagpenge stoppe, til du taler med a-kassen igen. Siger du op på grund af vold, får du ikke karantæne.",
        why: "Dagpenge er til dig, der er ledig uden selv at have valgt det, og som kan tage et job.",
    },
    duties: RuleText {
        title: "Det skal du gøre, når du er ledig",
        says: "Meld dig ledig den første dag. Gør dit CV færdigt inden for {duty.cv_weeks} uger, så andre kan finde det. Inden for {duty.fund_meeting_weeks} uger skal du have talt med din a-kasse. Får du kontanthjælp, skal du tale med din kommune inden for {duty.municipality_meeting_weeks} uge. Send dit dagpengekort hver måned. Du skal sende det senest {duty.card_months} måned og {duty.card_days} dage efter, at måneden er slut. Bliver du syg, skal du sige det den første dag.",
        why: "Jo før du er i gang, jo lettere er det at finde et job. Og a-kassen kan først betale, når den har dit kort.",
    },
    social_assistance: RuleText {
        title: "Kontanthjælp: det er kroner, der tæller",
        says: "Får du kontanthjælp, er det din løn i kroner, der tæller. Antallet af timer betyder ikke noget. Sådan har det været siden 1. juli 2025. Tjener du over en vis grænse, bliver en del trukket fra din hjælp. Resten beholder du. Vi har ikke kunnet få grænsen og satserne for i dag bekræftet. Derfor er de tal, vi viser dig, mærket som ikke bekræftet. Spørg din kommune, før du regner med dem.",
        why: "Den gamle regel talte timer og var svær at følge. Nu kan du se på din lønseddel, hvad der sker.",
    },
    history: RuleText {
        title: "Før i tiden: 225 timer",
        says: "Reglen gælder ikke mere. Fra 1. april 2016 til 30. juni 2025 skulle den, der fik kontanthjælp, have arbejdet {rule_225.required_hours} timer på {rule_225.window_months} måneder. Ellers blev hjælpen sat ned. Fra 9. marts til 8. september 2020 var reglen sat på pause. Du skal ikke gøre noget.",
        why: "Reglen skulle få flere til at tage lidt arbejde. I dag er det kroner, der tæller, og ikke timer.",
    },
};
