//! Letters and receipts to a citizen, as a list.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use jobnet_api::paths;
use jobnet_api::profile::{Letter, LetterKind};

use super::NO_STORE;
use crate::access::CitizenId;
use crate::app::App;
use crate::problem::Failure;
use crate::{profiles, reports};

/// Her receipts, newest first: of preparation forms and of reports of missing hours.
#[utoipa::path(
    get,
    path = paths::MY_LETTERS, operation_id = "my_letters",
    responses((status = 200, body = Vec<Letter>))
)]
pub(super) async fn list(
    State(app): State<App>,
    CitizenId(citizen): CitizenId,
) -> Result<impl IntoResponse, Failure> {
    let database = app.database().read();
    let sent = profiles::submissions(database, citizen).await?.into_iter().map(|sent| Letter {
        id: sent.id,
        sent_at: sent.received_at,
        kind: LetterKind::ProfileReceipt { receipt: sent.receipt },
    });
    let reports = reports::of_citizen(database, citizen).await?.into_iter().map(|report| Letter {
        id: report.id,
        sent_at: report.received_at,
        kind: LetterKind::HoursReport {},
    });
    let mut letters: Vec<Letter> = sent.chain(reports).collect();
    // Of the same second each kind stays in its own order.
    letters.sort_by_key(|letter| std::cmp::Reverse(letter.sent_at));
    Ok((NO_STORE, Json(letters)))
}
