//! Pages of staff in Danish.

use crate::i18n::messages::StaffTexts;

pub(super) static STAFF: StaffTexts = StaffTexts {
    title: "Din side",
    administrator: "Du kan hente alt, hvad borgerne har skrevet om timer, der mangler. A-kassen skal have det.",
    download_hint: "Filen er et regneark med en linje for hver besked: borger, måned, timer og det, borgeren har skrevet.",
    download: "Hent beskederne (CSV)",
    fund: "Du er logget på som sagsbehandler i en a-kasse.",
    job_centre: "Du er logget på som sagsbehandler i et jobcenter.",
    researcher: "Du er logget på som forsker.",
    later: "Din egen side er ikke bygget endnu. I dag kan du læse reglerne, og du kan ikke se oplysninger om nogen borger. Skift til en borger for at se resten.",
};
