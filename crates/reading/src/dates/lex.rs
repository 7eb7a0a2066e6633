//! A text cut into words, numbers and marks, each with its bytes, and the calendar senses of each word.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::words::{DateWords, Sense};

const ALEF: char = '\u{627}';
pub(super) const WAW: char = '\u{648}';
pub(super) const FEH: char = '\u{641}';
const BEH: char = '\u{628}';
const LAM: char = '\u{644}';
const KAF: char = '\u{643}';

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    /// Digits of one run; `u32::MAX` where the value does not fit.
    Number {
        value: u32,
        digits: u8,
    },
    Mark(char),
    /// The end of a line.
    Break,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    /// Whether white space stands before it.
    pub(super) gap: bool,
    /// Its folded letters, in [`Lexed::folds`].
    fold: (u32, u32),
    /// Its senses, in [`Lexed::terms`].
    terms: (u32, u32),
}

/// One sense of a token, or of a phrase that begins with it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term {
    pub(super) sense: Sense,
    /// Where the word begins without its clitics, in bytes.
    pub(super) start: usize,
    /// The token after the phrase.
    pub(super) next: usize,
    /// Whether the article stands before it.
    pub(super) definite: bool,
    /// Whether «and» is glued to it.
    pub(super) and: bool,
    /// Whether «to, for» is glued to it.
    pub(super) lam: bool,
    /// Whether another preposition is glued to it.
    pub(super) preposition: bool,
}

#[derive(Debug)]
pub(super) struct Lexed {
    pub(super) tokens: Vec<Token>,
    terms: Vec<Term>,
    folds: String,
}

impl Lexed {
    pub(super) fn terms(&self, token: usize) -> &[Term] {
        let Some(t) = self.tokens.get(token) else {
            return &[];
        };
        &self.terms[t.terms.0 as usize..t.terms.1 as usize]
    }

    pub(super) fn folded(&self, token: usize) -> &str {
        let Some(t) = self.tokens.get(token) else {
            return "";
        };
        &self.folds[t.fold.0 as usize..t.fold.1 as usize]
    }

    pub(super) fn new(text: &str, words: &DateWords) -> Lexed {
        let mut lexed =
            Lexed { tokens: Vec::with_capacity(text.len() / 8), terms: Vec::new(), folds: String::with_capacity(text.len()) };
        lexed.cut(text);
        lexed.look_up(text, words);
        lexed
    }

    fn cut(&mut self, text: &str) {
        let mut gap = true;
        let mut chars = text.char_indices().peekable();
        while let Some(&(start, c)) = chars.peek() {
            let fold_start = self.folds.len() as u32;
            let kind = if c == TATWEEL && gap {
                // By itself the press uses it as a dash.
                while chars.next_if(|&(_, c)| c == TATWEEL).is_some() {}
                Kind::Mark('-')
            } else if is_invisible(c) {
                chars.next();
                continue;
            } else if c == '\n' || c == '\u{2029}' {
                chars.next();
                Kind::Break
            } else if c.is_whitespace() {
                chars.next();
                gap = true;
                continue;
            } else if digit(c).is_some() {
                let (mut value, mut digits) = (0u32, 0u8);
                while let Some(d) = chars.peek().and_then(|&(_, c)| digit(c)) {
                    value = value.saturating_mul(10).saturating_add(d);
                    digits = digits.saturating_add(1);
                    chars.next();
                }
                Kind::Number { value, digits }
            } else if c.is_alphabetic() {
                while let Some(&(_, c)) = chars.peek() {
                    if !(c.is_alphabetic() || is_combining_mark(c) || is_invisible(c)) {
                        break;
                    }
                    fold_char(c, &mut self.folds);
                    chars.next();
                }
                Kind::Word
            } else {
                chars.next();
                Kind::Mark(c)
            };
            let end = chars.peek().map_or(text.len(), |&(at, _)| at);
            // Bidirectional controls after a word belong to what stands around it.
            let end = start + text[start..end].trim_end_matches(|c| is_invisible(c) && c != TATWEEL).len();
            self.tokens.push(Token { start, end, kind, gap, fold: (fold_start, self.folds.len() as u32), terms: (0, 0) });
            gap = kind == Kind::Break;
        }
    }

    fn look_up(&mut self, text: &str, words: &DateWords) {
        let mut scratch = String::new();
        for at in 0..self.tokens.len() {
            let from = self.terms.len() as u32;
            if self.tokens[at].kind == Kind::Word {
                self.senses(at, text, words, &mut scratch);
            }
            self.tokens[at].terms = (from, self.terms.len() as u32);
        }
    }

