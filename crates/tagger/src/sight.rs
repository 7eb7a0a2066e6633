//! The features of words: what a model weighs.
//!
//! A feature is a row of the model's weights, found by hashing what is seen: a word, an affix, a class, a note of lore, at a
//! distance from the word in question. Nothing is kept of what was hashed.

use crate::lore::{Lore, Note};
use crate::model::Model;
use crate::tag::{Name, Tag};
use crate::word::{Word, hash, mix};
use musnad_pattern::{Class, ClassSet, Classes, MAX_CLASSES};
use musnad_text::Kind;
use std::collections::HashMap;

/// How words are seen: the hashes of the classes, and lore.
#[derive(Debug, Clone)]
pub struct Sight {
    classes: Vec<u64>,
    unknown: u64,
    /// After these a person's name is to be expected.
    titles: ClassSet,
    given: ClassSet,
    /// Lore of words.
    pub lore: Lore,
}

/// What is seen of one word by itself.
struct Seen {
    /// Which word it is, within the text.
    key: u64,
    word: u64,
    stem: u64,
    prefixes: [u64; 3],
    suffixes: [u64; 4],
    shape: u64,
    note: Option<Note>,
    found: u64,
    doc: u8,
    classes: [u64; MOST],
    n: usize,
}

/// Classes of a word that are looked at.
const MOST: usize = 10;

/// Stands for every rare word.
const RARE: u64 = 78;

impl Sight {
    /// Sees classes by their names, so that a model outlives a new class.
    pub fn new(classes: &Classes, lore: Lore) -> Sight {
        let names = (0..classes.len().min(MAX_CLASSES)).map(|i| classes.name(Class(i as u16)));
        let set = |names: &[&str]| names.iter().filter_map(|n| classes.get(n)).collect();
        Sight {
            classes: names.map(hash).collect(),
            unknown: hash("UNKNOWN"),
            titles: set(&["HON", "TITLE", "EPITHET"]),
            given: set(&["GIVEN"]),
            lore,
        }
    }

    /// The features of each word of a text, which is given in rows (sentences): rows of weights below `rows`, a power of two.
    pub fn features(&self, text: &[&[Word]], rows: usize) -> Vec<Vec<Vec<u32>>> {
        let of = |row: &Vec<Seen>, i| {
            let mut out = Vec::with_capacity(128);
            features(row, i, rows, &mut out);
            out
        };
        self.seen(text).iter().map(|row| (0..row.len()).map(|i| of(row, i)).collect()).collect()
    }

    /// What a model takes each word of a text for.
    pub fn tags(&self, text: &[&[Word]], model: &Model) -> Vec<Vec<Tag>> {
        let mut buffer = Vec::with_capacity(128);
        let mut score = |row: &[Seen], i: usize| {
            buffer.clear();
            features(row, i, model.rows(), &mut buffer);
            model.score(&buffer)
        };
        let mut tag = |row: &Vec<Seen>| model.best(&(0..row.len()).map(|i| score(row, i)).collect::<Vec<_>>());
        self.seen(text).iter().map(&mut tag).collect()
    }

    fn seen(&self, text: &[&[Word]]) -> Vec<Vec<Seen>> {
        let mut seen: Vec<Vec<Seen>> = text.iter().map(|row| row.iter().map(|w| self.see(w)).collect()).collect();
        self.look_around(text, &mut seen);
        seen
    }

    fn see(&self, word: &Word) -> Seen {
        let (clitics, note) = if word.kind == Kind::Word { self.lore.stem(word.folded) } else { Default::default() };
        let note = note.filter(|_| !word.hidden);
        let stem = &word.folded[clitics.bytes..];
        let digits = word.kind == Kind::Number;
        let letters = word.folded.chars().count();
        let start = |n: usize| word.folded.char_indices().nth(n).map_or(0, |(i, _)| hash(&word.folded[..i]));
        let end = |n: usize| {
            let from = letters.checked_sub(n + 1).filter(|f| *f > 0);
            from.and_then(|f| word.folded.char_indices().nth(f)).map_or(0, |(i, _)| hash(&word.folded[i..]))
        };
        let mut classes = [0; MOST];
        let mut n = 0;
        for class in word.classes.iter().take(if word.hidden { 0 } else { MOST }) {
            let known = self.classes.get(usize::from(class.0)).copied().unwrap_or_default();
            classes[n] = known ^ u64::from(word.inside);
            n += 1;
        }
        if word.hidden {
            (classes[0], n) = (self.unknown, 1);
        }
        let own = |on: bool, bit: u32| u64::from(on) << bit;
        let latin = word.folded.is_ascii();
        let shape = letters.min(9) as u64
            | own(digits, 4)
            | own(latin, 5)
            | own(word.quoted, 6)
            | own(clitics.conjunction.is_some(), 7)
            | own(clitics.preposition.is_some(), 8)
            | own(word.kind == Kind::Word, 9)
            | own(note.is_some(), 10);
        // A word without lore is rare: which one it is says nothing.
        let rare = word.kind == Kind::Word && note.is_none() && (word.hidden || n == 1 && classes[0] == self.unknown);
        let known = |w: &str| {
            if digits {
                hash("0")
            } else if rare {
                RARE
            } else {
                hash(w)
            }
        };
        Seen {
            key: hash(stem),
            word: known(word.folded),
            stem: known(stem),
            prefixes: [start(1), start(2), start(3)],
            suffixes: [end(0), end(1), end(2), end(3)],
            shape,
            note,
            found: if word.found.rule == 0 || word.hidden { 0 } else { word.found.rule ^ u64::from(word.found.inside) },
            doc: 0,
            classes,
            n,
        }
    }

