//! Words and marks: what stands at a token.

use super::Reader;
use crate::dates::lex::{Kind, Term, Token};
use crate::dates::words::{Count, Key, Sense, Side, Unit};

impl Reader<'_> {
    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        self.lexed.tokens.get(at)
    }

    /// The longest term at a token that `pick` takes.
    pub(super) fn term<T>(&self, at: usize, pick: impl Fn(&Term) -> Option<T>) -> Option<(T, Term)> {
        let mut best: Option<(T, Term)> = None;
        for term in self.lexed.terms(at) {
            if best.as_ref().is_none_or(|b| term.next > b.1.next)
                && let Some(value) = pick(term)
            {
                best = Some((value, *term));
            }
        }
        best
    }

    pub(super) fn key(&self, at: usize, key: Key) -> Option<usize> {
        self.key_term(at, key).map(|t| t.next)
    }

    pub(super) fn key_term(&self, at: usize, key: Key) -> Option<Term> {
        self.term(at, |t| (t.sense == Sense::Key(key)).then_some(())).map(|t| t.1)
    }

    /// Whether a phrase of this key ends just before `at`.
    pub(super) fn key_before(&self, at: usize, key: Key) -> bool {
        (1..=3).any(|back| {
            at.checked_sub(back)
                .is_some_and(|from| self.lexed.terms(from).iter().any(|t| t.sense == Sense::Key(key) && t.next == at))
        })
    }

    pub(super) fn side(&self, at: usize) -> Option<(Side, usize)> {
        let (side, term) = self.term(at, |t| match t.sense {
            Sense::Side(side) if t.definite || !matches!(side, Side::Past | Side::Present | Side::Future) => Some(side),
            _ => None,
        })?;
        (!term.and && !term.lam && !term.preposition).then_some((side, term.next))
    }

    pub(super) fn unit(&self, at: usize, count: Count) -> Option<(Unit, Term)> {
        self.term(at, |t| match t.sense {
            Sense::Unit(unit, c) if c == count => Some(unit),
            _ => None,
        })
    }

    pub(super) fn weekday_term(&self, at: usize) -> Option<(u8, Term)> {
        self.term(at, |t| if let Sense::Weekday(day) = t.sense { Some(day) } else { None })
    }

    pub(super) fn mark(&self, at: usize, marks: &str) -> Option<(char, usize)> {
        match self.token(at)?.kind {
            Kind::Mark(c) if marks.contains(c) => Some((c, at + 1)),
            _ => None,
        }
    }

    /// `at`, or past a mark if one of these stands there.
    pub(super) fn past_mark(&self, at: usize, marks: &str) -> usize {
        self.mark(at, marks).map_or(at, |m| m.1)
    }

    /// `at`, or past a key if it stands there.
    pub(super) fn past_key(&self, at: usize, key: Key) -> usize {
        self.key(at, key).unwrap_or(at)
    }

    pub(super) fn end(&self, next: usize) -> usize {
        next.checked_sub(1).and_then(|at| self.token(at)).map_or(0, |t| t.end)
    }

    /// Whether `next` stands right behind the token before it.
    pub(super) fn glued(&self, next: usize) -> bool {
        self.token(next).is_some_and(|t| !t.gap)
    }

    /// Whether a number is part of a longer figure: 3.5, 12:30, 1,500, 2+2.
    pub(super) fn in_figure(&self, first: usize, next: usize) -> bool {
        let before = first >= 2
            && self.glued(first)
            && self.mark(first - 1, ".,:/+-–\u{66b}\u{66c}\u{60c}").is_some()
            && self.glued(first - 1)
            && matches!(self.token(first - 2).map(|t| t.kind), Some(Kind::Number { .. }));
        let after = self.glued(next)
            && self.mark(next, ".,:/+-–\u{66b}\u{66c}\u{60c}%").is_some()
            && self.glued(next + 1)
            && matches!(self.token(next + 1).map(|t| t.kind), Some(Kind::Number { .. }));
        before || after || self.mark(next, "%\u{66a}").is_some()
    }
}