    /// Files the senses of a word: as it stands, else without one clitic, else without two.
    fn senses(&mut self, at: usize, text: &str, words: &DateWords, scratch: &mut String) {
        if self.file(at, words, None, text, 0, Clitics::default()) {
            return;
        }
        let mut clitics = Clitics::default();
        for stripped in 1..=2 {
            let folded = self.folded(at);
            let mut letters = folded.chars();
            let Some(c) = letters.nth(stripped - 1) else {
                return;
            };
            let rest = letters.as_str();
            match c {
                WAW | FEH if stripped == 1 => clitics.and = true,
                BEH | KAF => clitics.preposition = true,
                LAM => clitics.lam = true,
                _ => return,
            }
            if rest.chars().nth(1).is_none() {
                return;
            }
            // The article loses its alef after «to»: ل + ال + شهر is للشهر.
            if c == LAM && rest.starts_with(LAM) {
                scratch.clear();
                scratch.push(ALEF);
                scratch.push_str(rest);
            } else {
                scratch.clear();
                scratch.push_str(rest);
            }
            if self.file(at, words, Some(scratch), text, stripped, clitics) {
                return;
            }
        }
    }

    fn file(&mut self, at: usize, words: &DateWords, form: Option<&str>, text: &str, stripped: usize, clitics: Clitics) -> bool {
        let phrases = words.phrases(form.unwrap_or_else(|| self.folded(at)));
        let token = self.tokens[at];
        let mut found = false;
        for phrase in phrases {
            let mut next = at + 1;
            let whole = phrase.rest.iter().all(|word| {
                let same = self.tokens.get(next).is_some_and(|t| t.kind == Kind::Word) && self.folded(next) == &**word;
                next += 1;
                same
            });
            if whole {
                let start = token.start + letters_len(&text[token.start..token.end], stripped);
                let Clitics { and, lam, preposition } = clitics;
                self.terms.push(Term { sense: phrase.sense, start, next, definite: phrase.definite, and, lam, preposition });
                found = true;
            }
        }
        found
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Clitics {
    and: bool,
    lam: bool,
    preposition: bool,
}

const TATWEEL: char = '\u{640}';

/// Bytes of the first `letters` letters of a word, with the marks on them.
fn letters_len(word: &str, letters: usize) -> usize {
    let mut seen = 0;
    for (at, c) in word.char_indices() {
        if is_combining_mark(c) || is_invisible(c) {
            continue;
        }
        if seen == letters {
            return at;
        }
        seen += 1;
    }
    if letters == 0 { 0 } else { word.len() }
}

/// Characters that carry no letter: tatweel, joiners, bidirectional controls, the byte-order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, TATWEEL | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{AD}')
}

/// A digit of the Latin, Arabic or Persian script.
fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '\u{660}'..='\u{669}' => Some(c as u32 - 0x660),
        '\u{6F0}'..='\u{6F9}' => Some(c as u32 - 0x6F0),
        _ => None,
    }
}

/// Puts the folded form of a letter behind `into`: what the press leaves open in Arabic spelling is made one.
fn fold_char(c: char, into: &mut String) {
    match c {
        '\u{623}' | '\u{625}' | '\u{622}' | '\u{671}' => into.push(ALEF),
        '\u{649}' | '\u{626}' | '\u{6CC}' | '\u{6D2}' => into.push('\u{64A}'),
        '\u{629}' | '\u{6C1}' | '\u{6C0}' | '\u{6D5}' | '\u{6BE}' => into.push('\u{647}'),
        '\u{624}' => into.push(WAW),
        '\u{6A9}' | '\u{6AA}' => into.push(KAF),
        '\u{621}' => {}
        '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => {
            for plain in std::iter::once(c).nfkc() {
                // A presentation form never folds to another one, so this ends.
                if !matches!(plain, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}') && plain.is_alphabetic() {
                    fold_char(plain, into);
                }
            }
        }
        c if is_combining_mark(c) || is_invisible(c) => {}
        c if c.is_ascii_uppercase() => into.push(c.to_ascii_lowercase()),
        c => into.push(c),
    }
}

/// The folded form of a listed word or phrase; words parted by one space.
pub(super) fn fold(phrase: &str) -> String {
    let mut folded = String::with_capacity(phrase.len());
    for word in phrase.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        word.chars().for_each(|c| fold_char(c, &mut folded));
    }
    folded
}
