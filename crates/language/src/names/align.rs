//! Lays two names side by side: letters within words, words within names.

use std::cmp::Reverse;

use super::parse::{Contrast, MOST_LETTERS, MOST_WORDS, NameKey, Unit, Word};
use super::table::{FULL, Script, Table};

/// More than any sum of costs.
const NEVER: u16 = u16::MAX / 4;

/// How far apart two spellings may be.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    /// What two words may differ by, however short.
    word: u16,
    /// What they may differ by for each hundred of weight.
    word_share: u16,
    /// What whole names may differ by for each thousand of weight.
    pub name: u32,
}

impl Limits {
    /// Within Arabic letters tell more than across scripts, where vowels come and go.
    pub(super) fn of(a: Script, b: Script) -> Limits {
        match (a, b) {
            (Script::Arabic, Script::Arabic) => Limits { word: 50, word_share: 17, name: 140 },
            (Script::Arabic, _) | (_, Script::Arabic) => Limits { word: 70, word_share: 24, name: 205 },
            _ => Limits { word: 60, word_share: 20, name: 160 },
        }
    }
}

/// Two names side by side.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Alignment {
    pub cost: u16,
    pub weight: u16,
    /// Significant words that found a partner.
    pub matched: u8,
    /// Significant words that were left out.
    pub skipped: u8,
}

impl Alignment {
    /// Smaller is better; ties are settled so that the order of the names does not matter.
    pub(super) fn rank(&self) -> (u16, u8, Reverse<u16>, Reverse<u8>) {
        (self.cost + self.skipped as u16 * SKIPPED, self.skipped, Reverse(self.weight), Reverse(self.matched))
    }
}

/// Which name may leave words out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    A,
    B,
}

/// What it costs that one of two words is a kunya or a servant's name and the other is not.
const OTHER_BUILD: u16 = 60;

/// Cost of a form that may be this name or another.
const AMBIGUOUS: u16 = 15;

/// What the letters of two words may differ by where only the space between them is in another place.
const MISPLACED_SPACE: u16 = 15;

/// Cost of a word that was left out, for the order of preference only.
const SKIPPED: u16 = 30;

/// Two names and what there is to know about their words, filled as it is asked for.
pub(super) struct Pair<'k> {
    table: &'static Table,
    a: &'k NameKey,
    b: &'k NameKey,
    limits: Limits,
    contrast: Contrast,
    known: [[[u16; 6]; MOST_WORDS]; MOST_WORDS],
}

/// Words that stand against words: how many of the first name and of the second.
const JOINS: [(usize, usize); 6] = [(1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2)];

impl<'k> Pair<'k> {
    pub(super) fn new(table: &'static Table, a: &'k NameKey, b: &'k NameKey) -> Self {
        let limits = Limits::of(a.script, b.script);
        let contrast = match (a.script, b.script) {
            (Script::Arabic, Script::Arabic) => Contrast::WithinArabic,
            (Script::Arabic, _) | (_, Script::Arabic) => Contrast::AcrossArabic,
            _ => Contrast::Voweled,
        };
        Pair { table, a, b, limits, contrast, known: [[[u16::MAX; 6]; MOST_WORDS]; MOST_WORDS] }
    }

    /// The best way to lay the names side by side, if there is one.
    pub(super) fn align(&mut self, side: Side) -> Option<Alignment> {
        let (n, m) = (self.a.words.len(), self.b.words.len());
        let mut best = [[None::<Alignment>; MOST_WORDS + 1]; MOST_WORDS + 1];
        best[0][0] = Some(Alignment::default());
        for i in 0..=n {
            for j in 0..=m {
                let Some(here) = best[i][j] else { continue };
                for (n_join, (of_a, of_b)) in JOINS.into_iter().enumerate() {
                    if i + of_a > n || j + of_b > m {
                        continue;
                    }
                    let cost = self.words(i, j, n_join);
                    if cost >= NEVER {
                        continue;
                    }
                    let weight = (weight(self.a, self.contrast, i, of_a) + weight(self.b, self.contrast, j, of_b)) / 2;
                    let significant = significant(self.a, i, of_a).min(significant(self.b, j, of_b));
                    let next = Alignment {
                        cost: here.cost + cost,
                        weight: here.weight + weight,
                        matched: here.matched + significant,
                        ..here
                    };
                    better(&mut best[i + of_a][j + of_b], next);
                }
                if let Some(next) = self.skip(self.a, self.b, i, here, side == Side::A) {
                    better(&mut best[i + 1][j], next);
                }
                if let Some(next) = self.skip(self.b, self.a, j, here, side == Side::B) {
                    better(&mut best[i][j + 1], next);
                }
            }
        }
        best[n][m].filter(|found| found.matched > 0)
    }

