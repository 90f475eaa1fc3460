//! Maps and sets as sorted lists, for the few entries that a definition, a sheet or a file of cases has: a balanced tree for each kind of key and value weighs ten times as much in the
//! browser's module. Where what somebody hands in decides how many entries there are, a tree is used instead.

use std::collections::BTreeMap;
use std::mem;

/// A map from few keys, in their order.
#[derive(Debug, Clone)]
pub(crate) struct SortedMap<K, V>(Vec<(K, V)>);

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    fn place(&self, key: &K) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| known.cmp(key))
    }

    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        let place = self.place(key).ok()?;
        self.0.get(place).map(|(_, value)| value)
    }

    pub(crate) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let place = self.place(key).ok()?;
        self.0.get_mut(place).map(|(_, value)| value)
    }

    pub(crate) fn contains(&self, key: &K) -> bool {
        self.place(key).is_ok()
    }

    /// Puts a value in; the one that stood there comes back.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place(&key) {
            Ok(place) => self.0.get_mut(place).map(|(_, old)| mem::replace(old, value)),
            Err(place) => {
                self.0.insert(place, (key, value));
                None
            }
        }
    }

    pub(crate) fn remove(&mut self, key: &K) -> Option<V> {
        let place = self.place(key).ok()?;
        Some(self.0.remove(place).1)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.0.iter().map(|(key, value)| (key, value))
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &K> {
        self.0.iter().map(|(key, _)| key)
    }

    /// The value of a key; a fresh one is put in where there is none.
    pub(crate) fn or_insert_with(&mut self, key: K, fresh: impl FnOnce() -> V) -> Option<&mut V> {
        let place = match self.place(&key) {
            Ok(place) => place,
            Err(place) => {
                self.0.insert(place, (key, fresh()));
                place
            }
        };
        self.0.get_mut(place).map(|(_, value)| value)
    }

    pub(crate) fn into_entries(self) -> Vec<(K, V)> {
        self.0
    }
}

/// A set of few values, in their order.
#[derive(Debug, Clone)]
pub(crate) struct SortedSet<K>(Vec<K>);

impl<K: Ord> SortedSet<K> {
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn contains(&self, value: &K) -> bool {
        self.0.binary_search(value).is_ok()
    }

    /// Puts a value in; whether it is new.
    pub(crate) fn insert(&mut self, value: K) -> bool {
        match self.0.binary_search(&value) {
            Ok(_) => false,
            Err(place) => {
                self.0.insert(place, value);
                true
            }
        }
    }

    pub(crate) fn as_slice(&self) -> &[K] {
        &self.0
    }
}

/// A map from many keys: a tree that finds the place of a value in a list, so that only the kind of key is compiled anew.
#[derive(Debug)]
pub(crate) struct Lookup<K, V> {
    places: BTreeMap<K, usize>,
    values: Vec<V>,
}

impl<K, V> Default for Lookup<K, V> {
    fn default() -> Self {
        Self { places: BTreeMap::new(), values: Vec::new() }
    }
}

impl<K: Ord, V> Lookup<K, V> {
    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        self.places.get(key).and_then(|place| self.values.get(*place))
    }

    /// The value of a key; a fresh one is put in where there is none.
    pub(crate) fn or_insert(&mut self, key: K, fresh: V) -> Option<&mut V> {
        let place = *self.places.entry(key).or_insert(self.values.len());
        if place == self.values.len() {
            self.values.push(fresh);
        }
        self.values.get_mut(place)
    }

    /// In the order of the keys.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.places.iter().filter_map(|(key, place)| self.values.get(*place).map(|value| (key, value)))
    }

    /// In the order of the keys.
    pub(crate) fn into_values(self) -> Vec<V> {
        let mut values: Vec<Option<V>> = self.values.into_iter().map(Some).collect();
        self.places.values().filter_map(|place| values.get_mut(*place).and_then(Option::take)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Lookup, SortedMap, SortedSet};

    #[test]
    fn entries_stand_in_the_order_of_their_keys_once_each() {
        let mut map = SortedMap::new();
        for (key, value) in [(3, "c"), (1, "a"), (2, "b"), (1, "A")] {
            map.insert(key, value);
        }
        assert_eq!(map.insert(2, "B"), Some("b"));
        assert_eq!(map.remove(&3), Some("c"));
        assert_eq!(map.remove(&3), None);
        assert_eq!((map.get(&1), map.get(&3), map.contains(&2)), (Some(&"A"), None, true));
        assert_eq!(map.or_insert_with(0, || "z"), Some(&mut "z"));
        assert_eq!(map.or_insert_with(1, || "y"), Some(&mut "A"));
        assert_eq!(map.into_entries(), [(0, "z"), (1, "A"), (2, "B")]);
    }

    #[test]
    fn what_is_looked_up_comes_out_in_the_order_of_the_keys() {
        let mut map = Lookup::default();
        for (key, value) in [(3, "c"), (1, "a"), (2, "b"), (1, "A")] {
            assert_eq!(map.or_insert(key, value).copied(), Some(if value == "A" { "a" } else { value }));
        }
        assert_eq!((map.get(&2), map.get(&4)), (Some(&"b"), None));
        assert_eq!(map.iter().collect::<Vec<_>>(), [(&1, &"a"), (&2, &"b"), (&3, &"c")]);
        assert_eq!(map.into_values(), ["a", "b", "c"]);
    }

    #[test]
    fn a_value_is_in_a_set_once() {
        let mut set = SortedSet::new();
        assert_eq!([3, 1, 2, 1].map(|value| set.insert(value)), [true, true, true, false]);
        assert!(set.contains(&2) && !set.contains(&4));
        assert_eq!(set.as_slice(), [1, 2, 3]);
    }
}
