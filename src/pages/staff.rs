//! What staff may see today, said honestly: most of their pages come later.

use jobnet_api::boot::Role;
use jobnet_api::paths;
use leptos::prelude::*;

use crate::i18n::messages;
use crate::view::{View, view};

/// The page.
#[component(transparent)]
pub fn Staff(
    /// Her roles.
    roles: Vec<Role>,
) -> View {
    let t = messages().staff;
    let who = roles.iter().find_map(|role| match role {
        Role::FundCaseworker => Some(t.fund),
        Role::JobCentreCaseworker => Some(t.job_centre),
        Role::Researcher => Some(t.researcher),
        Role::Administrator | Role::Citizen => None,
    });
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
        }
    });
    view! {
        <h1>{t.title}</h1>
        {who.map(|who| view! { <p class="lead">{who}</p> <p>{t.later}</p> })}
        {administrator}
    }
}
