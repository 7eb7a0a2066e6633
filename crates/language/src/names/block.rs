//! Keys by which names that may be the same meet, so that a million names need not be compared each with each.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::parse::{NameKey, Unit, Word};
use super::table::table;

/// Consonant classes of a word that count.
const LENGTH: usize = 3;

/// Readings of a word that are followed where a letter stands for several sounds.
const READINGS: usize = 12;

/// Words of a name that are paired.
const PAIRED: usize = 4;

/// The keys of a name: two names of two or more words that may be the same share one of them. A key joins the coarse
/// consonants of two words in any order, so common given names make no large blocks; a name of one word has a key of its own
/// (see [`surname_keys`]). Sorted, without repetition.
pub fn block_keys(name: &NameKey) -> Vec<u64> {
    let skeletons: Vec<Vec<Skeleton>> = significant(name).take(PAIRED).map(|w| skeletons(name, w)).collect();
    let mut keys = Vec::new();
    for (n, first) in skeletons.iter().enumerate() {
        for second in &skeletons[n + 1..] {
            for x in first {
                // Two letters of each word do: the second word makes up for the third.
                keys.extend(second.iter().map(|y| hash(&(short(x).min(short(y)), short(x).max(short(y))))));
            }
        }
    }
    if skeletons.len() < 2 {
        keys.extend(surname_keys(name));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The keys of the last word alone, by which a family name meets full names. Large blocks for common names.
pub fn surname_keys(name: &NameKey) -> Vec<u64> {
    let last = significant(name).last();
    let mut keys: Vec<u64> = last.into_iter().flat_map(|w| skeletons(name, w)).map(|s| hash(&s)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

type Skeleton = [u8; LENGTH];

fn significant(name: &NameKey) -> impl Iterator<Item = &Word> {
    name.words.iter().filter(|w| !w.particle && !w.initial)
}

fn short(skeleton: &Skeleton) -> [u8; 2] {
    [skeleton[0], skeleton[1]]
}

/// The coarse consonants at the beginning of a word, in the readings that its letters allow; of a word with the article,
/// with and without it, since what looks like the article may be part of the name.
fn skeletons(name: &NameKey, word: &Word) -> Vec<Skeleton> {
    let units = &name.letters[word.start as usize..word.end as usize];
    let mut found = readings(&units[word.article as usize..]);
    if word.article > 0 {
        found.extend(readings(units));
    }
    // Listed names meet by their rows, however they are spelled.
    for id in word.native.into_iter().filter(|id| *id != 0) {
        let [high, low] = id.to_be_bytes();
        found.push([high | 0x80, low, 0]);
    }
    found
}

/// A skeleton that grows: its length, and whether its last consonant was the letter before.
#[derive(Clone, Copy, Default, PartialEq)]
struct Growing {
    skeleton: Skeleton,
    length: usize,
    adjacent: bool,
}

impl Growing {
    fn with(mut self, class: u8) -> Growing {
        if class == b'-' {
            self.adjacent = false;
        } else if self.length == 0 || self.skeleton[self.length - 1] != class {
            if self.length < LENGTH {
                self.skeleton[self.length] = class;
            }
            self.length = (self.length + 1).min(LENGTH);
            self.adjacent = true;
        }
        self
    }

    /// A stop and a hiss beside each other may be the two letters of one sound (t + sh for ch, d + zh for j).
    fn fused(mut self, class: u8) -> Option<Growing> {
        let last = self.length.checked_sub(1)?;
        let fuses = self.adjacent && self.skeleton[last] == b'T' && class == b'S';
        let doubles = last > 0 && self.skeleton[last - 1] == b'S';
        if fuses && !doubles {
            self.skeleton[last] = b'S';
        }
        (fuses && !doubles).then_some(self)
    }
}

fn readings(units: &[Unit]) -> Vec<Skeleton> {
    let mut readings = vec![Growing::default()];
    for unit in units {
        let mut next: Vec<Growing> = Vec::new();
        for reading in &readings {
            for &class in table().classes(unit.letter) {
                for longer in [Some(reading.with(class)), reading.fused(class)].into_iter().flatten() {
                    if !next.contains(&longer) {
                        next.push(longer);
                    }
                }
            }
        }
        next.truncate(READINGS);
        if !next.is_empty() {
            readings = next;
        }
    }
    let mut skeletons: Vec<Skeleton> = readings.into_iter().map(|r| r.skeleton).collect();
    skeletons.sort_unstable();
    skeletons.dedup();
    skeletons
}

fn hash(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}
