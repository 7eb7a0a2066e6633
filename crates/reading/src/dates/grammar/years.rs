//! Years.

use super::{Hit, Number, Reader, join, numbers::calendar_of};
use crate::dates::lex::Kind;
use crate::dates::settle::{NO_SUCH_DAY, When};
use crate::dates::words::{Key, Sense};
use crate::dates::{Calendar, Grain};

impl Reader<'_> {
    /// «عام 2013», «صيف 2018», «1436هـ», «في 2009».
    pub(super) fn year(&self, at: usize) -> Option<Hit> {
        let season = self.key_term(at, Key::Season).filter(|t| !t.definite);
        let years_at = season.map_or(at, |t| t.next);
        let years = self.key_term(years_at, Key::Years);
        let number_at = years.map_or(years_at, |t| t.next);
        let n = match years {
            Some(_) => self
                .number(number_at)
                .filter(|n| (3..=4).contains(&n.digits) || (n.digits == 0 && n.value >= 1000 && n.value < 3000))?,
            None => self.digits(number_at).filter(|n| n.digits == 4)?,
        };
        let (next, era) = self.era(n.next);
        let calendar = era.unwrap_or(if n.value >= 1340 { calendar_of(n.value) } else { Calendar::Gregorian });
        let own_range = self.mark(next, "-–−/").and_then(|m| self.digits(m.1)).filter(|m| m.digits == 4);
        let hijri = era == Some(Calendar::Hijri) && (1300..1600).contains(&n.value);
        let bare = years.is_none() && season.is_none() && !hijri;
        if bare && !((1900..2100).contains(&n.value) && self.year_expected(number_at, n, era)) {
            return None;
        }
        if own_range.is_none() && self.in_figure(number_at, n.next) || (years.is_none() && self.counted(next)) {
            return None;
        }
        let year = |n: u32| When::year_of(calendar, n as i32).ok_or(NO_SUCH_DAY);
        let start = season.map_or(n.start, |t| t.start);
        let mut hit = self.hit(at, start, next, year(n.value), if season.is_some() { "season" } else { "year" });
        hit.calendar = calendar;
        if let Some(second) = own_range.filter(|m| m.value > n.value && m.value - n.value < 200) {
            let (next, _) = self.era(second.next);
            (hit.value, hit.next, hit.rule) = (join(hit.value, year(second.value)), next, "year-range");
        }
        Some(hit)
    }

    /// Whether a bare number from 1900 on is a year here.
    pub(super) fn year_expected(&self, at: usize, n: Number, era: Option<Calendar>) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return self.alone;
        };
        let listed = self.last.is_some_and(|(end, grain)| {
            grain == Grain::Year
                && end == before
                && (self.key(before, Key::And).is_some() || self.mark(before, "\u{60c},").is_some())
        });
        let prepared = [Key::In, Key::DatedNoun, Key::YearedNoun, Key::PartOfSpan, Key::From, Key::Between]
            .iter()
            .any(|&k| self.key_before(at, k));
        // «في 2000 مدرسة» counts; a round number is a year only where nothing follows that it could count.
        let round = n.value.is_multiple_of(100)
            && self.token(n.next).is_some_and(|t| t.kind == Kind::Word)
            && !self.lexed.terms(n.next).iter().any(|t| t.and || matches!(t.sense, Sense::Key(_)));
        era == Some(Calendar::Gregorian) || self.alone || ((listed || prepared) && !round)
    }
}
