//! Pages of staff in Danish.

use crate::i18n::messages::StaffTexts;

pub(super) static STAFF: StaffTexts = StaffTexts {
    title: "Din side",
    administrator: "Du kan hente alt, hvad borgerne har skrevet om timer, der mangler. A-kassen skal have det.",
    download_hint: "Filen er et regneark med en linje for hver besked: borger, måned, timer og det, borgeren har skrevet.",
    download: "Hent beskederne (CSV)",
    caseload: "Dine borgere",
    guest_access: "Gæsteadgang",
    citizen: "En borgers sider",
    talk: "Til samtalen",
    trials: "Forsøg",
};
