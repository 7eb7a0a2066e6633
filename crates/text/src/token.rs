//! Tokens, and the clitics that may be glued to a word.

use crate::{Span, fold_char};

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Letters of one script, with their marks.
    Word,
    /// Digits, with decimal points and thousands separators inside.
    Number,
    /// One sign.
    Punct,
    /// One or more line ends.
    Break,
}

/// A token: a span of the text and its folded form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: Kind,
    /// Folded for look-up.
    pub folded: Box<str>,
    /// Whether white space (or the text's start) stands before it.
    pub spaced: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Sort {
    Arabic,
    Letter,
    Digit,
    Mark,
    Space,
    Line,
    Sign,
}

fn sort(c: char) -> Sort {
    match c {
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' => Sort::Line,
        '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' => Sort::Digit,
        '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{66a}'..='\u{66d}' | '\u{6d4}' => Sort::Sign,
        '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}' | '\u{fb50}'..='\u{fd3d}' => {
            let mut any = false;
            fold_char(c, |_| any = true);
            if any { Sort::Arabic } else { Sort::Mark }
        }
        '\u{fd50}'..='\u{fdfb}' | '\u{fe70}'..='\u{fefc}' => Sort::Arabic,
        _ if c.is_whitespace() => Sort::Space,
        _ if c.is_numeric() => Sort::Digit,
        _ if c.is_alphabetic() => Sort::Letter,
        _ => {
            let mut any = false;
            fold_char(c, |_| any = true);
            if any { Sort::Sign } else { Sort::Mark }
        }
    }
}

/// Cuts a text into tokens. White space and marks that stand alone belong to none; every other character to exactly one.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(text.len() / 8);
    let mut chars = text.char_indices().peekable();
    let mut spaced = true;
    while let Some((start, c)) = chars.next() {
        let first = sort(c);
        let mut end = start + c.len_utf8();
        let mut take = |chars: &mut std::iter::Peekable<std::str::CharIndices>, keep: &dyn Fn(Sort) -> bool| {
            while let Some(&(i, d)) = chars.peek() {
                if !keep(sort(d)) {
                    break;
                }
                end = i + d.len_utf8();
                chars.next();
            }
        };
        let kind = match first {
            Sort::Space => {
                spaced = true;
                continue;
            }
            Sort::Mark => continue,
            Sort::Line => {
                take(&mut chars, &|s| matches!(s, Sort::Line | Sort::Space));
                Kind::Break
            }
            Sort::Arabic => {
                take(&mut chars, &|s| matches!(s, Sort::Arabic | Sort::Mark));
                Kind::Word
            }
            Sort::Letter => {
                take(&mut chars, &|s| matches!(s, Sort::Letter | Sort::Mark));
                Kind::Word
            }
            Sort::Digit => {
                take(&mut chars, &|s| matches!(s, Sort::Digit | Sort::Mark));
                // A point or comma between two digits belongs to the number.
                while let Some(&(i, '.' | ',' | '\u{66b}' | '\u{66c}')) = chars.peek() {
                    let next = text[i..].chars().nth(1);
                    if next.map(sort) != Some(Sort::Digit) {
                        break;
                    }
                    chars.next();
                    let mut more = end;
                    while let Some(&(j, d)) = chars.peek() {
                        if !matches!(sort(d), Sort::Digit | Sort::Mark) {
                            break;
                        }
                        more = j + d.len_utf8();
                        chars.next();
                    }
                    end = more;
                }
                Kind::Number
            }
            Sort::Sign => Kind::Punct,
        };
        let span = Span::new(start, end);
        let folded = if kind == Kind::Break { "\n".into() } else { crate::fold(&text[start..end]).into_boxed_str() };
        out.push(Token { span, kind, folded, spaced });
        spaced = kind == Kind::Break;
    }
    out
}

/// Proclitics that may stand before a stem: how many folded letters they take, and which they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clitics {
    /// Conjunction: waw (`و`) or fa (`ف`), else `None`.
    pub conjunction: Option<char>,
    /// Preposition: ba (`ب`), kaf (`ك`) or lam (`ل`), else `None`.
    pub preposition: Option<char>,
    /// The article.
    pub article: bool,
    /// Bytes of the folded word before the stem.
    pub bytes: usize,
}

const WAW: char = '\u{648}';
const FA: char = '\u{641}';
const BA: char = '\u{628}';
const KAF: char = '\u{643}';
const LAM: char = '\u{644}';
const ALIF: char = '\u{627}';

