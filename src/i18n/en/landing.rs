//! The ways in, in English.

use crate::i18n::messages::{IdentityTexts, LandingTexts};

pub(super) static LANDING: LandingTexts = LandingTexts {
    title: "See your hours and your benefit",
    lead: "Here an unemployed person sees what happens next, what she is paid and when her hours run out. This is a trial version: every person and every figure is made up.",
    choose: "Choose a person",
    choose_hint: "One click signs you in. You can always switch.",
    citizens: "Citizens",
    staff: "Staff",
    no_ways_in: "This server has no made-up persons. You cannot sign in here right now.",
    way_in: "Sign in with your national e-identity",
    way_in_hint: "You go to another page and show who you are. Then you are back here.",
    way_in_new_tab: "The page for signing in opens in a new tab. Leave this tab open. What you have written is only here.",
};

pub(super) static IDENTITIES: IdentityTexts = IdentityTexts {
    full_time: "Works a little beside her benefit and is close to a deducted day (karens). One month was corrected, and in one the hours are unknown.",
    part_time: "Is insured part-time. The period is nearly used up, but there are hours on the account.",
    graduate: "Has just finished an education. The rate falls soon.",
    social_assistance: "Is on social assistance (kontanthjælp) and earns a little besides.",
    sick_listed: "Has been ill for long. That gives more time to use the hours.",
    new: "Registered as unemployed yesterday and has no figures yet.",
    caseworker: "Works in an unemployment fund (a-kasse).",
    job_centre: "Works in a job centre.",
    researcher: "Plans trials and never sees a person.",
    administrator: "Fetches what citizens have written about missing hours.",
};
