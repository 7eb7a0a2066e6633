//! Dates in figures.

use super::{Hit, Number, Reader, numbers::calendar_of};
use crate::dates::settle::YearRef;
use crate::dates::words::Key;
use crate::dates::{Calendar, Tense};

impl Reader<'_> {
    /// `21/8/2017`, `2017-08-21`, `14 / 10 / 1436هـ`, `2015.3`, and `21/8` where a day is expected.
    pub(super) fn figures(&self, at: usize) -> Option<Hit> {
        const SEPARATORS: &str = "/-.–−\\";
        let a = self.digits(at)?;
        let (separator, at_b) = self.mark(a.next, SEPARATORS)?;
        let b = self.digits(at_b)?;
        if b.digits > 2 {
            return self.month_and_year(at, a, separator, b);
        }
        if at >= 2 && self.glued(at) && self.mark(at - 1, SEPARATORS).is_some() && self.digits(at - 2).is_some() {
            return None;
        }
        let third = self.mark(b.next, SEPARATORS).filter(|m| m.0 == separator).and_then(|m| self.digits(m.1));
        let Some(c) = third else {
            return self.two_figures(at, a, separator, b);
        };
        if self.glued(c.next) && self.mark(c.next, "/-–").is_some() && self.glued(c.next + 1) && self.digits(c.next + 1).is_some()
        {
            return None;
        }
        let (next, era) = self.era(c.next);
        let (year, month, day) = match (a.digits, c.digits) {
            (4, 1..=2) => (a.value, b.value, c.value),
            (1..=2, 4) if b.value > 12 => (c.value, a.value, b.value),
            (1..=2, 4) => (c.value, b.value, a.value),
            (1..=2, 2) if separator == '/' || era.is_some() => {
                let century = if era == Some(Calendar::Hijri) {
                    1400
                } else if c.value < 50 {
                    2000
                } else {
                    1900
                };
                (century + c.value, b.value, a.value)
            }
            _ => return None,
        };
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) || !(1000..3000).contains(&year) {
            return None;
        }
        let calendar = era.unwrap_or(calendar_of(year));
        let value = self.anchor.month(calendar, month as u8, Some(day as u8), YearRef::Given(year as i32), Tense::Unknown, false);
        let mut hit = self.hit(at, a.start, next, value, "figures");
        hit.calendar = calendar;
        Some(hit)
    }

    /// `5/2016`, where a date is expected.
    fn month_and_year(&self, at: usize, month: Number, separator: char, year: Number) -> Option<Hit> {
        let expected = self.alone || self.key_before(at, Key::In) || self.key_before(at, Key::Months);
        let fits = month.digits <= 2 && (1..=12).contains(&month.value) && year.digits == 4 && (1900..2100).contains(&year.value);
        if !expected || !fits || separator != '/' || self.glued(year.next) && self.mark(year.next, "/-").is_some() {
            return None;
        }
        let value = self.anchor.month(
            Calendar::Gregorian,
            month.value as u8,
            None,
            YearRef::Given(year.value as i32),
            Tense::Unknown,
            false,
        );
        Some(self.hit(at, month.start, year.next, value, "figures"))
    }

    pub(super) fn two_figures(&self, at: usize, a: Number, separator: char, b: Number) -> Option<Hit> {
        if self.in_figure(b.next - 1, b.next) && self.mark(b.next, "%\u{66a}:+").is_some() {
            return None;
        }
        if a.digits == 4 && (1900..2100).contains(&a.value) && (1..=12).contains(&b.value) {
            let year = YearRef::Given(a.value as i32);
            let value = self.anchor.month(Calendar::Gregorian, b.value as u8, None, year, Tense::Unknown, false);
            return Some(self.hit(at, a.start, b.next, value, "figures"));
        }
        let day_expected = self.alone
            || (separator == '/' && self.key_before(at, Key::Day))
            || self.key_before(at, Key::Corresponding)
            || (at > 0 && separator == '/' && self.weekday_term(at - 1).is_some())
            || (separator == '/' && b.digits == 2 && b.value < 10);
        if !day_expected || a.digits > 2 || separator == '.' || !(1..=31).contains(&a.value) || !(1..=12).contains(&b.value) {
            return None;
        }
        let tense = self.tense_of_month(at);
        let value = self.anchor.month(Calendar::Gregorian, b.value as u8, Some(a.value as u8), YearRef::Open, tense, self.alone);
        let mut hit = self.hit(at, a.start, b.next, value, "figures");
        hit.open_year = Some((b.value as u8, Some(a.value as u8)));
        Some(hit)
    }
}
