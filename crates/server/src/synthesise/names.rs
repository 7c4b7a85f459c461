//! Words a population is made of. First and last names are common Danish ones put together at
//! random; funds, employers and caseworkers are invented.

/// Common women's names.
pub(crate) const WOMEN: &[&str] = &[
    "Anne",
    "Mette",
    "Kirsten",
    "Hanne",
    "Anna",
    "Helle",
    "Maria",
    "Susanne",
    "Lene",
    "Marianne",
    "Camilla",
    "Lone",
    "Louise",
    "Pia",
    "Charlotte",
    "Tina",
    "Gitte",
    "Bente",
    "Julie",
    "Ida",
    "Emma",
    "Karen",
    "Sofie",
    "Laura",
    "Freja",
    "Clara",
    "Fatima",
    "Amira",
    "Nour",
    "Line",
    "Cecilie",
    "Sara",
    "Katrine",
    "Trine",
    "Rikke",
    "Maja",
    "Signe",
    "Astrid",
    "Ellen",
    "Nanna",
];

/// Common men's names.
pub(crate) const MEN: &[&str] = &[
    "Peter",
    "Michael",
    "Lars",
    "Jens",
    "Thomas",
    "Henrik",
    "Søren",
    "Christian",
    "Martin",
    "Jan",
    "Morten",
    "Anders",
    "Jesper",
    "Mads",
    "Niels",
    "Rasmus",
    "Per",
    "Hans",
    "Kasper",
    "Jakob",
    "Ole",
    "Frederik",
    "Mikkel",
    "Emil",
    "William",
    "Noah",
    "Oliver",
    "Lucas",
    "Malthe",
    "Ali",
    "Mohammed",
    "Yusuf",
    "Simon",
    "Jonas",
    "Tobias",
    "Magnus",
    "Victor",
    "August",
    "Erik",
    "Bo",
];

/// Common last names.
pub(crate) const LAST: &[&str] = &[
    "Nielsen",
    "Jensen",
    "Hansen",
    "Pedersen",
    "Andersen",
    "Christensen",
    "Larsen",
    "Sørensen",
    "Rasmussen",
    "Jørgensen",
    "Petersen",
    "Madsen",
    "Kristensen",
    "Olsen",
    "Thomsen",
    "Poulsen",
    "Johansen",
    "Møller",
    "Mortensen",
    "Knudsen",
    "Holm",
    "Lund",
    "Schmidt",
    "Eriksen",
    "Kristiansen",
    "Clausen",
    "Simonsen",
    "Svendsen",
    "Andreasen",
    "Iversen",
    "Østergaard",
    "Jeppesen",
    "Nissen",
    "Laursen",
    "Bach",
    "Friis",
    "Kjær",
    "Dahl",
    "Lauridsen",
    "Vestergaard",
];

/// Invented unemployment funds with their share of the members; the first is the demo's.
pub(crate) const FUNDS: &[(&str, f64)] = &[
    ("Fagenes A-kasse", 24.0),
    ("Tværfaglig A-kasse", 22.0),
    ("Kontorets A-kasse", 16.0),
    ("Videns A-kasse", 15.0),
    ("Omsorgens A-kasse", 10.0),
    ("Håndværkets A-kasse", 8.0),
    ("Transportens A-kasse", 5.0),
];

/// Invented caseworkers of funds; the first is the demo's.
pub(crate) const FUND_CASEWORKERS: &[&str] = &[
    "Karen Lindeskov",
    "Ulla Bakkegård",
    "Steen Rørdal",
    "Nadia Feldborg",
    "Per Egeskov",
    "Line Thorup",
];

/// Invented caseworkers of job centres; the first is the demo's.
pub(crate) const JOB_CENTRE_CASEWORKERS: &[&str] =
    &["Henrik Aabro", "Birthe Solvang", "Omar Lindberg", "Jette Kragelund"];

/// Invented employers of those who work full time before and after.
pub(crate) const EMPLOYERS: &[&str] = &[
    "Nordlager",
    "Fjordens Forsyning",
    "Lyngby Regnskab",
    "Hotel Klitgaard",
    "Bjergets Byg",
    "Vestkystens Fisk",
    "Skovbo Skole",
    "Midtbyens Klinik",
    "Heden Maskinfabrik",
    "Sundets Rederi",
    "Solsikkens Børnehave",
    "Havnens Brugs",
];

/// Invented employers of those who work a few hours beside benefits; none of the others.
pub(crate) const SIDE_EMPLOYERS: &[&str] = &[
    "Hjemmeplejen Skovbo",
    "Café Lyngholm",
    "Byens Bageri",
    "Aftenposten Omdeling",
    "Vagtværket Nord",
    "Møllens Pizzeria",
    "Kirsebærhavens Gartneri",
    "Rent og Pænt Service",
];

/// Titles in the job log.
pub(crate) const TITLES: &[&str] = &[
    "Lagermedarbejder",
    "Kontorassistent",
    "Pædagogmedhjælper",
    "Butiksassistent",
    "Projektkoordinator",
    "Elektriker",
    "Softwareudvikler",
    "Social- og sundhedshjælper",
    "Chauffør",
    "Kundeservicemedarbejder",
    "Kok",
    "Rengøringsassistent",
    "Bogholder",
    "Ingeniør",
];

/// Ways of applying, with weights.
pub(crate) const CHANNELS: &[(&str, f64)] =
    &[("web", 60.0), ("email", 18.0), ("unsolicited", 14.0), ("network", 8.0)];

/// What became of an application, with weights.
pub(crate) const OUTCOMES: &[(&str, f64)] =
    &[("applied", 55.0), ("rejected", 33.0), ("interview", 12.0)];

/// Kinds of measures, with weights.
pub(crate) const MEASURES: &[(&str, f64)] =
    &[("guidance", 55.0), ("company_practice", 25.0), ("course", 20.0)];

/// Invented streets. A letter to one of them reaches nobody: their postal code is no town's.
pub(crate) const STREETS: &[&str] = &[
    "Opdigtet Allé",
    "Påfundsvej",
    "Ingensteds Gade",
    "Eventyrstræde",
    "Prøvevænget",
    "Tænkt Plads",
    "Luftkastellet",
];

/// The postal code of invented addresses.
pub(crate) const NO_POSTAL_CODE: &str = "0000";

/// The street and house of somebody with this number.
pub(crate) fn street(number: u64) -> String {
    let streets = STREETS.len() as u64;
    let street =
        STREETS.get(usize::try_from(number % streets).unwrap_or(0)).unwrap_or(&"Påfundsvej");
    format!("{street} {}", number / streets % 198 + 1)
}
