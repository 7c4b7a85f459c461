//! Factorial designs: an arm for every combination of the factors' values.

use std::collections::BTreeMap;

/// Every combination of the factors' values, each once; the last factor changes fastest.
pub fn cross(factors: &[(&str, &[&str])]) -> Vec<BTreeMap<String, String>> {
    factors.iter().fold(vec![BTreeMap::new()], |cells, (factor, values)| {
        let with = |cell: &BTreeMap<String, String>, value: &str| {
            let mut cell = cell.clone();
            cell.insert((*factor).to_owned(), value.to_owned());
            cell
        };
        cells.iter().flat_map(|cell| values.iter().map(|value| with(cell, value))).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_by_two_are_eight_different_cells_with_each_value_as_often_as_it_must() {
        let cells = cross(&[("shown", &["a", "b", "c", "d"]), ("told", &["x", "y"])]);
        let distinct: std::collections::BTreeSet<_> = cells.iter().collect();
        assert_eq!((cells.len(), distinct.len()), (8, 8));
        assert_eq!(cells.iter().filter(|cell| cell["shown"] == "c").count(), 2);
        assert_eq!(cells.iter().filter(|cell| cell["told"] == "y").count(), 4);
        assert_eq!((&cells[1]["shown"][..], &cells[1]["told"][..]), ("a", "y"));
        assert!(cross(&[("shown", &[])]).is_empty());
    }
}
