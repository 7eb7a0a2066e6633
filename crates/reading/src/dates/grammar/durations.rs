//! Durations from the day of publication: «two days ago».

use super::{Hit, Reader};
use crate::dates::settle::{ANCHORED, Anchor, NO_HOUR, NO_SUCH_DAY, When};
use crate::dates::words::{Count, Key, Sense, Unit};
use crate::dates::{Calendar, Tense};
use jiff::civil::Date;

impl Reader<'_> {
    /// «يومين», «ثلاثة أشهر», «شهر واحد»: how many of what, whether Hijri, the token after.
    pub(super) fn duration(&self, at: usize) -> Option<(u32, Unit, bool, usize)> {
        let at = self.past_key(at, Key::About);
        let (n, unit, next) = if let Some(n) = self.number(at)
            && let Some((unit, t)) = self.unit(n.next, Count::One).or_else(|| self.unit(n.next, Count::Many))
        {
            if t.definite {
                return None;
            }
            (n.value, unit, t.next)
        } else if let Some((unit, t)) = self.unit(at, Count::Two) {
            if t.definite || self.digits(t.next).is_some() {
                return None;
            }
            (2, unit, t.next)
        } else {
            let (unit, t) = self.unit(at, Count::One).filter(|u| !u.1.definite)?;
            if let Some(one) = self.number_word(t.next).filter(|n| n.value == 1) {
                (1, unit, one.next)
            } else {
                // «قبل يوم الأحد», «بعد عام 2013», «قبل شهر رمضان» name their day, year, month.
                let names = self.digits(t.next).is_some()
                    || self.lexed.terms(t.next).iter().any(|t| !matches!(t.sense, Sense::Key(_) | Sense::Tense(_)) && !t.and);
                if names {
                    return None;
                }
                (1, unit, t.next)
            }
        };
        let (next, era) = self.era(next);
        Some((n, unit, era == Some(Calendar::Hijri), next))
    }

    /// «قبل يومين», «بعد ثلاثة أشهر»; where nothing else stands also «منذ 3 سنوات», «خلال سنتين».
    pub(super) fn away(&self, at: usize) -> Option<Hit> {
        let ((back, key), t) = self.term(at, |t| match t.sense {
            Sense::Key(Key::Before) => Some((true, Key::Before)),
            Sense::Key(Key::Since) if self.alone => Some((true, Key::Since)),
            Sense::Key(Key::After) => Some((false, Key::After)),
            Sense::Key(Key::Within) if self.alone => Some((false, Key::Within)),
            _ => None,
        })?;
        let (n, unit, hijri, mut next) = self.duration(t.next)?;
        let n = if back { -i64::from(n) } else { i64::from(n) };
        let clock = matches!(unit, Unit::Second | Unit::Minute | Unit::Hour);
        if clock && !self.alone {
            return None;
        }
        let from_now = self.key(next, Key::FromNow);
        next = from_now.unwrap_or(next);
        let anchored = from_now.is_none() && self.key_term(next, Key::CountedFrom).is_some_and(|t| !t.and);
        // «يوما بعد يوم»
        if at > 0 && self.lexed.terms(at - 1).iter().any(|t| matches!(t.sense, Sense::Unit(..)) && !t.definite && t.next == at) {
            return None;
        }
        if clock {
            return self.away_by_clock(at, t.start, next, unit, n);
        }
        let mut value = if anchored && self.alone {
            // «بعد تسعة وثلاثين يوم من اول رجب»
            let of = self.past_key(next, Key::Of);
            let from =
                self.figures(of).or_else(|| self.month_or_day(of)).or_else(|| self.relative_day(of)).filter(|h| h.is_day())?;
            next = from.next;
            from.value.and_then(|w| self.anchor.away(w.from, unit, n, hijri))
        } else if anchored || (key == Key::After && from_now.is_none() && !self.alone && self.tense(at) != Tense::Future) {
            Err(ANCHORED)
        } else {
            self.anchor.day().and_then(|day| self.anchor.away(day, unit, n, hijri))
        };
        let mut weekday = None;
        let day_at = self.past_key(next, Key::Day);
        if let Some((w, t)) = self.weekday_term(day_at).filter(|w| self.alone && !w.1.and) {
            value = value.map(Anchor::at).and_then(|near| near.weekday(w, Tense::Future));
            (next, weekday) = (t.next, Some(w));
        }
        let grain = |day: Date| match unit {
            Unit::Month if !self.alone => When::month(day),
            Unit::Year if !self.alone => When::year(day),
            _ => When::day(day),
        };
        let mut hit = self.hit(at, t.start, next, value.map(grain), if back { "ago" } else { "ahead" });
        hit.calendar = if hijri { Calendar::Hijri } else { Calendar::Gregorian };
        hit.weekday = weekday;
        Some(hit)
    }

    pub(super) fn away_by_clock(&self, at: usize, start: usize, next: usize, unit: Unit, n: i64) -> Option<Hit> {
        use jiff::ToSpan;
        let moment = || {
            let day = self.anchor.day()?;
            let time = self.anchor.time.ok_or(NO_HOUR)?;
            let span = match unit {
                Unit::Second => n.seconds(),
                Unit::Minute => n.minutes(),
                _ if n.abs() < 100_000_000 => n.hours(),
                _ => return Err(NO_SUCH_DAY),
            };
            day.to_datetime(time).checked_add(span).map_err(|_| NO_SUCH_DAY)
        };
        let moment = moment();
        let mut hit = self.hit(at, start, next, moment.map(|m| When::day(m.date())), if n < 0 { "ago" } else { "ahead" });
        hit.time = moment.ok().map(|m| (m.time(), None));
        Some(hit)
    }
}
