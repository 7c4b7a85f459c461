//! The words of problems, in both languages side by side.

use jobnet_api::problem::Code;
use jobnet_api::trials::planning::{MAX_UNITS, Reason};

use super::Language;

pub(super) struct Text {
    pub(super) title: &'static str,
    pub(super) detail: &'static str,
}

/// The stable name of a code, as in JSON.
pub(super) const fn key(code: Code) -> &'static str {
    match code {
        Code::BadRequest => "bad_request",
        Code::Invalid => "invalid",
        Code::SignedOut => "signed_out",
        Code::Forbidden => "forbidden",
        Code::NotFound => "not_found",
        Code::MethodNotAllowed => "method_not_allowed",
        Code::Conflict => "conflict",
        Code::Gone => "gone",
        Code::TooLarge => "too_large",
        Code::TooOften => "too_often",
        Code::Internal => "internal",
        Code::Unavailable => "unavailable",
    }
}

pub(super) const fn of(code: Code, language: Language) -> Text {
    match language {
        Language::Danish => danish(code),
        Language::English => english(code),
    }
}

const fn danish(code: Code) -> Text {
    let (title, detail) = match code {
        Code::BadRequest => (
            "Vi kan ikke læse det, der blev sendt",
            "Intet er gemt. Genindlæs siden, og prøv igen.",
        ),
        Code::Invalid => ("Noget skal rettes", "Intet er gemt endnu. Ret felterne, og send igen."),
        Code::SignedOut => (
            "Du er ikke logget ind",
            "Du er logget ud, eller du har været væk for længe. Log ind, og prøv igen.",
        ),
        Code::Forbidden => (
            "Det har du ikke adgang til",
            "Intet er ændret. Log ind som en anden, hvis du skal kunne dette.",
        ),
        Code::NotFound => ("Findes ikke", "Adressen findes ikke, eller den er flyttet."),
        Code::MethodNotAllowed => {
            ("Det kan man ikke her", "Adressen findes, men ikke med denne metode. Intet er ændret.")
        }
        Code::Conflict => (
            "Der er allerede gemt noget andet",
            "Det, der er gemt, er ikke ændret. Genindlæs siden, og se det, før du sender igen.",
        ),
        Code::Gone => (
            "Linket virker ikke",
            "Det er udløbet, eller der mangler noget af det. Bed om et nyt link. Intet er gået tabt.",
        ),
        Code::TooLarge => {
            ("Det fylder for meget", "Intet er gemt. Gør teksten kortere, og send igen.")
        }
        Code::TooOften => ("Det går for hurtigt", "Vent lidt, og prøv igen. Intet er gået tabt."),
        Code::Internal => (
            "Der er en fejl hos os",
            "Det er ikke din skyld. Prøv igen om lidt. Du kan trygt sende det samme igen.",
        ),
        Code::Unavailable => {
            ("Vi kan ikke svare lige nu", "Prøv igen om lidt. Du kan trygt sende det samme igen.")
        }
    };
    Text { title, detail }
}

const fn english(code: Code) -> Text {
    let (title, detail) = match code {
        Code::BadRequest => {
            ("We cannot read what was sent", "Nothing was stored. Reload the page and try again.")
        }
        Code::Invalid => (
            "Something has to be corrected",
            "Nothing is stored yet. Correct the fields and send again.",
        ),
        Code::SignedOut => (
            "You are not signed in",
            "You signed out, or you were away too long. Sign in and try again.",
        ),
        Code::Forbidden => (
            "You do not have access to this",
            "Nothing was changed. Sign in as someone else if you need it.",
        ),
        Code::NotFound => ("Not found", "The address does not exist, or it has moved."),
        Code::MethodNotAllowed => (
            "That cannot be done here",
            "The address exists, but not with this method. Nothing was changed.",
        ),
        Code::Conflict => (
            "Something else is stored already",
            "What is stored was not changed. Reload the page and look at it before you send again.",
        ),
        Code::Gone => (
            "The link does not work",
            "It has ended, or a part of it is missing. Ask for a new link. Nothing was lost.",
        ),
        Code::TooLarge => ("Too large", "Nothing was stored. Shorten the text and send again."),
        Code::TooOften => ("Too fast", "Wait a moment and try again. Nothing was lost."),
        Code::Internal => (
            "Something failed at our end",
            "It is not your fault. Try again in a moment. It is safe to send the same again.",
        ),
        Code::Unavailable => (
            "We cannot answer right now",
            "Try again in a moment. It is safe to send the same again.",
        ),
    };
    Text { title, detail }
}

