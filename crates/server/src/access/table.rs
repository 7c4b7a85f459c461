//! The table: every route of the API, who may use it, what of it is recorded, how often.

use axum::http::Method;
use jobnet_api::access::{Category, Relation};
use jobnet_api::boot::Role;
use jobnet_api::paths;

use crate::limits::Pace;

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Everyone, as often as they like, and who asks is not even looked up.
    Public,
    /// Everyone; who is signed in gets her own answer.
    Everyone,
    /// Whoever is signed in.
    SignedIn,
    /// These roles; no one person is named.
    Roles(&'static [Role]),
    /// These roles, about one citizen who stands to them in one of these ways: whom the address
    /// names by `{citizen}`, or without that the one who is signed in.
    About(&'static [(Role, &'static [Relation])]),
}

/// What of an answer is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Record {
    /// Nothing: it holds nobody's data.
    Nothing,
    /// The data of the one citizen whom the request is about, if it is about one.
    One(Category),
    /// The same, but only once it has been found: a line of what is not there would tell her that
    /// it might be. An attempt by who must not look at her is one at who she is.
    Found(Category),
    /// The data of those whom the handler names by [`Shown`](super::Shown).
    Shown(Category),
    /// As [`Shown`](Self::Shown), recorded by the handler itself before it changes anything
    /// ([`Recording`](super::Recording)).
    First(Category),
}

/// A route of the API and its rules.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its method; GET also answers HEAD.
    pub method: Method,
    /// Its address.
    pub path: &'static str,
    /// Who may use it.
    pub who: Who,
    /// What is recorded.
    pub record: Record,
    /// How often it may be asked.
    pub pace: Pace,
}

const fn get(path: &'static str, who: Who, record: Record) -> Rule {
    Rule { method: Method::GET, path, who, record, pace: Pace::Ordinary }
}

/// A look-up by CPR number.
const fn look_up(path: &'static str, who: Who, record: Record) -> Rule {
    Rule { pace: Pace::Lookup, method: Method::POST, path, who, record }
}

/// The beginning of a sign-in.
const fn sign_in(path: &'static str, who: Who, record: Record) -> Rule {
    Rule { pace: Pace::SignIn, method: Method::GET, path, who, record }
}

/// The end of a session.
const fn sign_out(path: &'static str, who: Who, record: Record) -> Rule {
    Rule { pace: Pace::Uncounted, method: Method::POST, path, who, record }
}

const fn post(path: &'static str, who: Who, record: Record) -> Rule {
    Rule { method: Method::POST, path, who, record, pace: Pace::Ordinary }
}

const fn put(path: &'static str, who: Who, record: Record) -> Rule {
    Rule { method: Method::PUT, path, who, record, pace: Pace::Ordinary }
}

const fn delete(path: &'static str, who: Who, record: Record) -> Rule {
    Rule { method: Method::DELETE, path, who, record, pace: Pace::Ordinary }
}

/// Her own pages.
const HERSELF: Who = Who::About(&[(Role::Citizen, &[Relation::Herself])]);
/// Her fund's or job centre's citizens as a whole.
const CASEWORKER: Who = Who::Roles(&[Role::FundCaseworker, Role::JobCentreCaseworker]);
/// One citizen: hers now or once, or a guest's.
const CASEWORKER_ABOUT: Who = Who::About(&[
    (Role::FundCaseworker, &[Relation::Caseload, Relation::Former, Relation::Guest]),
    (Role::JobCentreCaseworker, &[Relation::Caseload, Relation::Former, Relation::Guest]),
]);
/// One citizen who is hers now, or a guest's: what she shares today is not for who had her once.
const CASEWORKER_TODAY: Who = Who::About(&[
    (Role::FundCaseworker, &[Relation::Caseload, Relation::Guest]),
    (Role::JobCentreCaseworker, &[Relation::Caseload, Relation::Guest]),
]);
/// One citizen who is hers now: to see which arm of a trial she has is no guest's business.
const OWN_CASEWORKER: Who = Who::About(&[
    (Role::FundCaseworker, &[Relation::Caseload]),
    (Role::JobCentreCaseworker, &[Relation::Caseload]),
]);
const ADMINISTRATOR: Who = Who::Roles(&[Role::Administrator]);
/// Those who run trials. None of them learns an arm before it is drawn.
const RESEARCHER: Who = Who::Roles(&[Role::Researcher, Role::Administrator]);
/// Those whose page may depend on an arm, and those who may look at previews.
const FLAGS: Who = Who::Roles(&[Role::Citizen, Role::Researcher, Role::Administrator]);

