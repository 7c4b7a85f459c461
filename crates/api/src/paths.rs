//! The addresses of the API, for the router of the server and the client of the app.

/// First answer of every page load: who is signed in, and her account if she is a citizen.
pub const BOOT: &str = "/api/v1/boot";
/// Who is signed in.
pub const ME: &str = "/api/v1/me";
/// The demo identities.
pub const PERSONAS: &str = "/api/v1/session/personas";
/// Sign in as a demo identity.
pub const DEMO_SESSION: &str = "/api/v1/session/demo";
/// Sign out.
pub const END_SESSION: &str = "/api/v1/session/end";
/// Keep the session alive.
pub const EXTEND_SESSION: &str = "/api/v1/session/extend";
/// Begin to sign in at the provider; `?return_to=PAGE` is the page to come back to.
pub const AUTH_LOGIN: &str = "/auth/login";
/// Where the provider sends the browser back to.
pub const AUTH_CALLBACK: &str = "/auth/callback";
/// Where the provider says that someone has signed out.
pub const AUTH_BACKCHANNEL_LOGOUT: &str = "/auth/backchannel-logout";
/// The citizen's account; `?as_of=DATE` gives it as it stood on that day.
pub const MY_ACCOUNT: &str = "/api/v1/me/account";
/// The citizen's own reports of missing hours.
pub const MY_HOURS_REPORTS: &str = "/api/v1/me/hours-reports";
/// Who has looked at the citizen's data.
pub const MY_ACCESS_LOG: &str = "/api/v1/me/access-log";
/// Everything that is stored about the citizen.
pub const MY_DATA: &str = "/api/v1/me/data";
/// The same as a ZIP archive of CSV files.
pub const MY_DATA_ZIP: &str = "/api/v1/me/data.zip";
/// The trials she is in.
pub const MY_TRIALS: &str = "/api/v1/me/trials";
/// That she objects to one of them.
pub const MY_TRIAL_OBJECTION: &str = "/api/v1/me/trials/{trial}/objection";
/// The trials that everyone may know of, with what proves their lots.
pub const TRIAL_REGISTER: &str = "/api/v1/trial-register";
/// What was really shown to her because of a trial.
pub const MY_EXPOSURES: &str = "/api/v1/me/exposures";
/// Five questions about her own account, and what she answers.
pub const MY_UNDERSTANDING: &str = "/api/v1/me/understanding";
/// Her preparation form, what she has sent and been told; DELETE removes all of it.
pub const MY_PROFILE: &str = "/api/v1/me/profile";
/// One of her answers.
pub const MY_PROFILE_ANSWER: &str = "/api/v1/me/profile/answers/{question}";
/// What she says of a fact of the registers.
pub const MY_PROFILE_FACT: &str = "/api/v1/me/profile/facts/{fact}";
/// To send the form.
pub const MY_PROFILE_SUBMISSIONS: &str = "/api/v1/me/profile/submissions";
/// One form that she has sent, to delete it.
pub const MY_PROFILE_SUBMISSION: &str = "/api/v1/me/profile/submissions/{submission}";
/// Her remark on her profile.
pub const MY_PROFILE_REMARK: &str = "/api/v1/me/profile/remark";
/// What she has said against it: her remark, and which facts are wrong.
pub const MY_PROFILE_SAID: &str = "/api/v1/me/profile/said";
/// Her rights, duties and deadlines, and what has happened.
pub const MY_RIGHTS: &str = "/api/v1/me/rights";
/// Her checklist, if she has one.
pub const MY_CHECKLIST: &str = "/api/v1/me/checklist";
/// What she says of an item of it.
pub const MY_CHECKLIST_ITEM: &str = "/api/v1/me/checklist/items/{item}";
/// She has looked at it.
pub const MY_CHECKLIST_SEEN: &str = "/api/v1/me/checklist/seen";
/// Whether her caseworker may see it.
pub const MY_CHECKLIST_SHARING: &str = "/api/v1/me/checklist/sharing";
/// What was really shown of her profile, her receipts and her checklist because of a trial.
pub const MY_PROFILE_EXPOSURES: &str = "/api/v1/me/profile/exposures";
/// Letters and receipts to her.
pub const MY_LETTERS: &str = "/api/v1/me/letters";
/// One of them as a file; `?language=da|en` is the language a receipt is written in.
pub const MY_LETTER_PDF: &str = "/api/v1/me/letters/{letter}/pdf";
/// That she has opened one of them.
pub const MY_LETTER_READ: &str = "/api/v1/me/letters/{letter}/read";
/// The models, each with its evaluation.
pub const MODELS: &str = "/api/v1/models";
/// The trials, and new drafts.
pub const TRIALS: &str = "/api/v1/trials";
/// What this server can serve: facts, surfaces and settings.
pub const TRIAL_CATALOGUE: &str = "/api/v1/trials/catalogue";
/// Sample size and the smallest effect that can be found.
pub const TRIAL_PLAN: &str = "/api/v1/trials/plan";
/// One trial; PUT changes a draft.
pub const TRIAL: &str = "/api/v1/trials/{trial}";
/// A step in its life.
pub const TRIAL_STEPS: &str = "/api/v1/trials/{trial}/steps";
/// How it goes.
pub const TRIAL_WATCH: &str = "/api/v1/trials/{trial}/watch";
/// What it sends, as the recipients see it, and when.
pub const TRIAL_MESSAGES: &str = "/api/v1/trials/{trial}/messages";
/// One of its messages as a file, as its made-up recipient gets it: `letter-da.pdf`,
/// `digital_post-da.pdf` or `email-da.html`.
pub const TRIAL_MESSAGE: &str = "/api/v1/trials/{trial}/messages/{step}/{file}";
/// Its protocol as one file.
pub const TRIAL_PROTOCOL: &str = "/api/v1/trials/{trial}/protocol.json";
/// Its data under pseudonyms: `assignments`, `exposures`, `baseline`, `codebook`, and once it is
/// closed `understanding`, ending in `.csv` or `.parquet`.
pub const TRIAL_EXPORT: &str = "/api/v1/trials/{trial}/export/{file}";
/// Links to previews.
pub const PREVIEWS: &str = "/api/v1/previews";
/// What a link to a preview shows: the first answer of the page, of a synthetic citizen.
pub const PREVIEW: &str = "/api/v1/previews/{token}";
/// OpenFeature Remote Evaluation Protocol (OFREP) 0.3: every flag at once. Nobody is enrolled.
pub const OFREP_FLAGS: &str = "/ofrep/v1/evaluate/flags";
/// The same protocol: one flag.
pub const OFREP_FLAG: &str = "/ofrep/v1/evaluate/flags/{key}";
/// A caseworker's caseload: searched, filtered, sorted, in pages; GET gives it as it is first shown.
pub const CASELOAD: &str = "/api/v1/caseload/search";
/// Who a citizen is, by her random id.
pub const CITIZEN: &str = "/api/v1/citizens/{citizen}";
/// A citizen's account: what she sees herself.
pub const CITIZEN_ACCOUNT: &str = "/api/v1/citizens/{citizen}/account";
/// A citizen's profile: what she has sent, read-only.
pub const CITIZEN_PROFILE: &str = "/api/v1/citizens/{citizen}/profile";
/// A citizen's rights, duties and deadlines, for her caseworker.
pub const CITIZEN_RIGHTS: &str = "/api/v1/citizens/{citizen}/rights";
/// A citizen's checklist, if she shares it.
pub const CITIZEN_CHECKLIST: &str = "/api/v1/citizens/{citizen}/checklist";
/// To see a citizen's account as she sees it, with a reason.
pub const CITIZEN_UNBLINDING: &str = "/api/v1/citizens/{citizen}/unblinding";
/// Guest access to a citizen of another fund or job centre.
pub const GUEST_ACCESS: &str = "/api/v1/guest-access";
/// Every report of missing hours, for the administrator, as CSV.
pub const HOURS_REPORTS_CSV: &str = "/api/v1/administration/hours-reports.csv";
/// The outbox: how far messages are, and which need someone.
pub const OUTBOX: &str = "/api/v1/outbox";
/// Have a message tried again.
pub const OUTBOX_RETRY: &str = "/api/v1/outbox/{id}/retry";
/// A link in a message.
pub const MESSAGE_LINK: &str = "/l/{token}";
/// Where a link leads that has ended or is not whole.
pub const LINK_ENDED: &str = "/log-ind?problem=link";
/// Where a link leads whoever is not signed in; the page of the link follows.
pub const SIGN_IN_FIRST: &str = "/log-ind?til=";
/// The OpenAPI 3.1 document.
pub const OPENAPI: &str = "/api/openapi.json";
/// The process is alive.
pub const LIVEZ: &str = "/livez";
/// The process can answer: database reached, schema current, not shutting down.
pub const READYZ: &str = "/readyz";

