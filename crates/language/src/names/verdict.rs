//! From an alignment to a judgement, and its reason in a sentence.

use super::align::{Alignment, Limits, Pair, Side};
use super::parse::{self, NameKey};
use super::table::table;

/// What the comparison of two names found.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Whether the names may name one person.
    pub same: bool,
    /// How near they are: 0..=1, from 0.5 up if `same`.
    pub score: f32,
    /// One sentence for a person to read.
    pub reason: String,
}

/// [`Comparison`] without words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// Whether the names may name one person.
    pub same: bool,
    /// How near they are: 0..=1, from 0.5 up if `same`.
    pub score: f32,
    /// What decided.
    pub why: Why,
}

/// What decided a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The names are written alike.
    Written,
    /// The names differ in what spelling leaves open (hamza, spaces, marks, case).
    Spelling,
    /// Every word is a spelling of its partner.
    Sound,
    /// One name has words that the other leaves out; all others agree.
    LeftOut,
    /// One name is the family name of the other.
    FamilyName,
    /// The words agree in another order.
    Order,
    /// The words could be spellings of one another, but they differ too much all in all.
    TooFar,
    /// Some word has no partner.
    Word,
    /// One of the names has no letters.
    Empty,
}

/// What a left-out word takes from the score.
const LEFT_OUT: f32 = 0.08;

pub(super) fn judge(a: &NameKey, b: &NameKey) -> Verdict {
    let verdict = |same, score, why| Verdict { same, score, why };
    if a.written == b.written && a.written != 0 {
        return verdict(true, 1.0, Why::Written);
    }
    if a.folded != 0 && a.folded == b.folded {
        return verdict(true, 0.99, Why::Spelling);
    }
    if a.words.is_empty() || b.words.is_empty() {
        return verdict(false, 0.0, Why::Empty);
    }
    let limits = Limits::of(a.script, b.script);
    let mut pair = Pair::new(table(), a, b);
    let fewest = a.significant.min(b.significant).min(2);
    let enough = |found: &Alignment| found.matched >= fewest;
    let mut turned = false;
    let sides = [Side::A, Side::B].map(|side| pair.align(side).filter(enough));
    let found = sides.into_iter().flatten().min_by_key(Alignment::rank).or_else(|| {
        turned = true;
        pair.align_turned()
    });
    let Some(found) = found else {
        return verdict(false, 0.1, Why::Word);
    };
    let share = found.cost as u32 * 1000 / found.weight.max(1) as u32;
    let nearness = share as f32 / limits.name as f32;
    if share > limits.name {
        return verdict(false, 0.5 / nearness.max(1.02), Why::TooFar);
    }
    let score = 0.98 - 0.4 * nearness - LEFT_OUT * found.skipped as f32;
    let (score, why) = match found {
        _ if turned => (score - 0.1, Why::Order),
        Alignment { skipped: 0, .. } => (score, Why::Sound),
        _ if fewest == 1 => (score - 0.2, Why::FamilyName),
        _ => (score, Why::LeftOut),
    };
    verdict(true, score.max(0.5), why)
}

pub(super) fn explain(a: &str, b: &str) -> Comparison {
    let (left, right) = (parse::parse(a), parse::parse(b));
    let Verdict { same, score, why } = judge(&left.key, &right.key);
    let reason = match why {
        Why::Written => "The names are written alike.".to_owned(),
        Why::Spelling => "The names differ only in what spelling leaves open: spaces, case, marks, the seat of hamza.".to_owned(),
        Why::Sound => "Each word of one name is a spelling of its partner in the other.".to_owned(),
        Why::LeftOut => "The words that both have agree; one name has more of them than the other.".to_owned(),
        Why::FamilyName => "One name is the family name of the other; that alone is weak.".to_owned(),
        Why::Order => "The words agree in another order: family name first in one, last in the other.".to_owned(),
        Why::TooFar => "The words could be spellings of one another, but they differ too much all in all.".to_owned(),
        Why::Empty => "One of the names has no letters.".to_owned(),
        Why::Word => unmatched(&left, &right),
    };
    Comparison { same, score, reason }
}

/// Which words have no partner.
fn unmatched(a: &parse::Parsed, b: &parse::Parsed) -> String {
    let mut pair = Pair::new(table(), &a.key, &b.key);
    let alone = |n: usize, m: usize, found: &mut dyn FnMut(usize, usize) -> bool| -> Vec<usize> {
        (0..n).filter(|&i| !(0..m).any(|j| found(i, j))).collect()
    };
    let (n, m) = (a.shown.len(), b.shown.len());
    let of_a = alone(n, m, &mut |i, j| pair.matches(i, j));
    let of_b = alone(m, n, &mut |j, i| pair.matches(i, j));
    let quote = |words: &[usize], shown: &[String]| {
        let quoted: Vec<_> = words.iter().map(|&n| format!("\u{2068}{}\u{2069}", shown[n])).collect();
        quoted.join(" and ")
    };
    match (of_a.is_empty(), of_b.is_empty()) {
        (false, false) => format!("{} and {} are different names.", quote(&of_a, &a.shown), quote(&of_b, &b.shown)),
        (false, true) => format!("{} has no partner in the other name.", quote(&of_a, &a.shown)),
        (true, false) => format!("{} has no partner in the other name.", quote(&of_b, &b.shown)),
        (true, true) => "The same words stand in another order or build.".to_owned(),
    }
}
