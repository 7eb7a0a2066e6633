//! Keys by which names that may be the same meet, so that a million names need not be compared each with each.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::parse::{NameKey, Word};
use super::table::table;

/// Consonant classes of a word that count.
const LENGTH: usize = 3;

/// Readings of a word that are followed where a letter stands for several sounds.
const READINGS: usize = 6;

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

/// The coarse consonants at the beginning of a word, in the readings that its letters allow.
fn skeletons(name: &NameKey, word: &Word) -> Vec<Skeleton> {
    let start = word.start as usize + word.article as usize;
    let mut readings = vec![(Skeleton::default(), 0)];
    for unit in &name.letters[start..word.end as usize] {
        let classes = table().classes(unit.letter);
        let mut next: Vec<(Skeleton, usize)> = Vec::new();
        for &(skeleton, length) in &readings {
            for &class in classes {
                let mut longer = (skeleton, length);
                let repeats = length > 0 && skeleton[length - 1] == class;
                if class != b'-' && length < LENGTH && !repeats {
                    longer.0[length] = class;
                    longer.1 += 1;
                }
                if !next.contains(&longer) {
                    next.push(longer);
                }
            }
        }
        next.truncate(READINGS);
        if !next.is_empty() {
            readings = next;
        }
        if readings.iter().all(|(_, length)| *length == LENGTH) {
            break;
        }
    }
    readings.into_iter().map(|(skeleton, _)| skeleton).collect()
}

fn hash(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}