/// The addresses of the app's pages: a browser that asks for one gets the app. `{citizen}` stands
/// for a citizen's random id, `{trial}` for the key of a trial, `{token}` for a link to a preview.
pub const PAGES: [&str; 23] = [
    "/",
    "/timer-og-ydelse",
    "/mine-data",
    "/risikoprofil",
    "/breve",
    "/om-modellen",
    "/regler",
    "/log-ind",
    "/logget-ind",
    "/tilgaengelighed",
    "/privatliv",
    "/sagsbehandler",
    "/sagsbehandler/gaesteadgang",
    "/sagsbehandler/borger/{citizen}",
    "/sagsbehandler/borger/{citizen}/timer-og-ydelse",
    "/sagsbehandler/borger/{citizen}/samtale",
    "/sagsbehandler/borger/{citizen}/risikoprofil",
    "/sagsbehandler/borger/{citizen}/ret-og-pligt",
    "/forsker",
    "/forsker/forsoeg/{trial}",
    "/ret-og-pligt",
    "/udbakke",
    PREVIEW_PAGE,
];

/// The place of a citizen's random id in an address.
pub const CITIZEN_PLACE: &str = "{citizen}";

/// The page of the checklist. It is none of [`PAGES`]: to those who have no list it does not exist.
pub const CHECKLIST_PAGE: &str = "/tjekliste";

