//! Everything that is stored about a citizen, to take away.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A row: each field by its name; `None`: empty. Written as in the extracts: decimals with a point,
/// `YYYY-MM`, `YYYY-MM-DD`.
pub type DataRow = BTreeMap<String, Option<String>>;

/// Everything that is stored about a citizen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MyData {
    /// When this was put together.
    pub exported_at: DateTime<Utc>,
    /// Each table by its name. A register has its columns of the extract format, `valid_from`,
    /// and `valid_to`: the day another version replaced the row, empty while it counts.
    #[cfg_attr(feature = "openapi", schema(value_type = BTreeMap<String, Vec<BTreeMap<String, Option<String>>>>))]
    pub tables: BTreeMap<String, Vec<DataRow>>,
}
