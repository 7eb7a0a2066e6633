//! «Today» that means «nowadays».

use super::Reader;
use crate::dates::Tense;
use crate::dates::lex::Kind;
use crate::dates::words::{Key, Sense};

/// How far before «today» the deed of the day may stand, and how far behind it, in words.
const DEED_BEFORE: usize = 6;
const DEED_BEHIND: usize = 2;

impl Reader<'_> {
    /// Whether a bare «today» from the token `at` up to `next` means «nowadays».
    ///
    /// A reporter dates what he tells by the day; who is quoted mostly sets his time against another. So in a quotation the
    /// word is a day only where a part of the day («the morning of today»), a clock time, or a deed stands beside.
    pub(super) fn is_nowadays(&self, at: usize, next: usize) -> bool {
        let Some(token) = self.token(at).filter(|_| self.key(at, Key::Nowadays) == Some(next)) else { return false };
        let Some(quoted) = self.quoted.iter().rfind(|q| q.start <= token.start && token.end <= q.end) else {
            return false;
        };
        let inside = |i: &usize| self.token(*i).is_some_and(|t| quoted.start <= t.start && t.end <= quoted.end);
        let of_sentence = |i: &usize| {
            !matches!(
                self.token(*i).map(|t| t.kind),
                Some(Kind::Break | Kind::Mark('.' | '!' | '?' | '\u{61f}' | ';' | '\u{61b}' | '\u{2026}')) | None
            )
        };
        let is_word = |i: &usize| self.token(*i).is_some_and(|t| t.kind == Kind::Word);
        let before = (0..at).rev().take_while(|i| inside(i) && of_sentence(i)).filter(is_word).take(DEED_BEFORE);
        let behind = (next..).take_while(|i| inside(i) && of_sentence(i)).filter(is_word).take(DEED_BEHIND);
        let part_of_day = at > 0 && self.lexed.terms(at - 1).iter().any(|t| matches!(t.sense, Sense::DayPart(_)));
        !(self.alone || part_of_day || self.clock_behind(next).is_some() || before.chain(behind).any(|i| self.is_deed(i)))
    }

    /// Whether a word tells of a deed, done or to be done.
    fn is_deed(&self, at: usize) -> bool {
        let folded = self.lexed.folded(at);
        self.words.is_deed(folded)
            || self.words.is_future_verb(folded, self.spelled(at))
            || self.lexed.terms(at).iter().any(|t| t.sense == Sense::Tense(Tense::Future))
    }
}
