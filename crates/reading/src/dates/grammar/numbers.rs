//! Numbers in digits and words, ordinals, years and the calendar they belong to.

use super::{Number, Reader};
use crate::dates::Calendar;
use crate::dates::lex::{Kind, Term};
use crate::dates::words::{Count, Key, Sense, Unit};

impl Reader<'_> {
    pub(super) fn digits(&self, at: usize) -> Option<Number> {
        let token = self.token(at)?;
        match token.kind {
            Kind::Number { value, digits } => {
                Some(Number { value, digits, start: token.start, next: at + 1, and: false, lam: false })
            }
            _ => None,
        }
    }

    /// One number word or phrase.
    pub(super) fn number_word(&self, at: usize) -> Option<Number> {
        let (value, t) = self.term(at, |t| if let Sense::Number(n) = t.sense { Some(n) } else { None })?;
        Some(Number { value, digits: 0, start: t.start, next: t.next, and: t.and, lam: t.lam })
    }

    /// Digits, or number words added up: «ألفين وخمسة عشر».
    pub(super) fn number(&self, at: usize) -> Option<Number> {
        if let Some(number) = self.digits(at) {
            return Some(number);
        }
        let first = self.number_word(at)?;
        let (mut total, mut below, mut next) = (0u32, first.value, first.next);
        if below >= 1000 {
            (total, below) = (below, 0);
        }
        loop {
            let and_word = self.key_term(next, Key::And).filter(|t| t.next == next + 1).map(|t| t.next);
            let Some(word) = self.number_word(and_word.unwrap_or(next)) else {
                break;
            };
            let value = word.value;
            if and_word.is_none() && !word.and {
                match value {
                    100 if (3..10).contains(&below) => below *= 100,
                    1000 if below > 0 && total == 0 => (total, below) = (below * 1000, 0),
                    _ => break,
                }
            } else {
                let fits = match value {
                    0..100 => below.is_multiple_of(100) || (below % 100 < 10 && value >= 20 && value.is_multiple_of(10)),
                    100..1000 => below == 0,
                    _ => false,
                };
                if !fits {
                    break;
                }
                below += value;
            }
            next = word.next;
        }
        Some(Number { value: total + below, next, ..first })
    }

    /// «الثالث», «الثاني والعشرين»: 1 to 31.
    pub(super) fn ordinal(&self, at: usize) -> Option<Number> {
        let tens = |at: usize| {
            let and_word = self.key_term(at, Key::And).filter(|t| t.next == at + 1).map(|t| t.next);
            let (n, t) = self.term(and_word.unwrap_or(at), |t| match t.sense {
                Sense::Ordinal(n @ (20 | 30)) => Some(n),
                _ => None,
            })?;
            (t.and || and_word.is_some()).then_some((n, t.next))
        };
        let number = |value: u8, t: Term, next| Number {
            value: u32::from(value),
            digits: 0,
            start: t.start,
            next,
            and: t.and,
            lam: t.lam,
        };
        if let Some((unit, t)) = self.term(at, |t| if let Sense::CompoundOrdinal(n) = t.sense { Some(n) } else { None })
            && let Some((tens, next)) = tens(t.next)
        {
            return Some(number(unit + tens, t, next));
        }
        let (n, t) = self.term(at, |t| if let Sense::Ordinal(n) = t.sense { Some(n) } else { None })?;
        match tens(t.next) {
            Some((tens, next)) if n < 10 => Some(number(n + tens, t, next)),
            _ => Some(number(n, t, t.next)),
        }
        .filter(|n| n.value <= 31)
    }

    /// The day of a month: digits, an ordinal, a number word.
    pub(super) fn day_number(&self, at: usize) -> Option<Number> {
        // «ال15», «الـ(30)»
        if let Some(digits_at) = self.key(at, Key::Article) {
            let (open, digits_at) = self.mark(digits_at, "([").unwrap_or((' ', digits_at));
            let mut day = self.digits(digits_at).filter(|n| n.digits <= 2 && (1..=31).contains(&n.value))?;
            if open != ' ' {
                day.next = self.past_mark(day.next, ")]");
            }
            return Some(day);
        }
        if let Some(number) = self.digits(at) {
            return (number.digits <= 2 && (1..=31).contains(&number.value)).then_some(number);
        }
        if let Some((Unit::Day, t)) = self.unit(at, Count::One)
            && t.definite
            && let Some(ordinal) = self.ordinal(t.next)
        {
            return Some(ordinal);
        }
        self.ordinal(at).or_else(|| self.number(at)).filter(|n| (1..=31).contains(&n.value))
    }

    /// A year of four digits, or in words from 1000 on.
    pub(super) fn year_number(&self, at: usize) -> Option<Number> {
        self.number(at).filter(|n| (n.digits == 4 || n.digits == 0) && (1000..=2999).contains(&n.value))
    }

    /// Past «هـ» or «م», and the calendar it names.
    pub(super) fn era(&self, at: usize) -> (usize, Option<Calendar>) {
        if let Some(next) = self.key(at, Key::HijriMark) {
            (next, Some(Calendar::Hijri))
        } else if let Some(next) = self.key(at, Key::GregorianMark) {
            (next, Some(Calendar::Gregorian))
        } else {
            (at, None)
        }
    }
}

/// The calendar of a year without a mark: no report tells of the Gregorian years that are Hijri years now.
pub(super) fn calendar_of(year: u32) -> Calendar {
    if (1300..=1500).contains(&year) { Calendar::Hijri } else { Calendar::Gregorian }
}
