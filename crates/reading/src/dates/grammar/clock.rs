//! The clock.

use super::{Hit, Number, Reader};
use crate::dates::settle::When;
use crate::dates::words::{Count, DayPart, Key, Sense, Unit};
use jiff::civil::Time;

impl Reader<'_> {
    /// An hour and its parts: «الساعة الثالثة و18 دقيقة», «12 الا ربع», `14:30`; minutes from midnight, the part of the day, the token after.
    pub(super) fn clock(&self, at: usize, hour_word: bool) -> Option<(Clock, usize)> {
        let word = self.key_term(at, Key::Clock);
        if hour_word && word.is_none() && !(self.digits(at).is_some() && self.mark(at + 1, ":").is_some()) {
            return None;
        }
        let hour_at = word.map_or(at, |t| t.next);
        let hour = self.digits(hour_at).or_else(|| self.ordinal(hour_at)).or_else(|| self.number_word(hour_at))?;
        if hour.value > 24 || hour.digits > 2 || (hour.digits == 0 && hour.value > 12) {
            return None;
        }
        let (mut minute, mut second, mut next, mut exact) = (0i32, 0u32, hour.next, false);
        let sixty = |n: &Number| n.value < 60 && n.digits <= 2;
        if let Some(m) =
            self.mark(next, ":").filter(|_| self.glued(next)).and_then(|m| self.digits(m.1)).filter(|m| m.digits == 2 && sixty(m))
        {
            (minute, next, exact) = (m.value as i32, m.next, true);
            if let Some(s) = self.mark(next, ":").and_then(|m| self.digits(m.1)).filter(sixty) {
                (second, next) = (s.value, s.next);
            }
        }
        // «والنصف», «و18 دقيقة»; «إلا ربعا»
        loop {
            let less = self.key(next, Key::Less);
            let and = self.key_term(next, Key::And).filter(|t| t.next == next + 1).map(|t| t.next);
            let part_at = less.or(and).unwrap_or(next);
            let glued_and = |and_on_term: bool| less.is_some() || and.is_some() || and_on_term;
            let sign = if less.is_some() { -1 } else { 1 };
            if let Some((part, t)) = self.term(part_at, |t| if let Sense::HourPart(n) = t.sense { Some(n) } else { None })
                && glued_and(t.and)
            {
                (minute, next) = (minute + sign * i32::from(part), t.next);
            } else if let Some(n) = self.number(part_at).filter(|n| glued_and(n.and) && n.value < 60)
                && let Some((Unit::Minute, t)) = self.unit(n.next, Count::One).or_else(|| self.unit(n.next, Count::Many))
            {
                (minute, next) = (minute + sign * n.value as i32, t.next);
            } else {
                break;
            }
        }
        let part_at = self.past_key(next, Key::At);
        let part = self
            .term(part_at, |t| if let Sense::DayPart(p) = t.sense { Some(p) } else { None })
            .or_else(|| self.term(next, |t| if let Sense::DayPart(p) = t.sense { Some(p) } else { None }));
        let next = part.as_ref().map_or(next, |p| p.1.next);
        let part = part.map(|p| p.0);
        Some((
            Clock {
                hour: hour.value as i32,
                minute,
                second,
                part,
                exact,
                worded: word.is_some(),
                lam: word.map_or(hour.lam, |t| t.lam),
            },
            next,
        ))
    }

    /// A clock time behind a day: «، الساعة 10:01 صباحا».
    pub(super) fn clock_behind(&self, at: usize) -> Option<(Clock, usize)> {
        let from = self.past_mark(at, "\u{60c},");
        let from = self.key(from, Key::At).or_else(|| self.key(from, Key::In)).unwrap_or(from);
        // «غدا صباحا الساعة 9»
        let part = self.term(from, |t| if let Sense::DayPart(p) = t.sense { Some(p) } else { None });
        let clock_at = part.as_ref().map_or(from, |p| p.1.next);
        let (mut clock, next) = self.clock(clock_at, true)?;
        clock.part = clock.part.or(part.map(|p| p.0));
        Some((clock, next)).filter(|(c, _)| c.worded || self.alone || (c.exact && c.part.is_some()))
    }

    /// A clock time that leads: with a day behind it, or alone.
    pub(super) fn clock_first(&self, at: usize) -> Option<Hit> {
        let start = self.token(at)?.start;
        // «من السادسة للخامسة غدا», «الساعة الثامنة صباحا الى 11 مساء»
        if self.alone
            && let Some((from, to_at)) = self.clock(at, false)
            && (from.worded || self.key_before(at, Key::From))
            && let Some((to, next)) = {
                let to = self.key(to_at, Key::To).or_else(|| self.mark(to_at, "-–").map(|m| m.1));
                self.clock(to.unwrap_or(to_at), false).filter(|c| to.is_some() || c.0.lam)
            }
        {
            let from_part = from.part.or(to.part);
            let (a, b) =
                (Clock { part: from_part, ..from }.time(None)?, Clock { part: to.part.or(from.part), ..to }.time(from_part)?);
            let day = self.relative_day(next);
            let weekday = self.weekday(self.past_key(next, Key::Day)).filter(|w| w.weekday_alone);
            if let Some(mut hit) = weekday {
                (hit.start, hit.first, hit.time, hit.rule) = (start, at, Some((a, Some(b))), "clock-range");
                return Some(hit);
            }
            let end = day.as_ref().map_or(self.anchor.day(), |d| d.value.map(|w| w.from));
            let value = self.anchor.day().and_then(|d| Ok(if end? > d { When::range(d, end?) } else { When::range(d, d) }));
            let mut hit = self.hit(at, start, day.map_or(next, |d| d.next), value, "clock-range");
            hit.time = Some((a, Some(b)));
            return Some(hit);
        }
        let bare = || self.clock(at, false).filter(|(c, _)| self.alone && c.part.is_some());
        let (clock, next) = self.clock(at, true).or_else(bare)?;
        let time = clock.time(None)?;
        let day_at = self.past_key(self.past_mark(next, "\u{60c},"), Key::Of);
        let day_at = self.past_key(day_at, Key::Day);
        let day =
            self.weekday(day_at).or_else(|| self.relative_day(day_at)).or_else(|| self.date_behind(next)).filter(Hit::is_day);
        let mut hit = match day {
            // A figure that is not worded may be a score.
            Some(day) if clock.worded || clock.part.is_some() => Hit { start, first: at, ..day },
            _ if self.alone => self.hit(at, start, next, self.anchor.day().map(When::day), "clock"),
            _ => return None,
        };
        hit.time = Some((time, None));
        Some(hit)
    }
}

