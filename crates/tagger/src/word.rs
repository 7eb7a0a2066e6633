//! A word as the tagger sees it.

use musnad_pattern::ClassSet;
use musnad_text::{Kind, Span};

/// One word, number or sign of a text.
#[derive(Debug, Clone, Copy)]
pub struct Word<'t> {
    /// Where it stands.
    pub span: Span,
    /// Folded for look-up, clitics included.
    pub folded: &'t str,
    /// What it is made of.
    pub kind: Kind,
    /// What the lexicon calls it, or the phrase that it belongs to.
    pub classes: ClassSet,
    /// Whether it goes on with a phrase of the lexicon.
    pub inside: bool,
    /// What the grammar has found it to be.
    pub found: Found,
    /// Whether it stands between marks of quotation that hold three words at most.
    pub quoted: bool,
    /// Whether to see no more of it than of a word that was never met: how it is built and what stands around it.
    pub hidden: bool,
}

/// What the grammar has found a word to be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Found {
    /// Hash of the rule that found it; 0 for a word of which the grammar says nothing.
    pub rule: u64,
    /// Whether the word goes on with what was found.
    pub inside: bool,
    /// What the grammar takes it for.
    pub name: Option<crate::Name>,
}

impl Found {
    /// Found by a rule.
    pub fn by(rule: &str, name: Option<crate::Name>, inside: bool) -> Found {
        Found { rule: hash(rule), inside, name }
    }
}

/// A hash of words and names: FNV-1a with its bits mixed, the same on every machine.
pub fn hash(word: &str) -> u64 {
    let fnv = word.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    mix(fnv, 0)
}

/// A hash of two numbers in order.
pub(crate) fn mix(a: u64, b: u64) -> u64 {
    let mut h = (a ^ b.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_add(0x2545_f491_4f6c_dd1d);
    h = (h ^ (h >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    h ^ (h >> 29)
}