    /// The same with the last word of the second name in front: family name first, as in Hungary or Japan.
    pub(super) fn align_turned(&mut self) -> Option<Alignment> {
        let (n, m) = (self.a.words.len(), self.b.words.len());
        if n != m || !(2..=3).contains(&n) {
            return None;
        }
        let native = |key: &NameKey| key.words.iter().any(|w| w.native[0] != 0 || w.son || w.servant || w.father);
        if native(self.a) || native(self.b) {
            return None;
        }
        let turned = |by: usize, pair: &mut Self| {
            let mut sum = Alignment::default();
            for i in 0..n {
                let j = (i + by) % n;
                let cost = pair.words(i, j, 0);
                if cost >= NEVER {
                    return None;
                }
                sum.cost += cost;
                sum.weight += (weight(pair.a, pair.contrast, i, 1) + weight(pair.b, pair.contrast, j, 1)) / 2;
                sum.matched += 1;
            }
            Some(sum)
        };
        [turned(1, self), turned(n - 1, self)].into_iter().flatten().min_by_key(Alignment::rank)
    }

    fn skip(&self, key: &NameKey, other: &NameKey, at: usize, here: Alignment, may: bool) -> Option<Alignment> {
        let word = key.words.get(at)?;
        if word.particle || word.initial {
            return Some(Alignment { cost: here.cost + 5, ..here });
        }
        if !may {
            return None;
        }
        let single = other.significant <= 1;
        let allowed = if single {
            // A family name alone stands for the name that ends in it.
            here.matched == 0
        } else {
            let son_next = key.words.get(at + 1).is_some_and(|w| w.son);
            here.matched > 0 || (word.may_precede && !son_next)
        };
        allowed.then_some(Alignment { skipped: here.skipped + 1, ..here })
    }

    /// Whether one word alone may stand for the other.
    pub(super) fn matches(&mut self, i: usize, j: usize) -> bool {
        self.words(i, j, 0) < NEVER
    }

    /// Cost of some words against some words; [`NEVER`] if they are different.
    pub(super) fn words(&mut self, i: usize, j: usize, n_join: usize) -> u16 {
        let known = self.known[i][j][n_join];
        if known != u16::MAX {
            return known;
        }
        let cost = match JOINS[n_join] {
            (1, 1) => self.word(i, j),
            (of_a, of_b) => self.joined(i, of_a, j, of_b),
        };
        self.known[i][j][n_join] = cost;
        cost
    }

    fn word(&self, i: usize, j: usize) -> u16 {
        let (a, b) = (&self.a.words[i], &self.b.words[j]);
        if a.initial || b.initial {
            let (x, y) = (self.a.letters[a.start as usize], self.b.letters[b.start as usize]);
            return if self.table.cost(x.letter, y.letter) <= 20 { 10 } else { NEVER };
        }
        let build = if a.servant != b.servant || a.father != b.father { OTHER_BUILD } else { 0 };
        if build == 0
            && let Some(cost) = arabic_names(a, b)
        {
            return cost;
        }
        let limit = self.limit(weight(self.a, self.contrast, i, 1), weight(self.b, self.contrast, j, 1));
        let (full_a, full_b) = (letters(self.a, a), letters(self.b, b));
        let (stem_a, stem_b) = (&full_a[a.article as usize..], &full_b[b.article as usize..]);
        let mut cost = self.letters(stem_a, stem_b, limit);
        // Where one word has the article and the other begins with its letters (or its l alone: Lakhdar), it is part of the word.
        let lateral = |units: &[Unit], at: usize| units.get(at).is_some_and(|u| self.table.is_lateral(u.letter));
        for from in [0, 1] {
            let (x, y) = match (a.article, b.article) {
                (2, 0) if lateral(full_b, 1 - from) => (&full_a[from..], full_b),
                (0, 2) if lateral(full_a, 1 - from) => (full_a, &full_b[from..]),
                _ => continue,
            };
            cost = cost.min(self.letters(x, y, limit));
        }
        let cost = cost + build;
        if cost > limit { NEVER } else { cost }
    }

    fn joined(&self, i: usize, of_a: usize, j: usize, of_b: usize) -> u16 {
        let (a, b) = (&self.a.words[i..i + of_a], &self.b.words[j..j + of_b]);
        let whole = |words: &[Word], key: &'k NameKey| -> Option<&'k [Unit]> {
            let (first, rest) = words.split_first()?;
            let last = rest.last().unwrap_or(first);
            let plain = !rest.iter().any(|w| w.servant || w.father || w.initial) && !first.initial;
            plain.then(|| &key.letters[first.start as usize + first.article as usize..last.end as usize])
        };
        let (Some(x), Some(y)) = (whole(a, self.a), whole(b, self.b)) else {
            return NEVER;
        };
        if x.len().abs_diff(y.len()) > 4 || a[0].servant != b[0].servant || a[0].father != b[0].father {
            return NEVER;
        }
        let limit = match (of_a, of_b) {
            // Two against two is for a space in the wrong place, not for two words that differ.
            (2, 2) => MISPLACED_SPACE,
            _ => self.limit(weight(self.a, self.contrast, i, of_a), weight(self.b, self.contrast, j, of_b)),
        };
        let cost = self.letters(x, y, limit) + 5;
        if cost > limit { NEVER } else { cost }
    }

