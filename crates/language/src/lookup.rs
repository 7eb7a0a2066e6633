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
    /// Whether a pronoun was parted from its end.
    pub pronoun: bool,
}

/// All that is known of one language.
pub struct Language {
    phrases: fst::Map<&'static [u8]>,
    lexicon: Lexicon,
    classes: Classes,
    /// Pronouns that may be glued to the end of a word, folded, longer ones first.
    enclitics: Vec<String>,
}

impl Language {
    /// The Arabic that is compiled into the program. Decoding takes milliseconds: do it once and hand it on.
    pub fn arabic() -> Language {
        let phrases = fst::Map::new(&include_bytes!(concat!(env!("OUT_DIR"), "/arabic.fst"))[..]);
        let lexicon: Result<Lexicon, _> = postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/arabic.lexicon")));
        let (Ok(phrases), Ok(lexicon)) = (phrases, lexicon) else { unreachable!("the build script wrote both in this build") };
        let mut classes = Classes::new();
        for name in &lexicon.classes {
            classes.intern(name);
        }
        let mut language = Language { phrases, lexicon, classes, enclitics: Vec::new() };
        let class = language.class("ENCLITIC");
        let mut enclitics: Vec<String> = Vec::new();
        let mut keys = language.phrases.stream();
        while let Some((key, n)) = fst::Streamer::next(&mut keys) {
            if language.lexicon.senses[n as usize].iter().any(|s| s.class == class.0) {
                enclitics.push(String::from_utf8_lossy(key).into_owned());
            }
        }
        enclitics.sort_by_key(|e| std::cmp::Reverse(e.len()));
        language.enclitics = enclitics;
        language
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
            self.walk(tokens, at, clitics, "", &mut out);
            // The article of a name (`li-l-riyad`) loses its alif after li; the name is listed with it.
            if clitics.article && clitics.preposition == Some('\u{644}') {
                self.walk(tokens, at, Clitics { article: false, ..clitics }, "\u{627}\u{644}", &mut out);
            }
        }
        if out.is_empty() {
            for clitics in splits(&first.folded).filter(|c| !c.article) {
                out.extend(self.with_pronoun(&first.folded[clitics.bytes..]).map(|senses| Hit {
                    len: 1,
                    clitics,
                    senses,
                    pronoun: true,
                }));
            }
        }
        out
    }

    /// A word that the lexicon knows but for a pronoun at its end. Before a pronoun ta marbuta opens to ta and a final hamza
    /// takes the seat of its case.
    fn with_pronoun(&self, word: &str) -> Option<&[Sense]> {
        self.enclitics.iter().filter_map(|e| word.strip_suffix(e.as_str())).filter(|s| s.chars().count() >= 3).find_map(|stem| {
            let opened = stem.strip_suffix('\u{62a}').map(|s| format!("{s}\u{647}"));
            let seated = stem.strip_suffix(['\u{64a}', '\u{648}']).map(|s| format!("{s}\u{621}"));
            let mut shapes = [opened, Some(stem.to_string()), seated].into_iter().flatten();
            shapes.find_map(|s| self.phrases.get(s)).map(|n| self.lexicon.senses[n as usize].as_slice())
        })
    }

    fn walk<'l>(&'l self, tokens: &[Token], at: usize, clitics: Clitics, before: &str, out: &mut Vec<Hit<'l>>) {
        let fst = self.phrases.as_fst();
        let mut node = fst.root();
        let mut value = fst::raw::Output::zero();
        for (i, token) in tokens[at..].iter().enumerate() {
            let word = if i == 0 { &token.folded[clitics.bytes..] } else { &token.folded };
            let glue = if i == 0 { before } else { " " };
            for &b in glue.as_bytes().iter().chain(word.as_bytes()) {
                let Some(t) = node.find_input(b) else { return };
                let t = node.transition(t);
                value = value.cat(t.out);
                node = fst.node(t.addr);
            }
            if node.is_final() {
                let n = value.cat(node.final_output()).value() as usize;
                out.push(Hit { len: i + 1, clitics, senses: &self.lexicon.senses[n], pronoun: false });
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
