//! Do two names name the same person? Any script against any: Arabic, Latin, Cyrillic.
//!
//! A name is cut into words ([`key`]), a word into letters, and letters are compared by the sounds that they may stand for
//! (`transcription.tsv`, `transcription-likeness.tsv`). The words of two names are then laid side by side: what may be left
//! out, joined or split follows the build of names (`name-particles.tsv`); Arabic names that are a letter apart are told
//! apart by a list (`name-native.tsv`).

mod align;
mod block;
mod parse;
mod table;
mod verdict;
mod words;

pub use block::{block_keys, surname_keys};
pub use parse::NameKey;
pub use verdict::{Comparison, Verdict, Why};

/// Whether `a` and `b` name the same person, how sure that is, and why.
pub fn compare(a: &str, b: &str) -> Comparison {
    verdict::explain(a, b)
}

/// What [`compare_keys`] needs to know of a name, worked out once.
pub fn key(name: &str) -> NameKey {
    parse::parse(name).key
}

/// [`compare`] without the words, for use inside blocks of millions: it allocates nothing.
pub fn compare_keys(a: &NameKey, b: &NameKey) -> Verdict {
    verdict::judge(a, b)
}

/// What is wrong with the table of letters and sounds; empty if all of it was understood.
pub fn faults() -> &'static [String] {
    &table::table().faults
}

#[cfg(test)]
mod tests;