    fn limit(&self, weight_a: u16, weight_b: u16) -> u16 {
        let share = (weight_a as u32 + weight_b as u32) * self.limits.word_share as u32 / 200;
        self.limits.word.max(share as u16)
    }

    /// Cost of one spelling standing for the other; [`NEVER`] as soon as it is above `limit`.
    fn letters(&self, a: &[Unit], b: &[Unit], limit: u16) -> u16 {
        const WIDTH: usize = MOST_LETTERS * 3 + 1;
        let table = self.table;
        let contrast = self.contrast as usize;
        let left_out = |unit: &Unit| unit.weights[contrast] as u16;
        let b = &b[..b.len().min(WIDTH - 1)];
        let mut rows = [[NEVER; WIDTH]; 3];
        rows[0][0] = 0;
        for (j, unit) in b.iter().enumerate() {
            rows[0][j + 1] = rows[0][j] + left_out(unit);
        }
        let mut least_before = 0;
        for (i, x) in a.iter().enumerate() {
            let [before, above, row] = pick(&mut rows, i);
            row[0] = above[0] + left_out(x);
            let mut least = row[0];
            for (j, y) in b.iter().enumerate() {
                let mut cost =
                    (above[j] + table.cost(x.letter, y.letter)).min(above[j + 1] + left_out(x)).min(row[j] + left_out(y));
                if j > 0 {
                    for parts in table.parts(x.letter).iter().flatten() {
                        let two = table.sound_cost(parts.first, b[j - 1].letter) + table.sound_cost(parts.second, y.letter);
                        cost = cost.min(above[j - 1] + parts.cost + two);
                    }
                }
                if i > 0 {
                    for parts in table.parts(y.letter).iter().flatten() {
                        let two = table.sound_cost(parts.first, a[i - 1].letter) + table.sound_cost(parts.second, x.letter);
                        cost = cost.min(before[j] + parts.cost + two);
                    }
                }
                row[j + 1] = cost;
                least = least.min(cost);
            }
            if least > limit && least_before > limit {
                return NEVER;
            }
            least_before = least;
        }
        rows[a.len() % 3][b.len()].min(NEVER)
    }
}

/// The rows before the last, the last and the new one.
fn pick<const W: usize>(rows: &mut [[u16; W]; 3], i: usize) -> [&mut [u16; W]; 3] {
    let [r0, r1, r2] = rows;
    match i % 3 {
        0 => [r2, r0, r1],
        1 => [r0, r1, r2],
        _ => [r1, r2, r0],
    }
}

fn better(place: &mut Option<Alignment>, next: Alignment) {
    if place.as_ref().is_none_or(|old| next.rank() < old.rank()) {
        *place = Some(next);
    }
}

/// Cost of two words that are known to be one Arabic name, or two; `None` if that cannot be told.
fn arabic_names(a: &Word, b: &Word) -> Option<u16> {
    if a.form != 0 && a.form == b.form {
        return Some(0);
    }
    let listed = |word: &Word| word.native[0] != 0;
    let ambiguous = |word: &Word| word.native[1] != 0;
    if listed(a) && listed(b) {
        let meet = a.native.iter().any(|id| *id != 0 && b.native.contains(id));
        return Some(match meet {
            true if ambiguous(a) || ambiguous(b) => AMBIGUOUS,
            true => 0,
            false => NEVER,
        });
    }
    (a.form != 0 && b.form != 0).then_some(NEVER)
}

fn letters<'k>(key: &'k NameKey, word: &Word) -> &'k [Unit] {
    &key.letters[word.start as usize..word.end as usize]
}

/// The weight of some words of `key`.
fn weight(key: &NameKey, contrast: Contrast, at: usize, count: usize) -> u16 {
    let words = &key.words[at..at + count];
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return 0;
    };
    key.letters[first.start as usize + first.article as usize..last.end as usize]
        .iter()
        .map(|unit| (unit.weights[contrast as usize] as u16).min(FULL))
        .sum::<u16>()
        .max(FULL / 4)
}

fn significant(key: &NameKey, at: usize, count: usize) -> u8 {
    key.words[at..at + count].iter().filter(|w| !w.particle && !w.initial).count() as u8
}