/// Why a field cannot be used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FieldProblem {
    /// The month has not begun.
    MonthInFuture,
    /// The month is further back than reports are taken for.
    MonthTooOld,
    /// More hours than a month has, or fewer than none.
    HoursOutOfRange,
    /// A text longer than this many characters.
    TooLong(usize),
    /// Neither hours nor words.
    NothingSaid,
    /// Characters that cannot be shown.
    ControlCharacters,
    /// The idempotency key is missing or not 1–200 printable characters.
    IdempotencyKey,
    /// Not a date `YYYY-MM-DD`.
    NotADate,
    /// No such demo identity.
    UnknownPersona,
    /// Pages are counted from 1.
    NoPage,
    /// A page has at least one row and at most so many.
    PageSize(u32),
    /// Not a CPR number.
    NotACpr,
    /// A reason must be given.
    NoReason,
    /// A CPR number in a text that is kept as it is written.
    CprInText,
    /// Not ids or hashes that a page of ours sends, or too many.
    NoId,
    /// Not every question answered once with one of its answers, nor none of them.
    NotTheseAnswers,
    /// There is no such trial, or it has not begun.
    NoTrial,
    /// A trial cannot be planned with it.
    Plan(Reason),
    /// The protocol in the body is of another trial than the address.
    TrialKey,
    /// There is a trial of that key.
    TrialTaken,
    /// Somebody else has changed the draft.
    TrialChanged,
    /// The protocol is locked.
    TrialLocked,
    /// The protocol lacks something.
    TrialIncomplete,
    /// Another trial runs on the surface.
    SurfaceTaken,
    /// There is no such step from where the trial is.
    NoSuchStep,
    /// An outcome added without a key of its own, or that does not say what is measured.
    AmendedOutcome,
    /// An amendment to no unit, or to a last day before the first.
    AmendedChange,
    /// A step without its reason.
    NoWhy,
    /// Outside of what a preview may be asked for.
    PreviewHours,
    /// Not what can be chosen together as the answer to a question.
    NotTheseChoices,
    /// Words of her own beside an answer that does not ask for any.
    NoteWithoutOther,
    /// What she changes or sends was changed meanwhile, in another window or on another computer.
    AnswerChanged,
    /// The registers, or what she says of them, have changed meanwhile.
    FactChanged,
    /// A question she is asked has no answer.
    NotAnswered,
}

