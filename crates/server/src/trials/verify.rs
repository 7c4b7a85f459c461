//! Proving a ledger: every lot drawn again from the seed.

use jobnet_trials::randomise::{self, Mistake, Row};

use super::{TrialError, ledger, seed, store};
use crate::db::Database;
use crate::keys::Keyring;

/// What was proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many clusters.
    pub clusters: usize,
    /// How many units.
    pub units: usize,
    /// What is wrong; empty: nothing.
    pub mistakes: Vec<Mistake>,
}

/// Draws every lot of a trial again and compares.
///
/// # Errors
/// When there is no such trial or it is a draft, its seed cannot be opened, or the database fails.
pub async fn verify(
    database: &Database,
    keys: &Keyring,
    key: &str,
) -> Result<Verified, TrialError> {
    let connection = database.read();
    let stored = store::load(connection, key).await?;
    let Some(seal) = stored.trial.seal() else {
        return Err(TrialError::NotRegistered(key.to_owned()));
    };
    let seed = seed::open(connection, keys, stored.id).await?;
    let clusters = ledger::clusters(connection, stored.id).await?;
    let clusters: Vec<Row> = clusters
        .into_iter()
        .map(|row| {
            Ok(Row {
                unit: row.cluster,
                cluster: None,
                drawn: row.drawn,
                stratum: row.stratum,
                place: place(row.seq, row.block, row.position)?,
                algorithm: row.algorithm,
            })
        })
        .collect::<Result<_, TrialError>>()?;
    let units = ledger::assignments(connection, stored.id).await?;
    let units: Vec<Row> = units
        .into_iter()
        .map(|row| {
            Ok(Row {
                unit: row.unit,
                cluster: row.cluster,
                drawn: row.arm,
                stratum: row.stratum,
                place: place(row.seq, row.block, row.position)?,
                algorithm: row.algorithm,
            })
        })
        .collect::<Result<_, TrialError>>()?;
    let protocol = stored.trial.protocol();
    let mistakes = randomise::verify(&seed, &seal.seed, protocol, &clusters, &units);
    Ok(Verified { clusters: clusters.len(), units: units.len(), mistakes })
}

fn place(
    seq: Option<i32>,
    block: Option<i32>,
    position: Option<i32>,
) -> Result<Option<(u32, u32, u32)>, TrialError> {
    let number = |number: i32| u32::try_from(number).map_err(TrialError::stored);
    match (seq, block, position) {
        (Some(seq), Some(block), Some(position)) => {
            Ok(Some((number(seq)?, number(block)?, number(position)?)))
        }
        (None, None, None) => Ok(None),
        _ => Err(TrialError::stored("half a place in a list")),
    }
}
