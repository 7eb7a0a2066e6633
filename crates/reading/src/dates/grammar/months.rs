//! A month, and its day or days.

use super::{Hit, Month, Number, Reader, join};
use crate::dates::Calendar;
use crate::dates::lex::{Kind, Term};
use crate::dates::settle::{IN_A_NAME, NO_SUCH_DAY, When, YearRef};
use crate::dates::words::{Key, Sense, Unit};

impl Reader<'_> {
    pub(super) fn month_name(&self, at: usize) -> Option<Month> {
        let worded = self.key_term(at, Key::Months);
        let name_at = worded.map_or(at, |t| t.next);
        let named = self.term(name_at, |t| match t.sense {
            // A short name behind a glued preposition is another word: «باب» is no August.
            Sense::Month { weak: true, .. } if t.preposition || t.lam || self.spelled_otherwise(t) => None,
            Sense::Month { number, weak } => Some((Calendar::Gregorian, number, weak)),
            Sense::HijriMonth(number) => Some((Calendar::Hijri, number, true)),
            _ => None,
        });
        let Some(((calendar, number, weak), t)) = named else {
            // «شهر 2», «شهر عشرة»
            worded?;
            let n = self.number(name_at).filter(|n| (1..=12).contains(&n.value) && n.digits <= 2)?;
            let counted = self.lexed.terms(n.next).iter().any(|t| matches!(t.sense, Sense::Unit(..)));
            return (!counted && !self.in_figure(name_at, n.next)).then_some(Month {
                calendar: Calendar::Gregorian,
                number: n.value as u8,
                start: n.start,
                next: n.next,
                sure: true,
            });
        };
        let mut month = Month { calendar, number, start: t.start, next: t.next, sure: !weak || worded.is_some() };
        // A second name: «آب (أغسطس)», «تموز/يوليو», «فبراير - شباط».
        let (open, second_at) = self.mark(t.next, "/-–−([\u{60c}\\").map_or((' ', t.next), |m| m);
        let second = self.term(second_at, |t| match t.sense {
            Sense::Month { number: n, .. } if n == number && calendar == Calendar::Gregorian => Some(()),
            _ => None,
        });
        if let Some((_, second)) = second.filter(|s| !s.1.and) {
            month.sure = true;
            month.next = if matches!(open, '(' | '[') { self.past_mark(second.next, ")]") } else { second.next };
        }
        Some(month)
    }

    pub(super) fn spelled_otherwise(&self, t: &Term) -> bool {
        self.text.get(t.start..self.end(t.next)).is_some_and(|word| self.words.is_no_month(word))
    }

    /// What the text says of the year behind a month.
    pub(super) fn year_of_month(&self, at: usize, calendar: Calendar) -> Option<(YearRef, usize)> {
        let given = |n: Number| {
            let (next, _) = self.era(n.next);
            (YearRef::Given(n.value as i32), next)
        };
        let after_mark = self.past_mark(at, "\u{60c},.");
        let after_mark = self.past_mark(after_mark, "-–/");
        let bare_at = self.key(after_mark, Key::Of).or_else(|| self.key(after_mark, Key::In)).unwrap_or(after_mark);
        if let Some((side, next)) = self.side(at) {
            // «من العام الماضي» behind it says more.
            let of = self.past_key(next, Key::Of);
            if let Some((Unit::Year, shift, _, next)) = self.unit_by_side(of) {
                return Some((YearRef::Shift(shift), next));
            }
            return Some((YearRef::Side(side), next));
        }
        if let Some((Unit::Year, shift, _, next)) = self.unit_by_side(bare_at) {
            return Some((YearRef::Shift(shift), next));
        }
        if let Some(years) = self.key_term(bare_at, Key::Years).or_else(|| self.key_term(after_mark, Key::Years)) {
            let n = self.number(years.next).filter(|n| n.value >= 100 && n.digits <= 4)?;
            return Some(given(n));
        }
        let n = self.year_number(after_mark)?;
        let (_, era) = self.era(n.next);
        let fits = match calendar {
            Calendar::Gregorian => era != Some(Calendar::Hijri),
            Calendar::Hijri => era != Some(Calendar::Gregorian) && n.value < 1600,
        };
        (fits && !self.counted(n.next)).then(|| given(n))
    }

    /// Whether what stands at `at` is counted by the number before it.
    pub(super) fn counted(&self, at: usize) -> bool {
        self.lexed.terms(at).iter().any(|t| !t.and && !t.definite && matches!(t.sense, Sense::Unit(..)))
    }

    /// A month, and its day or days: `10 مايو`, `من 3 إلى 5 مايو`, `مايو 2015`, `يوليو 13-15`.
    pub(super) fn month_or_day(&self, at: usize) -> Option<Hit> {
        if let Some(month) = self.month_name(at) {
            return self.month_first(at, month);
        }
        let day = self.day_number(at)?;
        // «النصف الثاني من الشهر» is no day.
        let of_part = |t: &Term| match t.sense {
            Sense::Unit(unit, _) => t.definite && unit != Unit::Day,
            Sense::HourPart(_) => true,
            _ => false,
        };
        if day.digits == 0 && !self.alone && at > 0 && self.lexed.terms(at - 1).iter().any(of_part) {
            return None;
        }
        if day.digits > 0 && self.in_figure_but_range(at) {
            return None;
        }
        // A second day before the month: a range, or a list of which this one comes first.
        let (second, is_list) = self.second_day(at, day);
        let last = second.unwrap_or(day);
        if let Some(hit) = self.day_of_span(at, day, last) {
            return Some(hit);
        }
        let mut of = self.past_mark(last.next, if last.digits > 0 { ".-/\u{60c}," } else { "" });
        of = self.past_key(of, Key::Of);
        let month = self.month_name(of)?;
        if month.calendar == Calendar::Hijri && self.mark(last.next, "-\u{60c},").is_some() {
            return None; // «2 - صفر» is a score
        }
        let (year, next) = self.year_of_month(month.next, month.calendar).unwrap_or((YearRef::Open, month.next));
        if year == YearRef::Open && self.key_before(at, Key::DatedNoun) && !self.alone {
            return Some(self.hit(at, day.start, month.next, Err(IN_A_NAME), "day-month")); // «ثورة 14 يوليو»
        }
        let settle = |d: Number| {
            let tense = self.tense_of_month(at);
            self.anchor.month(month.calendar, month.number, Some(d.value as u8), year, tense, self.alone)
        };
        let (next, _) = self.era(next);
        let mut hit = self.hit(at, day.start, next, settle(day), "day-month");
        hit.calendar = month.calendar;
        hit.open_year = (year == YearRef::Open).then_some((month.number, Some(day.value as u8)));
        match second {
            Some(_) if is_list => hit.next = day.next,
            Some(second) => {
                hit.value = join(hit.value, settle(second));
                hit.rule = "day-range";
                hit.open_year = None;
            }
            None => {}
        }
        Some(hit)
    }

    /// «من 19 إلى 21/10/1436هـ», «من 2 - 4/6/2015»
    pub(super) fn days_of_figures(&self, at: usize) -> Option<Hit> {
        let day = self.digits(at).filter(|d| d.digits <= 2 && (1..=31).contains(&d.value))?;
        if !self.alone && !self.key_before(at, Key::From) && !self.key_before(at, Key::Between) {
            return None;
        }
        let to = self.mark(day.next, "-–−").map(|m| m.1).or_else(|| self.key(day.next, Key::To));
        let last_at = to.or_else(|| self.key_term(day.next, Key::And).map(|t| t.next))?;
        let last = self.digits(last_at).filter(|d| d.digits <= 2 && d.value > day.value)?;
        let figures = self.figures(last_at).filter(|h| h.is_day() && h.open_year.is_none())?;
        let value = figures.value.and_then(|w| {
            let from = self.anchor.away(w.from, Unit::Day, -i64::from(last.value - day.value), false)?;
            Ok(When { calendar: w.calendar, ..When::range(from, w.from) })
        });
        let mut hit = self.hit(at, day.start, figures.next, value, "day-range");
        hit.calendar = figures.calendar;
        Some(hit)
    }

    /// Whether digits are part of a figure that is no «3-5 مايو».
    pub(super) fn in_figure_but_range(&self, at: usize) -> bool {
        let range = self.mark(at + 1, "-–").is_some_and(|m| self.day_number(m.1).is_some_and(|d| d.digits > 0));
        let full_stop = self.mark(at + 1, "./-").is_some_and(|m| self.month_name(m.1).is_some());
        !range && !full_stop && self.in_figure(at, at + 1)
    }

    pub(super) fn second_day(&self, at: usize, day: Number) -> (Option<Number>, bool) {
        let dash = self.mark(day.next, "-–−").map(|m| m.1);
        if let Some(to) = dash.or_else(|| self.key(day.next, Key::To))
            && let Some(second) = self.day_number(to)
            && (second.digits > 0) == (day.digits > 0)
        {
            return (Some(second), false);
        }
        let between = self.key_before(at, Key::Between);
        if let Some(and) = self.key_term(day.next, Key::And).filter(|t| t.next == day.next + 1) {
            return (self.day_number(and.next), !between);
        }
        (self.day_number(day.next).filter(|n| n.and), !between)
    }

    /// «16 من هذا الشهر», «الخامس من الشهر المقبل»
    pub(super) fn day_of_span(&self, at: usize, day: Number, last: Number) -> Option<Hit> {
        let of = self.past_key(last.next, Key::Of);
        let (unit, shift, hijri, next) = self.unit_by_side(of)?;
        if unit != Unit::Month || of == last.next {
            return None;
        }
        let value = self.anchor.unit(Unit::Month, shift, hijri);
        let nth = |n: Number| {
            let first = value?.from;
            first.with().day(n.value as i8).build().map(When::day).map_err(|_| NO_SUCH_DAY)
        };
        let value = if last.start == day.start { nth(day) } else { join(nth(day), nth(last)) };
        Some(self.hit(at, day.start, next, value, "day-of-month"))
    }

    pub(super) fn month_first(&self, at: usize, month: Month) -> Option<Hit> {
        let Month { calendar, number, .. } = month;
        let tense = self.tense_of_month(at);
        let settle =
            |d: Option<Number>, year| self.anchor.month(calendar, number, d.map(|d| d.value as u8), year, tense, self.alone);
        // «يوليو 13», «أكتوبر 11, 1987», «تموز 13 الى 15»
        let day_at = self.past_mark(month.next, "\u{60c},");
        if let Some(day) = self.digits(day_at).filter(|d| d.digits <= 2 && (1..=31).contains(&d.value)) {
            let to = self.mark(day.next, "-–−").map(|m| m.1).or_else(|| self.key(day.next, Key::To));
            let second = to.and_then(|to| self.digits(to)).filter(|d| d.digits <= 2 && (1..=31).contains(&d.value));
            let last = second.unwrap_or(day);
            let year = self.year_of_month(last.next, calendar);
            let closed = self
                .token(last.next)
                .is_none_or(|t| matches!(t.kind, Kind::Break) || matches!(t.kind, Kind::Mark(c) if c != '%'));
            if (year.is_some() || self.alone || (closed && month.sure)) && !(second.is_none() && self.in_figure(day_at, day.next))
            {
                let (year, next) = year.unwrap_or((YearRef::Open, last.next));
                let (next, _) = self.era(next);
                let mut value = settle(Some(day), year);
                if let Some(second) = second {
                    value = join(value, settle(Some(second), year));
                }
                let mut hit = self.hit(at, month.start, next, value, if second.is_some() { "day-range" } else { "month-day" });
                hit.calendar = calendar;
                hit.open_year = (year == YearRef::Open && second.is_none()).then_some((number, Some(day.value as u8)));
                return Some(hit);
            }
        }
        let year = self.year_of_month(month.next, calendar);
        if year.is_none() && !month.sure && !self.alone {
            let in_time = [Key::In, Key::From, Key::PartOfSpan, Key::To].iter().any(|&k| self.key_before(at, k));
            // «في مارس»; but «في رجب» and «من مارس» may be something else.
            if !in_time || calendar == Calendar::Hijri || (self.key_before(at, Key::Of) && !self.key_before(at, Key::In)) {
                return None;
            }
        }
        let (year, next) = year.unwrap_or((YearRef::Open, month.next));
        let (next, _) = if year == YearRef::Open { (next, None) } else { self.era(next) };
        let mut hit = self.hit(at, month.start, next, settle(None, year), "month");
        hit.calendar = calendar;
        hit.open_year = (year == YearRef::Open).then_some((number, None));
        Some(hit)
    }
}
