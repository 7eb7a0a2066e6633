//! Weights, their file, and the search for the best row of tags.

use crate::lore::Lore;
use crate::tag::{TAGS, Tag};

/// A file of weights that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a file of weights: {0}")]
pub struct Damaged(&'static str);

/// Weights of features and of tags in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// What it was made of, for people.
    pub made_of: String,
    /// Weights of each feature for each tag.
    weights: Vec<[i8; TAGS]>,
    /// Weights of a tag after another; the last row is the beginning.
    after: [[i16; TAGS]; TAGS + 1],
}

/// The first bytes of the file.
const MAGIC: &[u8] = b"musnad names 1\n";

impl Model {
    /// From weights; `weights` has a power of two of rows.
    pub(crate) fn new(made_of: String, weights: Vec<[i8; TAGS]>, after: [[i16; TAGS]; TAGS + 1]) -> Model {
        Model { made_of, weights, after }
    }

    /// How many features it tells apart at most.
    pub fn rows(&self) -> usize {
        self.weights.len()
    }

    /// The best tags for a row of words with these features.
    pub fn tag(&self, features: &[Vec<u32>]) -> Vec<Tag> {
        self.best(&features.iter().map(|f| self.score(f)).collect::<Vec<_>>())
    }

    /// The best tags for a row of words with these scores.
    pub(crate) fn best(&self, scores: &[[i32; TAGS]]) -> Vec<Tag> {
        best(scores, |before, tag| i32::from(self.after[before][tag]))
    }

    /// The weight of each tag for a word with these features, whatever stands beside it.
    pub fn score(&self, features: &[u32]) -> [i32; TAGS] {
        let mut sum = [0; TAGS];
        for f in features {
            let row = &self.weights[*f as usize & (self.weights.len() - 1)];
            for (s, w) in sum.iter_mut().zip(row) {
                *s += i32::from(*w);
            }
        }
        sum
    }

    /// The file: a line that says what it is, one that says what it was made of, the numbers of rows and of words, the weights, what
    /// follows what, and the lore, all little-endian.
    pub fn to_bytes(&self, lore: &Lore) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(self.made_of.replace('\n', " ").as_bytes());
        out.push(b'\n');
        out.extend((self.weights.len() as u32).to_le_bytes());
        out.extend((lore.len() as u32).to_le_bytes());
        out.extend(self.weights.iter().flatten().map(|w| w.to_le_bytes()[0]));
        out.extend(self.after.iter().flatten().flat_map(|w| w.to_le_bytes()));
        out.extend(lore.notes().flat_map(|(hash, _)| hash.to_le_bytes()));
        out.extend(lore.notes().flat_map(|(_, note)| note.to_le_bytes()));
        out
    }

    /// From the bytes of a file.
    ///
    /// # Errors
    /// If they are not what [`Model::to_bytes`] writes.
    pub fn from_bytes(bytes: &[u8]) -> Result<(Model, Lore), Damaged> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(Damaged("it begins otherwise"))?;
        let line = rest.iter().position(|b| *b == b'\n').ok_or(Damaged("it does not say what it was made of"))?;
        let made_of = String::from_utf8_lossy(&rest[..line]).into_owned();
        let mut rest = &rest[line + 1..];
        let mut take = |n: usize| {
            let (taken, left) = rest.split_at_checked(n).ok_or(Damaged("it is cut short"))?;
            rest = left;
            Ok(taken)
        };
        let number = |b: &[u8]| b.iter().rev().fold(0_usize, |n, b| n << 8 | usize::from(*b));
        let (rows, words) = (number(take(4)?), number(take(4)?));
        if !rows.is_power_of_two() {
            return Err(Damaged("its number of rows is no power of two"));
        }
        let mut weights = vec![[0; TAGS]; 0];
        for row in take(rows.saturating_mul(TAGS))?.chunks_exact(TAGS) {
            weights.push(std::array::from_fn(|i| i8::from_le_bytes([row[i]])));
        }
        let mut after = [[0; TAGS]; TAGS + 1];
        let taken = take((TAGS + 1) * TAGS * 2)?;
        for (w, b) in after.iter_mut().flatten().zip(taken.chunks_exact(2)) {
            *w = i16::from_le_bytes([b[0], b[1]]);
        }
        let hashes = take(words.saturating_mul(4))?.chunks_exact(4).map(|b| number(b) as u32);
        let hashes: Vec<u32> = hashes.collect();
        let notes = take(words.saturating_mul(2))?.chunks_exact(2).map(|b| number(b) as u16);
        let lore = Lore::from_notes(hashes.into_iter().zip(notes).collect());
        Ok((Model { made_of, weights, after }, lore))
    }
}

/// The best row of tags by the sum of the scores of its words and of what follows what (Viterbi). `after` takes the number of the
/// tag before ([`TAGS`] at the beginning) and of the tag.
pub(crate) fn best<S>(scores: &[[S; TAGS]], after: impl Fn(usize, usize) -> S) -> Vec<Tag>
where
    S: Copy + PartialOrd + std::ops::Add<Output = S>,
{
    let Some(first) = scores.first() else { return Vec::new() };
    let may = |tag: usize, before: Option<usize>| Tag::ALL[tag].follows(before.map(|b| Tag::ALL[b]));
    let mut sums: [Option<S>; TAGS] = std::array::from_fn(|t| may(t, None).then(|| first[t] + after(TAGS, t)));
    let mut from: Vec<[usize; TAGS]> = vec![[0; TAGS]];
    for score in &scores[1..] {
        let mut next = [None; TAGS];
        let mut back = [0; TAGS];
        for t in 0..TAGS {
            for (b, sum) in sums.iter().enumerate() {
                let Some(sum) = sum.filter(|_| may(t, Some(b))) else { continue };
                let sum = sum + after(b, t);
                if next[t].is_none_or(|n| sum > n) {
                    next[t] = Some(sum);
                    back[t] = b;
                }
            }
            next[t] = next[t].map(|n| n + score[t]);
        }
        sums = next;
        from.push(back);
    }
    let mut last = 0;
    for t in 1..TAGS {
        if sums[t].is_some_and(|s| sums[last].is_none_or(|l| s > l)) {
            last = t;
        }
    }
    let mut out = Vec::with_capacity(scores.len());
    for back in from.iter().rev() {
        out.push(Tag::ALL[last]);
        last = back[last];
    }
    out.reverse();
    out
}
