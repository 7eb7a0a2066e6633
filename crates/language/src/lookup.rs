//! Look-up of words and phrases, clitics parted.

use crate::model::{Lexicon, Rule, Sense};
use musnad_pattern::{Class, Classes};
use musnad_text::{Clitics, Token, splits};

/// A phrase of the lexicon found at a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit<'l> {
    /// How many tokens it takes.
    pub len: usize,
    /// What was parted from its first token.
    pub clitics: Clitics,
    /// What it may be.
    pub senses: &'l [Sense],
}

/// All that is known of one language.
pub struct Language {
    phrases: fst::Map<&'static [u8]>,
    lexicon: Lexicon,
    classes: Classes,
}

impl Language {
    /// The Arabic that is compiled into the program. Decoding takes milliseconds: do it once and hand it on.
    pub fn arabic() -> Language {
        let phrases = fst::Map::new(&include_bytes!(concat!(env!("OUT_DIR"), "/arabic.fst"))[..]);
        let lexicon: Result<Lexicon, _> = postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/arabic.lexicon")));
        let (Ok(phrases), Ok(lexicon)) = (phrases, lexicon) else {
            unreachable!("the build script wrote both in this build")
        };
        let mut classes = Classes::new();
        for name in &lexicon.classes {
            classes.intern(name);
        }
        Language { phrases, lexicon, classes }
    }

    /// Version of the data: a hash of its files.
    pub fn version(&self) -> &str {
        &self.lexicon.version
    }

    /// The tables.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The classes that patterns speak of.
    pub fn classes(&self) -> &Classes {
        &self.classes
    }

    /// A class by its name.
    ///
    /// # Panics
    /// If `rules/classes.tsv` has no such class: a mistake in the grammar's code, which every test would meet.
    pub fn class(&self, name: &str) -> Class {
        self.classes.get(name).unwrap_or_else(|| panic!("no class {name} in rules/classes.tsv"))
    }

    /// The rules of one grammar, in order of preference.
    pub fn rules(&self, grammar: &str) -> impl Iterator<Item = &Rule> {
        self.lexicon.rules.iter().filter(move |r| r.grammar == grammar)
    }

    /// Every phrase of the lexicon that begins at token `at`, shorter ones first for each way of parting clitics.
    pub fn hits(&self, tokens: &[Token], at: usize) -> Vec<Hit<'_>> {
        let mut out = Vec::new();
        let Some(first) = tokens.get(at) else { return out };
        for clitics in splits(&first.folded) {
            self.walk(tokens, at, clitics, &mut out);
        }
        out
    }

    fn walk<'l>(&'l self, tokens: &[Token], at: usize, clitics: Clitics, out: &mut Vec<Hit<'l>>) {
        let fst = self.phrases.as_fst();
        let mut node = fst.root();
        let mut value = fst::raw::Output::zero();
        for (i, token) in tokens[at..].iter().enumerate() {
            let word = if i == 0 { &token.folded[clitics.bytes..] } else { &token.folded };
            let glue: &[u8] = if i == 0 { b"" } else { b" " };
            for &b in glue.iter().chain(word.as_bytes()) {
                let Some(t) = node.find_input(b) else { return };
                let t = node.transition(t);
                value = value.cat(t.out);
                node = fst.node(t.addr);
            }
            if node.is_final() {
                let n = value.cat(node.final_output()).value() as usize;
                out.push(Hit { len: i + 1, clitics, senses: &self.lexicon.senses[n] });
            }
        }
    }

    /// The senses of a word or phrase as it stands, without parting clitics.
    pub fn senses(&self, phrase: &str) -> &[Sense] {
        let tokens = musnad_text::tokens(phrase);
        let key = tokens.iter().map(|t| &*t.folded).collect::<Vec<_>>().join(" ");
        self.phrases.get(key).map_or(&[], |n| &self.lexicon.senses[n as usize])
    }
}