/// Whether a path can be that of a page of ours which is not told of everywhere, such as
/// [`CHECKLIST_PAGE`]: one word. Whether there is such a page is not asked.
pub fn is_plain(path: &str) -> bool {
    path.strip_prefix('/').is_some_and(|word| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    })
}

/// The page of a preview. It alone may stand in a frame of our own pages.
pub const PREVIEW_PAGE: &str = "/forhaandsvisning/{token}";

/// Whether a path is that of an e-mail of a trial, which our own pages show in a frame.
pub fn is_mail(path: &str) -> bool {
    path.strip_prefix("/api/v1/trials/")
        .and_then(|rest| rest.split('/').next_back())
        .is_some_and(|file| file.starts_with("email-") && file.ends_with(".html"))
}

/// The token in the address of a preview.
pub fn preview_token(path: &str) -> Option<&str> {
    let token = path.trim_end_matches('/').strip_prefix("/forhaandsvisning/")?;
    is_id(token).then_some(token)
}

/// Which of [`PAGES`] an address means, and the id in it. A slash at the end makes no difference.
pub fn page_of(path: &str) -> Option<(&'static str, Option<&str>)> {
    let path = path.trim_end_matches('/');
    let path = if path.is_empty() { "/" } else { path };
    PAGES.into_iter().find_map(|page| match around_id(page) {
        None => (page == path).then_some((page, None)),
        Some((before, after)) => {
            let id = path.strip_prefix(before)?.strip_suffix(after)?;
            is_id(id).then_some((page, Some(id)))
        }
    })
}

/// What stands in the address of a page before the place of its id, and after it.
pub fn around_id(page: &str) -> Option<(&str, &str)> {
    let (before, rest) = page.split_once('{')?;
    Some((before, rest.split_once('}')?.1))
}

/// Whether a text may be a random id or a token: nothing that would have to be escaped.
fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::{PAGES, PREVIEW_PAGE, page_of, preview_token};

    #[test]
    fn pages_are_found_with_the_id_in_them() {
        assert_eq!(page_of("/regler/"), Some(("/regler", None)));
        assert_eq!(page_of(""), Some(("/", None)));
        let hours = page_of("/sagsbehandler/borger/a1-b2/timer-og-ydelse");
        assert_eq!(hours, Some((PAGES[14], Some("a1-b2"))));
        assert_eq!(page_of("/sagsbehandler/borger/a1"), Some((PAGES[13], Some("a1"))));
        for other in [
            "/sagsbehandler/borger",
            "/sagsbehandler/borger/a/b",
            "/regler/mere",
            "/sagsbehandler/borger/{citizen}",
            "/sagsbehandler/borger/a%2e",
            "//regler",
        ] {
            assert_eq!(page_of(other), None, "{other}");
        }
    }

    #[test]
    fn a_preview_is_its_token_and_nothing_more() {
        let address = PREVIEW_PAGE.replace("{token}", "a_b-C1");
        assert_eq!(preview_token(&address), Some("a_b-C1"));
        assert_eq!(preview_token(&format!("{address}/")), Some("a_b-C1"));
        for other in [PREVIEW_PAGE, "/forhaandsvisning/", "/forhaandsvisning/a/b", "/a_b-C1"] {
            assert_eq!(preview_token(other), None, "{other}");
        }
    }
}