/// Every way to part proclitics from a folded word, the whole word first; a stem keeps two letters at least.
///
/// This is spelling alone: which of the ways holds is for a lexicon to say.
pub fn splits(folded: &str) -> impl Iterator<Item = Clitics> {
    let letters: Vec<char> = folded.chars().take(8).collect();
    let total = folded.chars().count();
    let mut ways = [None; 8];
    let mut n = 0;
    let mut put = |c: Clitics, used: usize| {
        if total >= used + 2 && n < ways.len() {
            ways[n] = Some(Clitics { bytes: letters[..used].iter().map(|l| l.len_utf8()).sum(), ..c });
            n += 1;
        }
    };
    let at = |i: usize| letters.get(i).copied();
    put(Clitics::default(), 0);
    for skip in 0..2 {
        let conjunction = match (skip, at(0)) {
            (0, _) => None,
            (_, Some(c @ (WAW | FA))) => Some(c),
            _ => break,
        };
        let base = Clitics { conjunction, ..Clitics::default() };
        if skip == 1 {
            put(base, 1);
        }
        match (at(skip), at(skip + 1), at(skip + 2)) {
            (Some(ALIF), Some(LAM), _) => put(Clitics { article: true, ..base }, skip + 2),
            (Some(LAM), Some(LAM), _) => {
                put(Clitics { preposition: Some(LAM), article: true, ..base }, skip + 2);
                put(Clitics { preposition: Some(LAM), ..base }, skip + 1);
            }
            (Some(p @ (BA | KAF)), Some(ALIF), Some(LAM)) => {
                put(Clitics { preposition: Some(p), article: true, ..base }, skip + 3);
                put(Clitics { preposition: Some(p), ..base }, skip + 1);
            }
            (Some(p @ (BA | KAF | LAM)), _, _) => put(Clitics { preposition: Some(p), ..base }, skip + 1),
            _ => {}
        }
    }
    ways.into_iter().flatten()
}

/// `span` without its first `bytes` folded bytes (and the marks that belong to them).
pub fn without_clitics(text: &str, span: Span, bytes: usize) -> Span {
    if bytes == 0 {
        return span;
    }
    let mut left = bytes;
    let mut rest = text[span.start..span.end].char_indices().peekable();
    while let Some((_, c)) = rest.next() {
        fold_char(c, |f| left = left.saturating_sub(f.len_utf8()));
        if left == 0 {
            while let Some(&(i, d)) = rest.peek() {
                if sort(d) != Sort::Mark {
                    return Span::new(span.start + i, span.end);
                }
                rest.next();
            }
        }
    }
    Span::new(span.end, span.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expect: &str) {
        let got: Vec<&str> = tokens(text).iter().map(|t| text[t.span.start..t.span.end].trim()).collect();
        assert_eq!(got.join("|"), expect);
    }

    #[test]
    fn words_numbers_and_signs_part() {
        check("قال لافروف: «نعم».", "قال|لافروف|:|«|نعم|»|.");
        check("قال شكري لـRT", "قال|شكري|لـ|RT");
        check("عام 2018م، بنسبة 3.5%", "عام|2018|م|،|بنسبة|3.5|%");
        check("صيغة 2+2", "صيغة|2|+|2");
        check("سياسته.وشدد", "سياسته|.|وشدد");
        check("الأُولَى\n\nالثانية", "الأُولَى||الثانية");
    }

    #[test]
    fn clitics_part_in_every_way() {
        let ways = |w: &str| -> Vec<String> { splits(w).map(|c| w[c.bytes..].to_string()).collect() };
        assert_eq!(ways("والوزير"), ["والوزير", "الوزير", "وزير"]);
        assert_eq!(ways("للوزير"), ["للوزير", "وزير", "لوزير"]);
        assert_eq!(ways("بالقاهره"), ["بالقاهره", "قاهره", "القاهره"]);
        assert_eq!(ways("وبلافروف"), ["وبلافروف", "بلافروف", "لافروف"]);
        assert_eq!(ways("لا"), ["لا"]);
    }

    #[test]
    fn clitics_leave_the_span_with_their_marks() {
        let text = "وَبِالقاهرة";
        let span = Span::new(0, text.len());
        let stem = without_clitics(text, span, "وبال".len());
        assert_eq!(&text[stem.start..stem.end], "قاهرة");
    }

    proptest! {
        #[test]
        fn every_character_stands_in_one_token_or_is_space_or_mark(s in "\\PC*") {
            let mut at = 0;
            for t in tokens(&s) {
                prop_assert!(t.span.start >= at && !t.span.is_empty());
                prop_assert!(s[at..t.span.start].chars().all(|c| matches!(sort(c), Sort::Space | Sort::Mark)));
                prop_assert!(s.is_char_boundary(t.span.start) && s.is_char_boundary(t.span.end));
                at = t.span.end;
            }
            prop_assert!(s[at..].chars().all(|c| matches!(sort(c), Sort::Space | Sort::Mark)));
        }

        #[test]
        fn stems_are_suffixes_of_the_word(s in "[\u{621}-\u{64a}]{0,9}") {
            for c in splits(&crate::fold(&s)) {
                prop_assert!(crate::fold(&s).is_char_boundary(c.bytes));
                let span = without_clitics(&s, Span::new(0, s.len()), c.bytes);
                prop_assert!(s.is_char_boundary(span.start));
            }
        }
    }
}
