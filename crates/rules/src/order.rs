//! Putting things into order, by one piece of code for all of them: a sort of the standard library
//! is made anew for each type, and every copy is downloaded by every citizen.

/// Sorts by a number, keeping equals in the order they have.
///
/// # Examples
/// ```
/// let mut words = vec!["ni", "to", "fire", "en"];
/// jobnet_rules::order::sort_by(&mut words, |word| word.len() as i64);
/// assert_eq!(words, ["ni", "to", "en", "fire"]);
/// jobnet_rules::order::sort_by(&mut words[..0].to_vec(), |word| word.len() as i64);
/// ```
pub fn sort_by<T>(items: &mut Vec<T>, key: impl Fn(&T) -> i64) {
    let places = items.iter().enumerate();
    let mut order: Vec<(i64, usize)> = places.map(|(at, item)| (key(item), at)).collect();
    sort(&mut order);
    let mut taken: Vec<Option<T>> = std::mem::take(items).into_iter().map(Some).collect();
    items.extend(order.into_iter().filter_map(|(_, at)| taken[at].take()));
}

#[inline(never)]
fn sort(order: &mut [(i64, usize)]) {
    order.sort_unstable();
}
