//! The citizen's checklist.

use jobnet_api::checklist::{CitizenChecklist, MyChecklist, NewMark, SavedMark, Sharing};
use jobnet_api::paths;
use jobnet_checklist::item::Item;

use super::{ApiError, about, client};

/// Her list.
///
/// # Errors
/// [`ApiError::Server`] with [`Code::NotFound`](jobnet_api::problem::Code::NotFound) when she has none.
pub async fn list() -> Result<MyChecklist, ApiError> {
    client::get(paths::MY_CHECKLIST).await
}

/// Says what she says of an item, and returns what stands. Sending the same again changes nothing.
///
/// # Errors
/// [`ApiError::Offline`], and then it has to be sent again; [`ApiError::Server`] with what cannot stand.
pub async fn mark(item: Item, mark: &NewMark) -> Result<SavedMark, ApiError> {
    client::put_for(&about(paths::MY_CHECKLIST_ITEM, item.key()), mark).await
}

/// Says that she has looked.
///
/// # Errors
/// [`ApiError::Offline`] or [`ApiError::Server`]; then it is said the next time.
pub async fn saw() -> Result<(), ApiError> {
    client::put_for(paths::MY_CHECKLIST_SEEN, &()).await
}

/// Says whether her caseworker may see it.
///
/// # Errors
/// [`ApiError::Offline`] or [`ApiError::Server`]; then nothing has changed.
pub async fn share(is_shared: bool) -> Result<Sharing, ApiError> {
    client::put_for(paths::MY_CHECKLIST_SHARING, &Sharing { is_shared }).await
}

/// A citizen's list, if she shares it.
///
/// # Errors
/// [`ApiError::Server`] with [`Code::NotFound`](jobnet_api::problem::Code::NotFound) when she does not,
/// or must not be seen.
pub async fn of_citizen(citizen: &str) -> Result<CitizenChecklist, ApiError> {
    client::get(&about(paths::CITIZEN_CHECKLIST, citizen)).await
}
