//! What a large body of text says of a word: how common it is, and how often it stands in names of each kind.
//!
//! Kept are a hash of the word and a few bits, never the word: enough to tell that a word which the lexicon does not know is
//! mostly borne by persons, or that one which begins like a clitic and a name is a word of its own.

use crate::tag::{Name, Tag};
use crate::word::hash;
use musnad_text::{Clitics, splits};
use std::collections::HashMap;

/// Lore of words, by hash.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lore {
    hashes: Vec<u32>,
    notes: Vec<u16>,
    /// Where the hashes with each upper half begin.
    begin: Vec<u32>,
}

/// What is known of one word: two bits each for how often it begins and goes on with a person's name, is of a place's, begins and
/// goes on with a body's; and two for how common it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Note(pub u16);

impl Note {
    /// The two-bit fields.
    pub const FIELDS: usize = 6;

    /// One of the fields: 0 rarely or never, 3 mostly.
    pub fn field(self, i: usize) -> u16 {
        self.0 >> (2 * i) & 3
    }

    fn of(count: &Count) -> Note {
        let share = |n: u32| {
            let percent = 100 * u64::from(n) / u64::from(count.all.max(1));
            match percent {
                0..=1 => 0,
                2..=14 => 1,
                15..=49 => 2,
                _ => 3,
            }
        };
        let common = match count.all {
            0..=15 => 0,
            16..=99 => 1,
            100..=999 => 2,
            _ => 3,
        };
        let t = |tag: Tag| count.tags[tag.number()];
        let place = t(Tag::First(Name::Place)) + t(Tag::Next(Name::Place));
        let fields = [
            share(t(Tag::First(Name::Person))),
            share(t(Tag::Next(Name::Person))),
            share(place),
            share(t(Tag::First(Name::Body))),
            share(t(Tag::Next(Name::Body))),
            common,
        ];
        Note(fields.iter().rev().fold(0, |bits, f| bits << 2 | f))
    }

    /// Whether names of a kind commonly begin with the word.
    pub fn begins(self, name: Name) -> bool {
        self.field(match name {
            Name::Person => 0,
            Name::Place => 2,
            Name::Body => 3,
        }) >= 2
    }
}

impl Lore {
    /// From words' hashes with notes.
    pub(crate) fn from_notes(mut notes: Vec<(u32, u16)>) -> Lore {
        notes.sort_unstable();
        notes.dedup_by_key(|n| n.0);
        let (hashes, notes): (Vec<u32>, Vec<u16>) = notes.into_iter().unzip();
        let begin = (0..=1 << 16).map(|up: u64| hashes.partition_point(|h| u64::from(*h) < up << 16) as u32).collect();
        Lore { hashes, notes, begin }
    }

    pub(crate) fn notes(&self) -> impl Iterator<Item = (u32, u16)> {
        self.hashes.iter().copied().zip(self.notes.iter().copied())
    }

    /// How many words it knows.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// What is known of a folded word as it stands.
    pub fn note(&self, word: &str) -> Option<Note> {
        let key = key(word);
        let up = (key >> 16) as usize;
        let (from, to) = (*self.begin.get(up)? as usize, *self.begin.get(up + 1)? as usize);
        let at = self.hashes.get(from..to)?.binary_search(&key).ok()?;
        Some(Note(self.notes[from + at]))
    }

    /// What is known of a folded word, parted from as few clitics as it takes; the article stays.
    pub fn stem(&self, word: &str) -> (Clitics, Option<Note>) {
        for clitics in splits(word).filter(|c| !c.article) {
            let note = self.note(&word[clitics.bytes..]);
            if note.is_some() {
                return (clitics, note);
            }
        }
        (Clitics::default(), None)
    }
}

fn key(word: &str) -> u32 {
    (hash(word) >> 32) as u32
}

#[derive(Debug, Clone, Default)]
struct Count {
    all: u32,
    tags: [u32; crate::tag::TAGS],
}

/// Counts from which lore is made.
#[derive(Debug, Default)]
pub struct Tally {
    words: HashMap<String, Count>,
}

impl Tally {
    /// Nothing counted yet.
    pub fn new() -> Tally {
        Tally::default()
    }

    /// Counts a folded word that was tagged so.
    pub fn add(&mut self, word: &str, tag: Tag) {
        let count = match self.words.get_mut(word) {
            Some(count) => count,
            None => self.words.entry(word.to_string()).or_default(),
        };
        count.all += 1;
        count.tags[tag.number()] += 1;
    }

    /// Adds the counts of another part of the text.
    pub fn join(&mut self, other: Tally) {
        for (word, more) in other.words {
            let count = self.words.entry(word).or_default();
            count.all += more.all;
            for (a, b) in count.tags.iter_mut().zip(more.tags) {
                *a += b;
            }
        }
    }

    /// Lore of the words that stand `least` times or more. A word that is rarer than what is left of it without clitics is left
    /// out: it is looked up by its stem.
    pub fn lore(&self, least: u32) -> Lore {
        let all = |w: &str| self.words.get(w).map_or(0, |c| c.all);
        let glued = |word: &str, count: &Count| {
            splits(word)
                .filter(|c| c.bytes > 0 && !c.article)
                .any(|c| word[c.bytes..].chars().count() >= 3 && all(&word[c.bytes..]) / 2 > count.all)
        };
        let kept = self.words.iter().filter(|(w, c)| c.all >= least && !glued(w, c));
        Lore::from_notes(kept.map(|(w, c)| (key(w), Note::of(c).0)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_by_their_stems() {
        let mut tally = Tally::new();
        for _ in 0..20 {
            tally.add("لافروف", Tag::First(Name::Person));
        }
        for _ in 0..6 {
            tally.add("ولافروف", Tag::First(Name::Person));
            tally.add("وزير", Tag::Outside);
        }
        let lore = tally.lore(5);
        assert_eq!(lore.len(), 2);
        let (clitics, note) = lore.stem("ولافروف");
        assert_eq!((clitics.conjunction, note.map(|n| n.begins(Name::Person))), (Some('و'), Some(true)));
        assert_eq!(lore.stem("وزير").0.bytes, 0);
        assert_eq!(lore.stem("قطار").1, None);
        assert_eq!(Lore::default().note("وزير"), None);
    }

    #[test]
    fn counts_join() {
        let mut a = Tally::new();
        a.add("باريس", Tag::First(Name::Place));
        let mut b = Tally::new();
        b.add("باريس", Tag::First(Name::Place));
        a.join(b);
        assert_eq!(a.lore(2).len(), 1);
    }
}