    /// What the rest of the text does with the same word: taken for a name, after a title, after a given name, in quotation marks.
    fn look_around(&self, text: &[&[Word]], seen: &mut [Vec<Seen>]) {
        let mut notes: HashMap<u64, u8> = HashMap::new();
        let mut evidence = |stem: u64, bits: u8| *notes.entry(stem).or_default() |= bits;
        for (row, seen) in text.iter().zip(seen.iter()) {
            for (i, (word, s)) in row.iter().zip(seen).enumerate().filter(|(_, (w, _))| w.kind == Kind::Word) {
                let before = i.checked_sub(1).map(|b| &row[b]);
                let found = match word.found.name.filter(|_| !word.hidden) {
                    Some(Name::Person) => 1,
                    Some(Name::Place) => 2,
                    Some(Name::Body) => 4,
                    None => 0,
                };
                let titled = before.is_some_and(|b| b.classes.intersects(&self.titles));
                let named = before.is_some_and(|b| b.classes.intersects(&self.given) && b.found.name != Some(Name::Place));
                let bits = found | u8::from(titled) << 3 | u8::from(named) << 4 | u8::from(word.quoted) << 5;
                if bits != 0 {
                    evidence(s.key, bits);
                }
            }
        }
        for s in seen.iter_mut().flatten() {
            s.doc = notes.get(&s.key).copied().unwrap_or_default();
        }
    }
}

/// The features of the word at `at`.
fn features(row: &[Seen], at: usize, rows: usize, out: &mut Vec<u32>) {
    let mask = rows as u64 - 1;
    let mut template = 0;
    let mut put = |value: u64| {
        template += 1;
        out.push((mix(template, value) >> 20 & mask) as u32);
    };
    let here = &row[at];
    let near = |d: isize| at.checked_add_signed(d).and_then(|i| row.get(i));
    const EDGE: u64 = 77;
    let word = |d: isize| near(d).map_or(EDGE, |s| s.word);
    let stem = |d: isize| near(d).map_or(EDGE, |s| s.stem);
    let note = |d: isize| near(d).map_or(EDGE, |s| s.note.map_or(9999, |n| u64::from(n.0)));
    let found = |d: isize| near(d).map_or(EDGE, |s| s.found);

    put(0);
    put(here.word);
    put(here.stem);
    here.prefixes.iter().for_each(|p| put(*p));
    here.suffixes.iter().for_each(|p| put(*p));
    put(here.shape);
    for d in [-2, -1, 1, 2] {
        put(stem(d));
    }
    put(word(-1));
    put(word(1));
    put(mix(stem(-1), here.stem));
    put(mix(here.stem, stem(1)));
    put(mix(stem(-2), stem(-1)));
    put(mix(stem(1), stem(2)));
    for d in [-2, -1, 0, 1, 2] {
        put(note(d));
        put(found(d));
        put(near(d).map_or(EDGE, |s| s.shape));
    }
    put(mix(note(-1), note(0)));
    put(mix(note(0), note(1)));
    put(mix(found(-1), found(0)));
    put(mix(found(0), found(1)));
    put(mix(found(0), note(0)));
    put(mix(stem(-1), note(0)));
    put(mix(stem(1), note(0)));
    put(u64::from(here.doc));
    put(mix(u64::from(here.doc), note(0)));
    put(mix(found(0), u64::from(here.doc)));
    for bit in 0..6 {
        put(u64::from(here.doc >> bit & 1));
    }
    for d in [-1, 0, 1] {
        for f in 0..Note::FIELDS {
            put(near(d).map_or(EDGE, |s| s.note.map_or(4, |n| u64::from(n.field(f)))));
        }
    }
    // Suffixes of the neighbours: nisbas, plurals.
    put(near(-1).map_or(EDGE, |s| s.suffixes[1]));
    put(near(1).map_or(EDGE, |s| s.suffixes[1]));
    put(near(-1).map_or(EDGE, |s| s.prefixes[1]));
    put(near(1).map_or(EDGE, |s| s.prefixes[1]));
    let mut classes = |d: isize, with: u64| {
        put_classes(near(d), d, with, mask, out);
    };
    for d in [-2, -1, 0, 1, 2] {
        classes(d, 0);
    }
    let whole = |d: isize| near(d).map_or(EDGE, |s| s.classes[..s.n].iter().fold(1, |h, c| mix(h, *c)));
    classes(-1, whole(0));
    classes(1, whole(0));
    let mut put = |template: u64, value: u64| out.push((mix(template, value) >> 20 & mask) as u32);
    put(1001, whole(0));
    put(1002, mix(whole(-1), note(0)));
    put(1003, mix(whole(1), note(0)));
    put(1004, mix(whole(0), note(0)));
    put(1005, mix(mix(whole(-1), whole(0)), whole(1)));
}

/// The classes of a word at a distance, each with something else that is seen.
fn put_classes(seen: Option<&Seen>, d: isize, with: u64, mask: u64, out: &mut Vec<u32>) {
    let template = mix(500 + (d + 10) as u64, with);
    match seen {
        Some(s) => out.extend(s.classes[..s.n].iter().map(|c| (mix(template, *c) >> 20 & mask) as u32)),
        None => out.push((mix(template, 0) >> 20 & mask) as u32),
    }
}
