//! The page of administrators: the citizens' reports as a file, and the way to the outbox.

use jobnet_api::boot::Role;
use jobnet_api::paths;

use crate::i18n::{language, messages};
use crate::routes::Page;
use crate::view::{View, view};

/// The page of staff who see no person.
pub fn staff_view(roles: &[Role]) -> View {
    let t = messages().staff;
    let outbox = language().outbox();
    let administrator = roles.contains(&Role::Administrator).then(|| {
        view! {
            <p class="lead">{t.administrator}</p>
            <p class="actions">
                // `rel=external`: a file of the server, not a page of the app.
                <a
                    class="button button-primary"
                    href=paths::HOURS_REPORTS_CSV
                    rel="external"
                    download=""
                >
                    {t.download}
                </a>
            </p>
            <p class="small muted">{t.download_hint}</p>
            <h2>{outbox.title}</h2>
            <p>{outbox.lead}</p>
            <p class="actions">
                <a class="button button-secondary" href=Page::Outbox.path()>{outbox.open}</a>
            </p>
        }
    });
    view! {
        <h1>{t.title}</h1>
        {administrator}
    }
}
