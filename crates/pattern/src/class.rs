//! Classes of units, sets of them, and their names.

use std::collections::HashMap;

/// How many classes a [`ClassSet`] can tell apart.
pub const MAX_CLASSES: usize = 256;

/// A class that a unit can have, as numbered by [`Classes`].
#[derive(Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Hash, Debug)]
pub struct Class(pub u16);

/// A set of classes.
#[derive(Copy, Clone, Eq, PartialEq, Hash, Debug, Default)]
pub struct ClassSet([u64; MAX_CLASSES / 64]);

impl ClassSet {
    /// The set without classes.
    pub const fn new() -> Self {
        Self([0; MAX_CLASSES / 64])
    }

    /// Adds a class. One numbered [`MAX_CLASSES`] or above cannot be held and is left out.
    pub fn insert(&mut self, class: Class) {
        if let Some(word) = self.0.get_mut(word(class)) {
            *word |= bit(class);
        }
    }

    /// Takes a class out.
    pub fn remove(&mut self, class: Class) {
        if let Some(word) = self.0.get_mut(word(class)) {
            *word &= !bit(class);
        }
    }

    /// Whether the class is in the set.
    pub fn contains(&self, class: Class) -> bool {
        self.0.get(word(class)).is_some_and(|word| word & bit(class) != 0)
    }

    /// The classes in either set.
    pub fn union(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] | other.0[i]))
    }

    /// Whether any class is in both sets.
    pub fn intersects(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).fold(0, |acc, (a, b)| acc | (a & b)) != 0
    }

    /// Whether every class of this set is in `other`.
    pub fn is_subset(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).fold(0, |acc, (a, b)| acc | (a & !b)) == 0
    }

    /// Whether the set has no class.
    pub fn is_empty(&self) -> bool {
        self.0 == [0; MAX_CLASSES / 64]
    }

    /// How many classes the set has.
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The classes of the set, by rising number.
    pub fn iter(&self) -> impl Iterator<Item = Class> + use<> {
        let part = |(i, mut bits): (usize, u64)| {
            std::iter::from_fn(move || {
                let bit = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
                bits &= bits - 1;
                Some(Class((64 * i + bit) as u16))
            })
        };
        self.0.into_iter().enumerate().flat_map(part)
    }
}

fn word(class: Class) -> usize {
    usize::from(class.0) / 64
}

fn bit(class: Class) -> u64 {
    1 << (class.0 % 64)
}

impl FromIterator<Class> for ClassSet {
    fn from_iter<I: IntoIterator<Item = Class>>(classes: I) -> Self {
        let mut set = Self::new();
        set.extend(classes);
        set
    }
}

impl Extend<Class> for ClassSet {
    fn extend<I: IntoIterator<Item = Class>>(&mut self, classes: I) {
        for class in classes {
            self.insert(class);
        }
    }
}

/// The names of classes, numbered in the order in which they came.
///
/// A [`ClassSet`] holds the first [`MAX_CLASSES`]. Names beyond are numbered too, but no unit can have
/// them, and a pattern that uses one is refused.
#[derive(Clone, Debug, Default)]
pub struct Classes {
    names: Vec<Box<str>>,
    numbers: HashMap<Box<str>, Class>,
}

impl Classes {
    /// No classes yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The class of this name, numbered now if it is new.
    pub fn intern(&mut self, name: &str) -> Class {
        if let Some(class) = self.get(name) {
            return class;
        }
        let Ok(number) = u16::try_from(self.names.len()) else {
            return Class(u16::MAX); // far beyond what a set holds
        };
        let class = Class(number);
        self.names.push(name.into());
        self.numbers.insert(name.into(), class);
        class
    }

    /// The class of this name, if it is known.
    pub fn get(&self, name: &str) -> Option<Class> {
        self.numbers.get(name).copied()
    }

    /// The name of a class; empty for a class that is not of these.
    pub fn name(&self, class: Class) -> &str {
        self.names.get(usize::from(class.0)).map_or("", |name| name)
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are no names.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The known name that a misspelt one most likely stands for.
    pub(crate) fn nearest(&self, name: &str) -> Option<&str> {
        // One slip in a short name, up to three in a long one; more is another name.
        let most = (name.len() / 3).clamp(1, 3);
        self.names
            .iter()
            .map(|known| (edits(name.as_bytes(), known.as_bytes()), &**known))
            .filter(|(edits, _)| *edits <= most)
            .min()
            .map(|(_, known)| known)
    }
}

/// Levenshtein's distance: letters put in, left out or exchanged.
fn edits(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let exchanged = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = exchanged.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in() {
        let mut set: ClassSet = [0, 63, 64, 255].map(Class).into_iter().collect();
        assert_eq!(set.iter().map(|c| c.0).collect::<Vec<_>>(), [0, 63, 64, 255]);
        set.remove(Class(64));
        assert!(!set.contains(Class(64)) && set.contains(Class(63)));
        assert_eq!(set.len(), 3);
        set.insert(Class(256));
        set.remove(Class(u16::MAX));
        assert!(!set.contains(Class(256)));
        let other = ClassSet::from_iter([Class(255)]);
        assert!(other.is_subset(&set) && set.intersects(&other) && !set.is_subset(&other));
        assert_eq!(set.union(&other), set);
        assert!(ClassSet::new().is_empty());
    }

    #[test]
    fn names_and_numbers_agree_and_never_run_out_with_a_panic() {
        let mut classes = Classes::new();
        for i in 0..70_000 {
            let name = format!("C{i}");
            let class = classes.intern(&name);
            assert_eq!(classes.intern(&name), class);
            if i < 65_536 {
                assert_eq!(classes.name(class), name);
            }
        }
        assert_eq!(Classes::new().name(Class(3)), "");
    }

    #[test]
    fn the_nearest_name_is_near() {
        let mut classes = Classes::new();
        for name in ["PERSON", "PLACE", "SAY"] {
            classes.intern(name);
        }
        assert_eq!(classes.nearest("PERSN"), Some("PERSON"));
        assert_eq!(classes.nearest("SAID"), None);
        assert_eq!(classes.nearest("MEETING"), None);
    }
}