/// A clock time as told.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clock {
    hour: i32,
    minute: i32,
    second: u32,
    part: Option<DayPart>,
    /// Told as `14:30`.
    exact: bool,
    /// «Hour» stands before it.
    worded: bool,
    /// «To» is glued to it.
    lam: bool,
}

impl Clock {
    /// On the clock of 24 hours. Without a part of the day an hour from one to six is in the afternoon, unless told as `04:30`.
    pub(super) fn time(self, like: Option<DayPart>) -> Option<Time> {
        let hour = match self.part.or(like) {
            Some(DayPart::Am) if self.hour == 12 && self.minute >= 0 => 0,
            Some(DayPart::Pm | DayPart::Noon) if self.hour < 11 || (self.hour == 11 && self.part == Some(DayPart::Pm)) => {
                self.hour + 12
            }
            Some(DayPart::Night) if self.hour == 12 => 0,
            Some(DayPart::Night) if (5..12).contains(&self.hour) => self.hour + 12,
            None if (1..=6).contains(&self.hour) && !self.exact && !self.lam && self.worded => self.hour + 12,
            _ => self.hour,
        };
        let minutes = (hour * 60 + self.minute).rem_euclid(24 * 60);
        Time::new((minutes / 60) as i8, (minutes % 60) as i8, self.second as i8, 0).ok()
    }
}
