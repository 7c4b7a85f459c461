//! Where the list of a trial begins.

use jobnet_server::db::Database;
use jobnet_server::trials::{seed, store};
use jobnet_trials::protocol::Allocation;
use jobnet_trials::randomise::{Blocks, Place};

use super::extracts::keys;

/// Begins the only list of a trial at a place from which the next two lots are of different arms, so that
/// of two citizens each gets one.
pub async fn next_two_differ(database: &Database, key: &str) {
    let stored = store::load(database.read(), key).await.expect("a trial");
    let protocol = stored.trial.protocol();
    let Allocation::Blocks { multiples } = &protocol.allocation else { panic!("no list") };
    assert!(protocol.strata.is_empty(), "there are several lists");
    let weights: Vec<u32> = protocol.arms.iter().map(|arm| arm.weight.into()).collect();
    let seed = seed::open(database.read(), &keys(), stored.id).await.expect("a seed");
    let blocks = Blocks::new(&seed, "unit", "", &weights, multiples).expect("lots");
    let places: Vec<Place> = blocks.places().take(20).collect();
    let differ = |pair: &[Place]| pair[0].arm != pair[1].arm;
    let next = places.windows(2).position(differ).expect("two arms");
    let Some(last) = next.checked_sub(1).map(|last| places[last]) else { return };
    let (block, position, id) = (last.block, last.position, stored.id);
    let sql = format!(
        "INSERT INTO trial_lists (trial_id, purpose, stratum, next, block, position) \
         VALUES ({id}, 'unit', '', {next}, {block}, {position})"
    );
    let transaction = database.begin_write().await.expect("begins");
    sea_orm::ConnectionTrait::execute_unprepared(&transaction, &sql).await.expect("inserts");
    transaction.commit().await.expect("commits");
}
