//! Signing in, and the end of a session, in English.

use crate::i18n::prose::{SessionTexts, SignInTexts};

pub(super) static SESSION: SessionTexts = SessionTexts {
    ending: "You will soon be signed out",
    left: "You will be signed out in {minutes} min {seconds} s.",
    ending_text: "You have not used the page for some time. Do you want to stay signed in? If you do not choose, we sign you out, so that nobody else can see your figures.",
    ending_last_text: "You have been signed in for as long as one can at a stretch. Send what you have written now. You can sign in again afterwards.",
    go_on: "Stay signed in",
    ended: "You are signed out",
    ended_text: "A long time has passed, so we have signed you out. Your figures are no longer on the screen. Sign in again to go on.",
    ended_kept: "A long time has passed, so we have signed you out. Your figures are no longer on the screen. What you have written is kept in this tab until you sign in again. If somebody else signs in, it is deleted.",
    again: "Sign in again",
    other: "Or choose another person",
};

pub(super) static SIGN_IN: SignInTexts = SignInTexts {
    title: "Sign in",
    lead: "You have to show who you are before you can see your figures.",
    steps: "What happens",
    step_there: "You go to the page where you show who you are.",
    step_back: "Afterwards you come back to the page that you wanted to see.",
    step_out: "We sign you out when you have not used the page for some time. You can also do it yourself at the top of the page.",
    demo: "Or come in as a made-up person",
    refused: "You were not signed in",
    refused_text: "You broke it off, or the other page said no. Nothing is lost. Try again when you are ready.",
    level: "We must be more certain that it is you",
    level_text: "You showed who you are in a way that is not safe enough for your figures here. Nothing is lost. Try again and choose a safer way.",
    expired: "It took too long",
    expired_text: "You did not finish in time, or you began in another browser. Nothing is lost. Begin again on this page.",
    provider: "We cannot sign you in right now",
    provider_text: "The page where you show who you are does not answer as it should. The fault is not yours. Nothing is lost. Try again in a while.",
    no_access: "You have no access here",
    no_access_text: "We know who you are, but you have no role here. Nothing is lost. If you are staff, ask whoever gives access where you work.",
    link: "The link does not work any more",
    link_text: "The link in the message has expired or was not copied whole. Nothing is lost. Sign in, and you find everything here.",
    there: "You are signed in",
    there_text: "Did you write something in another tab? Then close this tab and go back to it. What you wrote is still there.",
    there_on: "Go to your overview",
    unknown: "We have no figures about you",
    unknown_text: "You are signed in, but you are not in the registers that we can see. It can take a few days from when you register as unemployed. Look again later, or ask your fund or municipality.",
};
