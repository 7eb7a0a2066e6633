//! Folds: what Arabic spelling leaves open is levelled for look-up, never in the text.

use crate::Span;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a character becomes when folded.
enum Folded {
    Nothing,
    One(char),
    /// Compatibility forms (presentation forms, ligatures, full-width): decompose, then fold again.
    Compatibility,
}

fn fold_one(c: char) -> Folded {
    use Folded::*;
    match c {
        '\0'..='\u{7f}' => One(c.to_ascii_lowercase()),
        // Tatweel; Arabic letter mark; soft hyphen; zero-width and bidi controls; byte order mark.
        '\u{640}' | '\u{61c}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => Nothing,
        '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => Nothing,
        // Vowel marks, superscript alif, Quranic signs.
        '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' => Nothing,
        '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}' => Nothing,
        // Alif with madda, with hamza above or below, wasla -> alif.
        '\u{622}' | '\u{623}' | '\u{625}' | '\u{671}' => One('\u{627}'),
        // Waw with hamza -> waw; ya with hamza, alif maqsura, Persian ya -> ya.
        '\u{624}' => One('\u{648}'),
        '\u{626}' | '\u{649}' | '\u{6cc}' | '\u{6d2}' => One('\u{64a}'),
        // Ta marbuta and the Persian and Urdu forms of ha -> ha.
        '\u{629}' | '\u{6be}' | '\u{6c0}' | '\u{6c1}' | '\u{6c3}' | '\u{6d5}' => One('\u{647}'),
        // Persian and Kurdish letters -> the Arabic letter that the press writes for them.
        '\u{6a9}' | '\u{6af}' | '\u{6ad}' => One('\u{643}'),
        '\u{67e}' => One('\u{628}'),
        '\u{686}' => One('\u{62c}'),
        '\u{698}' => One('\u{632}'),
        '\u{6a4}' => One('\u{641}'),
        '\u{660}'..='\u{669}' => One(digit(c, '\u{660}')),
        '\u{6f0}'..='\u{6f9}' => One(digit(c, '\u{6f0}')),
        '\u{600}'..='\u{6ff}' => One(c),
        // No-break and other spaces.
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => One(' '),
        _ if is_combining_mark(c) => Nothing,
        '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{ff00}'..='\u{ffef}' | '\u{c0}'..='\u{24f}' => Compatibility,
        _ => One(c),
    }
}

fn digit(c: char, zero: char) -> char {
    char::from(b'0' + (c as u32 - zero as u32) as u8)
}

/// Gives `put` what `c` folds to: nothing, one character, or several.
pub fn fold_char(c: char, mut put: impl FnMut(char)) {
    match fold_one(c) {
        Folded::Nothing => {}
        Folded::One(f) => put(f),
        Folded::Compatibility => {
            for d in std::iter::once(c).nfkd() {
                match fold_one(d) {
                    Folded::One(f) => put(f),
                    Folded::Compatibility if d != c => d.to_lowercase().for_each(&mut put),
                    Folded::Compatibility => d.to_lowercase().for_each(&mut put),
                    Folded::Nothing => {}
                }
            }
        }
    }
}

/// Folds a string for look-up: hamza seats, final ya, ta marbuta, tatweel, vowel marks, presentation forms,
/// Persian letters, digits, bidi controls, case.
///
/// ```
/// assert_eq!(musnad_text::fold("إِلَىٰ"), musnad_text::fold("الي"));
/// assert_eq!(musnad_text::fold("٢٠١٧"), "2017");
/// ```
pub fn fold(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        fold_char(c, |f| out.push(f));
    }
    out
}

/// A folded string that remembers where each of its characters came from.
#[derive(Debug, Clone)]
pub struct FoldMap {
    folded: String,
    /// For each byte of `folded`: the span of the source character that gave it, relative to the source's start.
    from: Vec<(u32, u32)>,
}

impl FoldMap {
    /// Folds `source` and keeps the way back.
    pub fn new(source: &str) -> Self {
        let mut folded = String::with_capacity(source.len());
        let mut from = Vec::with_capacity(source.len());
        for (at, c) in source.char_indices() {
            fold_char(c, |f| {
                folded.push(f);
                from.resize(folded.len(), (at as u32, (at + c.len_utf8()) as u32));
            });
        }
        FoldMap { folded, from }
    }

    /// The folded string.
    pub fn as_str(&self) -> &str {
        &self.folded
    }

    /// Bytes `start..end` of the folded string as bytes of the source; marks that belong to the last character stay out.
    pub fn source(&self, start: usize, end: usize) -> Span {
        if start >= end || end > self.from.len() {
            let at = self.from.get(start).map_or_else(|| self.from.last().map_or(0, |f| f.1), |f| f.0) as usize;
            return Span::new(at, at);
        }
        Span::new(self.from[start].0 as usize, self.from[end - 1].1 as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spelling_that_the_press_leaves_open_folds_together() {
        for (a, b) in [
            ("إلى", "إلي"),
            ("القاهرة", "القاهره"),
            ("أُعلن", "اعلن"),
            ("مسؤول", "مسوول"),
            ("ﻣﺼﺮ", "مصر"),
            ("کابل", "كابل"),
            ("العـــراق", "العراق"),
            ("ALJAZEERA", "aljazeera"),
            ("Über", "uber"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
    }

    #[test]
    fn what_differs_in_sound_stays_apart() {
        for (a, b) in [("حسن", "حسين"), ("قال", "قيل"), ("سوريا", "سورية")] {
            assert_ne!(fold(a), fold(b));
        }
    }

    proptest! {
        #[test]
        fn folding_is_idempotent(s in "\\PC*") {
            let once = fold(&s);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn every_folded_piece_leads_back_to_its_source(s in "\\PC*") {
            let map = FoldMap::new(&s);
            for (i, c) in map.as_str().char_indices() {
                let span = map.source(i, i + c.len_utf8());
                prop_assert!(s.is_char_boundary(span.start) && s.is_char_boundary(span.end));
                prop_assert!(fold(&s[span.start..span.end]).contains(c));
            }
        }
    }
}
