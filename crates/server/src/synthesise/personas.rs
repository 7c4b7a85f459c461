//! The demo identities: who they are, so that a demo can offer them and synthetic data can hold
//! them. The stories told by their data are in [`super::stories`]; what is said *about* them on a
//! page is a text of the app.

use jobnet_api::boot::Role;

/// A demo identity. Everyone here is made up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonaSpec {
    /// Key of the demo sign-in, such as `citizen-full-time`.
    pub key: &'static str,
    /// Her id in the registers; `None` for staff, who have no rows there.
    pub citizen_id: Option<&'static str>,
    /// Name to show; for a citizen the same as in the register.
    pub name: &'static str,
    /// What she may be in the system.
    pub roles: &'static [Role],
    /// For a caseworker: the fund or job centre she works for, as it is written in the registers.
    pub organisation: Option<&'static str>,
}

/// The fund of the demo caseworker and of most demo citizens.
pub const DEMO_FUND: &str = "Fagenes A-kasse";

/// The job centre of the other demo caseworker.
pub const DEMO_JOB_CENTRE: &str = "Jobcenter Aarhus";

const CITIZEN: &[Role] = &[Role::Citizen];

pub(super) const PERSONAS: &[PersonaSpec] = &[
    citizen("citizen-full-time", "SYN-DEMO-FULL-TIME", "Asta Vinterlund"),
    citizen("citizen-part-time", "SYN-DEMO-PART-TIME", "Birgit Holmegaard"),
    citizen("citizen-graduate", "SYN-DEMO-GRADUATE", "Malthe Søndervang"),
    citizen("citizen-social-assistance", "SYN-DEMO-SOCIAL-ASSISTANCE", "Yasmin Kirkeby"),
    citizen("citizen-sick-listed", "SYN-DEMO-SICK-LISTED", "Jørgen Toftelund"),
    citizen("citizen-new", "SYN-DEMO-NEW", "Sofie Brandstrup"),
    PersonaSpec {
        key: "caseworker",
        citizen_id: None,
        name: "Karen Lindeskov",
        roles: &[Role::FundCaseworker],
        organisation: Some(DEMO_FUND),
    },
    PersonaSpec {
        key: "caseworker-job-centre",
        citizen_id: None,
        name: "Henrik Aabro",
        roles: &[Role::JobCentreCaseworker],
        organisation: Some(DEMO_JOB_CENTRE),
    },
    PersonaSpec {
        key: "researcher",
        citizen_id: None,
        name: "Ida Rosenkvist",
        roles: &[Role::Researcher],
        organisation: None,
    },
    PersonaSpec {
        key: "administrator",
        citizen_id: None,
        name: "Peter Munkholm",
        roles: &[Role::Administrator],
        organisation: None,
    },
];

const fn citizen(key: &'static str, id: &'static str, name: &'static str) -> PersonaSpec {
    PersonaSpec { key, citizen_id: Some(id), name, roles: CITIZEN, organisation: None }
}

/// All demo identities, citizens first, in the order they are offered.
pub fn personas() -> &'static [PersonaSpec] {
    PERSONAS
}

/// The demo identity of a key.
pub fn persona(key: &str) -> Option<&'static PersonaSpec> {
    PERSONAS.iter().find(|persona| persona.key == key)
}