/// Every route of the API.
pub const TABLE: &[Rule] = &[
    get(paths::LIVEZ, Who::Public, Record::Nothing),
    get(paths::READYZ, Who::Public, Record::Nothing),
    get(paths::OPENAPI, Who::Public, Record::Nothing),
    get(paths::BOOT, Who::Everyone, Record::One(Category::Account)),
    get(paths::PERSONAS, Who::Everyone, Record::Nothing),
    post(paths::DEMO_SESSION, Who::Everyone, Record::Nothing),
    // Refused, it would leave someone signed in.
    sign_out(paths::END_SESSION, Who::Everyone, Record::Nothing),
    sign_in(paths::AUTH_LOGIN, Who::Everyone, Record::Nothing),
    get(paths::AUTH_CALLBACK, Who::Everyone, Record::Nothing),
    // Not counted: a word that is refused leaves someone signed in. The handler counts those that
    // are not the provider's.
    post(paths::AUTH_BACKCHANNEL_LOGOUT, Who::Public, Record::Nothing),
    // Of both: her own session, by what she signed in with. No register is asked, and a page asks
    // every few minutes: the lines would hide the looks.
    post(paths::EXTEND_SESSION, Who::SignedIn, Record::Nothing),
    get(paths::ME, Who::SignedIn, Record::Nothing),
    get(paths::MY_ACCOUNT, HERSELF, Record::One(Category::Account)),
    get(paths::MY_HOURS_REPORTS, HERSELF, Record::One(Category::HoursReports)),
    post(paths::MY_HOURS_REPORTS, HERSELF, Record::One(Category::HoursReports)),
    get(paths::MY_ACCESS_LOG, HERSELF, Record::One(Category::AccessLog)),
    get(paths::MY_DATA, HERSELF, Record::One(Category::AllData)),
    get(paths::MY_DATA_ZIP, HERSELF, Record::One(Category::AllData)),
    get(paths::MY_TRIALS, HERSELF, Record::One(Category::Trials)),
    // Nobody is in it.
    get(paths::TRIAL_REGISTER, Who::Everyone, Record::Nothing),
    put(paths::MY_TRIAL_OBJECTION, HERSELF, Record::One(Category::Trials)),
    // It holds what she was shown, and answers nothing.
    post(paths::MY_EXPOSURES, HERSELF, Record::Nothing),
    // Everyone is asked the same; what is right is about her account.
    get(paths::MY_UNDERSTANDING, HERSELF, Record::Nothing),
    post(paths::MY_UNDERSTANDING, HERSELF, Record::One(Category::Account)),
    get(paths::MY_RIGHTS, HERSELF, Record::One(Category::Rights)),
    get(paths::MY_CHECKLIST, HERSELF, Record::Found(Category::Checklist)),
    // What stands is answered, and that may be what she has said elsewhere. Whoever has no list does
    // not come as far as this (`http::hers`), so that no line tells her of one.
    put(paths::MY_CHECKLIST_ITEM, HERSELF, Record::One(Category::Checklist)),
    // It answers nothing; that she looks at her list stands there already.
    put(paths::MY_CHECKLIST_SEEN, HERSELF, Record::Nothing),
    put(paths::MY_CHECKLIST_SHARING, HERSELF, Record::One(Category::Checklist)),
    get(paths::MY_PROFILE, HERSELF, Record::One(Category::Profile)),
    delete(paths::MY_PROFILE, HERSELF, Record::One(Category::Profile)),
    put(paths::MY_PROFILE_ANSWER, HERSELF, Record::One(Category::Profile)),
    put(paths::MY_PROFILE_FACT, HERSELF, Record::One(Category::Profile)),
    post(paths::MY_PROFILE_SUBMISSIONS, HERSELF, Record::One(Category::Profile)),
    delete(paths::MY_PROFILE_SUBMISSION, HERSELF, Record::One(Category::Profile)),
    put(paths::MY_PROFILE_REMARK, HERSELF, Record::One(Category::Profile)),
    get(paths::MY_PROFILE_SAID, HERSELF, Record::One(Category::Profile)),
    // It holds what she was shown, and answers nothing.
    post(paths::MY_PROFILE_EXPOSURES, HERSELF, Record::Nothing),
    get(paths::MY_LETTERS, HERSELF, Record::One(Category::Letters)),
    get(paths::MY_LETTER_PDF, HERSELF, Record::One(Category::Letters)),
    // It answers nothing; that she looks at her letters stands there already.
    put(paths::MY_LETTER_READ, HERSELF, Record::Nothing),
    get(paths::MODELS, Who::Public, Record::Nothing),
    get(paths::CASELOAD, CASEWORKER, Record::Shown(Category::Caseload)),
    post(paths::CASELOAD, CASEWORKER, Record::Shown(Category::Caseload)),
    get(paths::CITIZEN, CASEWORKER_ABOUT, Record::One(Category::Identity)),
    get(paths::CITIZEN_ACCOUNT, CASEWORKER_ABOUT, Record::One(Category::Account)),
    get(paths::CITIZEN_PROFILE, CASEWORKER_ABOUT, Record::One(Category::Profile)),
    get(paths::CITIZEN_RIGHTS, CASEWORKER_ABOUT, Record::One(Category::Rights)),
    get(paths::CITIZEN_CHECKLIST, CASEWORKER_TODAY, Record::Found(Category::Checklist)),
    post(paths::CITIZEN_UNBLINDING, OWN_CASEWORKER, Record::First(Category::Account)),
    look_up(paths::GUEST_ACCESS, CASEWORKER, Record::First(Category::Identity)),
    // It computes, and knows nobody.
    post(paths::TRIAL_PLAN, RESEARCHER, Record::Nothing),
    get(paths::TRIALS, RESEARCHER, Record::Shown(Category::Trials)),
    post(paths::TRIALS, RESEARCHER, Record::Nothing),
    get(paths::TRIAL_CATALOGUE, RESEARCHER, Record::Nothing),
    get(paths::TRIAL, RESEARCHER, Record::Shown(Category::Trials)),
    put(paths::TRIAL, RESEARCHER, Record::Nothing),
    post(paths::TRIAL_STEPS, RESEARCHER, Record::Nothing),
    get(paths::TRIAL_WATCH, RESEARCHER, Record::Shown(Category::Trials)),
    get(paths::TRIAL_MESSAGES, RESEARCHER, Record::Shown(Category::Trials)),
    // To somebody made up: it tells of no citizen.
    get(paths::TRIAL_MESSAGE, RESEARCHER, Record::Nothing),
    get(paths::TRIAL_PROTOCOL, RESEARCHER, Record::Shown(Category::Trials)),
    get(paths::TRIAL_EXPORT, RESEARCHER, Record::Shown(Category::Trials)),
    post(paths::PREVIEWS, RESEARCHER, Record::Nothing),
    get(paths::PREVIEW, Who::Public, Record::Nothing),
    // It tells her page what her page shows: who asks about another is refused.
    post(paths::OFREP_FLAGS, FLAGS, Record::Nothing),
    post(paths::OFREP_FLAG, FLAGS, Record::Nothing),
    // To whom messages go is not in it.
    get(paths::OUTBOX, ADMINISTRATOR, Record::Nothing),
    post(paths::OUTBOX_RETRY, ADMINISTRATOR, Record::Nothing),
    // Whoever has a link comes to a page that asks who she is. Limited by address: it counts.
    get(paths::MESSAGE_LINK, Who::Everyone, Record::Nothing),
    get(paths::HOURS_REPORTS_CSV, ADMINISTRATOR, Record::Shown(Category::HoursReports)),
];

/// What the table says of a route.
pub(super) fn rule(method: &Method, route: &str) -> Option<&'static Rule> {
    let method = if method == Method::HEAD { &Method::GET } else { method };
    TABLE.iter().find(|rule| rule.method == *method && rule.path == route)
}