impl FieldProblem {
    /// The problem as a sentence.
    pub fn text(self, language: Language) -> String {
        let (danish, english) = match self {
            Self::MonthInFuture => {
                ("Måneden er ikke begyndt endnu.", "The month has not begun yet.")
            }
            Self::MonthTooOld => (
                "Måneden ligger mere end fem år tilbage.",
                "The month lies more than five years back.",
            ),
            Self::HoursOutOfRange => (
                "Timer skal være mellem 0 og 744: flere er der ikke på en måned.",
                "Hours must be between 0 and 744: a month has no more.",
            ),
            Self::TooLong(limit) => {
                return match language {
                    Language::Danish => format!("Teksten må højst fylde {limit} tegn."),
                    Language::English => format!("The text may have at most {limit} characters."),
                };
            }
            Self::NothingSaid => {
                ("Skriv enten timer eller en bemærkning.", "Give either hours or a remark.")
            }
            Self::ControlCharacters => (
                "Teksten har tegn, der ikke kan vises.",
                "The text has characters that cannot be shown.",
            ),
            Self::IdempotencyKey => (
                "Headeren Idempotency-Key skal have 1 til 200 synlige tegn.",
                "The header Idempotency-Key must have 1 to 200 visible characters.",
            ),
            Self::NotADate => (
                "Datoen skal skrives ÅÅÅÅ-MM-DD og være en dag, der har været.",
                "The date must be written YYYY-MM-DD and be a day that has been.",
            ),
            Self::NoPage => ("Den første side er 1.", "The first page is 1."),
            Self::PageSize(most) => {
                return match language {
                    Language::Danish => format!("En side har mellem 1 og {most} rækker."),
                    Language::English => format!("A page has 1 to {most} rows."),
                };
            }
            Self::NotACpr => (
                "Et CPR-nummer har ti cifre og begynder med en dag og en måned.",
                "A CPR number has ten digits and begins with a day and a month.",
            ),
            Self::CprInText => (
                "Skriv ikke et CPR-nummer her. Teksten gemmes, som du skriver den.",
                "Write no CPR number here. The text is kept as you write it.",
            ),
            Self::NoId => (
                "Der står noget andet end de navne, siden selv sender, eller for mange.",
                "This holds something else than the names the page itself sends, or too many.",
            ),
            Self::NotTheseAnswers => (
                "Svar på hvert spørgsmål én gang, eller spring dem alle over.",
                "Answer each question once, or skip them all.",
            ),
            Self::NoTrial => {
                ("Der er ikke et forsøg med det navn.", "There is no trial of that name.")
            }
            Self::Plan(reason) => return plan(reason, language),
            Self::TrialKey => (
                "Navnet i protokollen er et andet end forsøgets, eller versionen mangler.",
                "The key in the protocol is not the trial's, or the version is missing.",
            ),
            Self::TrialTaken => (
                "Der er allerede et forsøg med det navn. Vælg et andet.",
                "There is already a trial of that key. Choose another.",
            ),
            Self::TrialChanged => (
                "En anden har ændret udkastet imens. Hent det nyeste, og skriv dine ændringer ind.",
                "Somebody else has changed the draft meanwhile. Fetch the newest and put your changes in.",
            ),
            Self::TrialLocked => (
                "Forsøget er registreret, så protokollen er låst. Ændringer er tilføjelser med dato.",
                "The trial is registered, so its protocol is locked. Changes are dated amendments.",
            ),
            Self::TrialIncomplete => (
                "Der mangler noget i protokollen. Se listen over, hvad der mangler.",
                "The protocol is not complete. See the list of what is missing.",
            ),
            Self::SurfaceTaken => (
                "Et andet forsøg bestemmer allerede over samme sted. Afslut det først.",
                "Another trial already decides the same place. Close it first.",
            ),
            Self::NoSuchStep => (
                "Det kan man ikke, sådan som forsøget står nu.",
                "That cannot be done from where the trial is.",
            ),
            Self::AmendedOutcome => (
                "Målet skal have sit eget korte navn og sige, hvad der måles.",
                "The outcome needs a key of its own and has to say what is measured.",
            ),
            Self::AmendedChange => (
                "Den sidste dag kan ikke ligge før den første, og der skal mindst være én med.",
                "The last day cannot be before the first, and there has to be one unit at least.",
            ),
            Self::NoWhy => ("Skriv hvorfor.", "Say why."),
            Self::PreviewHours => (
                "Et link til en forhåndsvisning gælder mellem 1 time og 14 dage.",
                "A link to a preview is good for 1 hour to 14 days.",
            ),
            Self::NotTheseChoices => (
                "Vælg blandt svarene til spørgsmålet. “Ved ikke” og “ingen” står alene.",
                "Choose among the answers to the question. “Don't know” and “none” stand alone.",
            ),
            Self::NoteWithoutOther => (
                "Dine egne ord hører til svaret “andet”.",
                "Words of your own go with the answer “other”.",
            ),
            Self::AnswerChanged => (
                "Dit svar er ændret et andet sted imens. Se det nyeste, og vælg, hvad der skal gælde.",
                "Your answer was changed elsewhere meanwhile. See the newest and choose which is to count.",
            ),
            Self::FactChanged => (
                "Registrenes oplysninger er ændret imens. Se de nyeste, og send igen.",
                "What the registers tell has changed meanwhile. See the newest and send again.",
            ),
            Self::NotAnswered => (
                "Svar på spørgsmålet. “Ved ikke” er også et svar.",
                "Answer the question. “Don't know” is an answer, too.",
            ),
            Self::NoReason => (
                "Skriv, hvorfor du har brug for at se borgeren.",
                "Say why you need to see the citizen.",
            ),
            Self::UnknownPersona => (
                "Der er ingen demo-person med den nøgle.",
                "There is no demo identity of that key.",
            ),
        };
        match language {
            Language::Danish => danish.to_owned(),
            Language::English => english.to_owned(),
        }
    }
}

/// Why a trial cannot be planned, as a sentence.
fn plan(reason: Reason, language: Language) -> String {
    let (danish, english) = match reason {
        Reason::Between(least, most) => {
            return match language {
                Language::Danish => {
                    let number = |number: f64| number.to_string().replace('.', ",");
                    format!("Skriv et tal fra {} til {}.", number(least), number(most))
                }
                Language::English => format!("Give a number from {least} to {most}."),
            };
        }
        Reason::TooSmall => {
            let millions = MAX_UNITS / 1_000_000;
            return match language {
                Language::Danish => {
                    format!(
                        "Effekten er for lille: selv {millions} millioner enheder viser den ikke."
                    )
                }
                Language::English => {
                    format!("The effect is too small: not even {millions} million units show it.")
                }
            };
        }
        Reason::NoEffect => (
            "Det er ingen effekt. Skriv den mindste, det er værd at finde.",
            "This is no effect. Give the smallest that is worth finding.",
        ),
        Reason::NoShare => (
            "Andelen uden indsats og effekten skal tilsammen være mellem 0 og 1.",
            "The share without the intervention and the effect must together be between 0 and 1.",
        ),
        Reason::TooFew => {
            ("Så få enheder kan ikke vise nogen effekt.", "So few units cannot show any effect.")
        }
        Reason::NoAnswer => {
            ("Med disse tal er der intet svar.", "With these numbers there is no answer.")
        }
    };
    match language {
        Language::Danish => danish.to_owned(),
        Language::English => english.to_owned(),
    }
}
