//! Days and spans counted from the day of publication, and weekdays.

use super::{Hit, Reader, join, numbers::calendar_of};
use crate::dates::settle::{self, NO_SUCH_DAY, When, Why, YearRef};
use crate::dates::words::{Count, Key, Sense, Side, Unit};
use crate::dates::{Calendar, Tense};
use jiff::civil::Date;

impl Reader<'_> {
    /// «هذا الأسبوع», «الشهر الماضي», «العام قبل الماضي»: unit, units from now, whether Hijri, the token after.
    pub(super) fn unit_by_side(&self, at: usize) -> Option<(Unit, i32, bool, usize)> {
        let spans = |unit| matches!(unit, Unit::Day | Unit::Week | Unit::Month | Unit::Year);
        if let Some(this) = self.key(at, Key::This)
            && let Some((unit, t)) = self.unit(this, Count::One)
            && t.definite
            && spans(unit)
        {
            return Some((unit, 0, false, t.next));
        }
        let (unit, t) = self.unit(at, Count::One)?;
        if !t.definite || !spans(unit) {
            return None;
        }
        let (next, era) = self.era(t.next);
        let (side, next) = self.side(next)?;
        Some((unit, side.shift(), era == Some(Calendar::Hijri), next))
    }

    pub(super) fn unit_span(&self, at: usize) -> Option<Hit> {
        let start = self.lexed.terms(at).first()?.start;
        if let Some((unit, shift, hijri, next)) = self.unit_by_side(at) {
            let mut hit = self.hit(at, start, next, self.anchor.unit(unit, shift, hijri), "unit-span");
            hit.calendar = if hijri { Calendar::Hijri } else { Calendar::Gregorian };
            // «العام الماضي 2014», «العام الحالي (2015)»
            let (open, year_at) = self.mark(next, "([").unwrap_or((' ', next));
            if unit == Unit::Year
                && let Some(n) = self.digits(year_at).filter(|n| n.digits == 4 && (1300..2200).contains(&n.value))
                && !self.in_figure(year_at, n.next)
            {
                hit.calendar = calendar_of(n.value);
                hit.value = When::year_of(hit.calendar, n.value as i32).ok_or(NO_SUCH_DAY);
                let (era, _) = self.era(n.next);
                hit.next = if open == ' ' { era } else { self.past_mark(era, ")]") };
            }
            // «الأسبوع القادم يوم الأحد»
            let day_at = self.past_key(self.past_mark(next, "\u{60c},"), Key::Day);
            if unit == Unit::Week
                && let Some((weekday, t)) = self.weekday_term(day_at).filter(|w| !w.1.and)
            {
                hit.value = self.anchor.weekday_of_week(weekday, shift).map(When::day);
                (hit.next, hit.weekday, hit.rule) = (t.next, Some(weekday), "weekday-of-week");
            }
            return Some(hit);
        }
        // «نهاية العام»
        if let Some((unit @ (Unit::Month | Unit::Year), t)) = self.unit(at, Count::One)
            && t.definite
            && self.key_before(at, Key::PartOfSpan)
            && !self.lexed.terms(t.next).iter().any(|t| matches!(t.sense, Sense::Key(Key::Same) | Sense::Ordinal(_)))
            && self.digits(t.next).is_none()
        {
            return Some(self.hit(at, t.start, t.next, self.anchor.unit(unit, 0, false), "unit-span"));
        }
        self.unit_range(at)
    }

    /// «الأسابيع الثلاثة القادمة», «الأسبوعين القادمين», «آخر 3 أيام»: durations in prose.
    pub(super) fn unit_range(&self, at: usize) -> Option<Hit> {
        if !self.alone {
            return None;
        }
        let start = self.lexed.terms(at).first()?.start;
        let (n, unit, side, next) = if let Some(last) = self.key(at, Key::Last) {
            let (n, unit, _, next) = self.duration(last).filter(|d| d.0 > 1)?;
            (n, unit, Side::Past, next)
        } else if let Some((unit, t)) = self.unit(at, Count::Two).filter(|u| u.1.definite) {
            let (side, next) = self.side(t.next)?;
            (2, unit, side, next)
        } else {
            let (unit, t) = self.unit(at, Count::Many).filter(|u| u.1.definite)?;
            let n = self.number(t.next)?;
            let (side, next) = self.side(n.next)?;
            (n.value, unit, side, next)
        };
        let n = i32::try_from(n).ok().filter(|n| (1..1000).contains(n))?;
        let (first, last) = match side {
            Side::Past => (-n, -1),
            Side::Future => (1, n),
            _ => return None,
        };
        let value = join(self.anchor.unit(unit, first, false), self.anchor.unit(unit, last, false));
        Some(self.hit(at, start, next, value, "unit-range"))
    }

    /// «أمس», «اليوم الاثنين», «بعد غد الخميس», «اليوم (الثلاثاء)».
    pub(super) fn relative_day(&self, at: usize) -> Option<Hit> {
        let (days, t) = self.term(at, |t| if let Sense::Day(n) = t.sense { Some(n) } else { None })?;
        let days = i64::from(days);
        if days >= 0 && (t.lam || t.preposition) {
            return None;
        }
        let named = self.key_before(at, Key::NoDayAfter)
            || self.key(t.next, Key::NoDayBefore).is_some()
            || self.key(t.next, Key::Last).is_some()
            || self.ordinal(t.next).is_some_and(|n| !n.and && !n.lam);
        if days == 0 && named && !self.alone {
            return None;
        }
        let mut hit = self.hit(at, t.start, t.next, self.anchor.days_on(days).map(When::day), "relative-day");
        let (open, weekday_at) = self.mark(t.next, "(\u{60c},[-–«\"").unwrap_or((' ', t.next));
        let weekday_at = self.past_key(weekday_at, Key::Day);
        if let Some((weekday, w)) = self.weekday_term(weekday_at).filter(|w| !w.1.and && !w.1.lam && !w.1.preposition) {
            hit.value = self.anchor.weekday_near(weekday, days).map(When::day);
            hit.weekday = Some(weekday);
            hit.next = if matches!(open, '(' | '[' | '«' | '"') { self.past_mark(w.next, ")]»\"") } else { w.next };
        }
        if hit.weekday.is_none() && self.key(at, Key::WithWeekday) == Some(t.next) {
            return None;
        }
        if let Some(date) = self.date_behind(hit.next) {
            (hit.value, hit.next, hit.calendar) = (date.value, date.next, date.calendar);
        }
        // With a weekday or a date behind it there is no doubt of the day.
        if days == 0 && hit.next == t.next && self.is_nowadays(at, t.next) {
            return None;
        }
        Some(hit)
    }

    /// A full day of the calendar behind a weekday or «today»: «، 24 يونيو», « الموافق 16 من هذا الشهر».
    pub(super) fn date_behind(&self, at: usize) -> Option<Hit> {
        let (open, date_at) = self.mark(at, "\u{60c},([:-–").unwrap_or((' ', at));
        let date_at = self.past_key(date_at, Key::Corresponding);
        let date_at = self.past_key(date_at, Key::Day);
        let mut date = self.figures(date_at).or_else(|| self.month_or_day(date_at)).filter(|h| h.is_day())?;
        if matches!(open, '(' | '[') {
            date.next = self.past_mark(date.next, ")]");
        }
        Some(date)
    }

    pub(super) fn weekday(&self, at: usize) -> Option<Hit> {
        let (weekday, t) = self.weekday_term(at)?;
        if self.key_before(at, Key::NoDayAfter) || self.key(t.next, Key::NoDayBefore).is_some() || t.preposition {
            return None;
        }
        let make = |next, value: Result<Date, Why>, rule| {
            let mut hit = self.hit(at, t.start, next, value.map(When::day), rule);
            hit.weekday = Some(weekday);
            hit
        };
        // A date behind it decides.
        let side = self.side(t.next);
        let behind = side.map_or(t.next, |s| s.1);
        let falls_on = |when: &When| when.from.weekday().to_monday_one_offset() == weekday as i8;
        let nth = self.nth(t.next).and_then(|(nth, next)| Some((nth, self.month_behind(next)?)));
        let date = self.date_behind(behind);
        // «الأربعاء الأول من مايو» is the first of May only where that is a Wednesday.
        if let Some((nth, (month, next))) = nth
            && !date.as_ref().is_some_and(|d| d.value.is_ok_and(|w| falls_on(&w)))
        {
            let day = month.and_then(|m| settle::nth_weekday(m, weekday, nth).ok_or(NO_SUCH_DAY));
            return Some(make(next, day, "nth-weekday"));
        }
        if let Some(date) = date {
            let mut hit = make(date.next, Err(NO_SUCH_DAY), "weekday-date");
            (hit.value, hit.calendar, hit.open_year) = (date.value, date.calendar, date.open_year);
            // «الأربعاء 20/10»: the weekday tells in which calendar.
            if let (Some((month, Some(day))), "figures") = (date.open_year, date.rule)
                && !date.value.is_ok_and(|w| falls_on(&w))
                && let Ok(hijri) = self.anchor.month(Calendar::Hijri, month, Some(day), YearRef::Open, Tense::Unknown, self.alone)
                && falls_on(&hijri)
            {
                (hit.value, hit.calendar, hit.open_year) = (Ok(hijri), Calendar::Hijri, None);
            }
            return Some(hit);
        }
        if let Some((side, next)) = side {
            return Some(make(next, self.anchor.weekday_by_side(weekday, side), "weekday-side"));
        }
        let of = self.past_key(t.next, Key::Of);
        if let Some((Unit::Week, shift, _, next)) = self.unit_by_side(of) {
            return Some(make(next, self.anchor.weekday_of_week(weekday, shift), "weekday-of-week"));
        }
        let tense = if self.alone { Tense::Future } else { self.tense(at) };
        let mut hit = make(t.next, self.anchor.weekday(weekday, tense), "weekday");
        hit.weekday_alone = true;
        Some(hit)
    }

    /// «first», «last» as a place in a month; `None` is the last.
    pub(super) fn nth(&self, at: usize) -> Option<(Option<u8>, usize)> {
        if let Some(next) = self.key(at, Key::Last) {
            return Some((None, next));
        }
        self.ordinal(at).filter(|n| n.value <= 5).map(|n| (Some(n.value as u8), n.next))
    }

    /// «من شهر مارس السنة القادمة», «في سبتمبر لعام 2014»
    pub(super) fn month_behind(&self, at: usize) -> Option<(Result<When, Why>, usize)> {
        let of = self.key(at, Key::Of).or_else(|| self.key(at, Key::In))?;
        if let Some((Unit::Month, shift, hijri, next)) = self.unit_by_side(of) {
            return Some((self.anchor.unit(Unit::Month, shift, hijri), next));
        }
        let month = self.month_name(of).filter(|m| m.calendar == Calendar::Gregorian)?;
        let (year, next) = self.year_of_month(month.next, month.calendar).unwrap_or((YearRef::Open, month.next));
        Some((self.anchor.month(month.calendar, month.number, None, year, self.tense_of_month(at), self.alone), next))
    }

    /// «آخر اثنين من مارس», «أول أسبوع في مايو», «الأسبوع الأول من أكتوبر».
    pub(super) fn nth_of_month(&self, at: usize) -> Option<Hit> {
        let start = self.lexed.terms(at).first()?.start;
        if let Some((Unit::Week, t)) = self.unit(at, Count::One)
            && let Some((nth, next)) = self.nth(t.next)
            && let Some((month, next)) = self.month_behind(next)
        {
            return Some(self.hit(at, start, next, month.and_then(|m| settle::nth_week(m, nth).ok_or(NO_SUCH_DAY)), "nth-week"));
        }
        let (nth, what) = self.nth(at)?;
        if let Some((Unit::Week, t)) = self.unit(what, Count::One) {
            let (month, next) = self.month_behind(t.next)?;
            return Some(self.hit(at, start, next, month.and_then(|m| settle::nth_week(m, nth).ok_or(NO_SUCH_DAY)), "nth-week"));
        }
        let (weekday, t) = self.term(what, |t| match t.sense {
            Sense::Weekday(day) | Sense::BareWeekday(day) => Some(day),
            _ => None,
        })?;
        let (value, next) = match self.month_behind(t.next) {
            Some((month, next)) => (month.and_then(|m| settle::nth_weekday(m, weekday, nth).ok_or(NO_SUCH_DAY)), next),
            None if self.alone && nth.is_none() => (self.anchor.weekday_by_side(weekday, Side::Past), t.next),
            None => return None,
        };
        let mut hit = self.hit(at, start, next, value.map(When::day), "nth-weekday");
        hit.weekday = Some(weekday);
        Some(hit)
    }
}
