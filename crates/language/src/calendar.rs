//! Calendar arithmetic: the Hijri calendar beside the civil one.
//!
//! Hijri dates are those of Umm al-Qura, the calendar of Saudi offices and press, whose months were printed year by year and follow
//! no one formula. The library `hijri_date` knows them from 1357 to 1499 (March 1938 to November 2076), after the dates that R. H.
//! van Gent (Utrecht) collected; outside these years the tabular civil calendar stands in, which may differ by a day or two.
//! `icu_calendar` would be the library at hand, but it reckons the rule of today back over the years before 1420, so missing the
//! calendar of the time by a day in many months, and brings some thirty crates with it; `hijri_date` brings `chrono`.
//!
//! Where the press gives a Hijri and a Gregorian date side by side the Gregorian one decides: a month once printed may still be
//! moved by a day, by a sighting or by a later print.

use std::ops::RangeInclusive;

use hijri_date::HijriDate;
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// Which calendar the words of a date belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Calendar {
    /// The civil calendar, proleptic.
    Gregorian,
    /// Umm al-Qura.
    Hijri,
}

impl Calendar {
    /// `gregorian` or `hijri`, as records write it.
    pub fn name(self) -> &'static str {
        match self {
            Calendar::Gregorian => "gregorian",
            Calendar::Hijri => "hijri",
        }
    }
}

/// 1 Muharram of the year 1 in the tabular civil calendar (16 July 622 Julian); days are counted from it.
const EPOCH: Date = date(622, 7, 19);

/// The years that `hijri_date` answers for.
const UMM_AL_QURA: RangeInclusive<i32> = 1357..=1499;

/// The years that we answer for.
const YEARS: RangeInclusive<i32> = 1..=2000;

/// The first of a Hijri month; `None` if there is no such month or the year is outside [`YEARS`], but for the month that ends them.
fn first_of_month(year: i32, month: u8) -> Option<Date> {
    let known = YEARS.contains(&year) || (year, month) == (YEARS.end() + 1, 1);
    if !known || !(1..=12).contains(&month) {
        return None;
    }
    if UMM_AL_QURA.contains(&year) {
        // `hijri_date` panics on a month 0 and trusts the day to be one of the month's: it is asked for firsts of true months alone.
        let first = HijriDate::from_hijri(usize::try_from(year).ok()?, month.into(), 1).ok()?;
        let (year, month, day) = (first.year_gr(), first.month_gr(), first.day_gr());
        return Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok();
    }
    // Eleven leap years in thirty; months of 30 and 29 days by turns.
    let days = (year - 1) * 354 + (3 + 11 * year) / 30 + (59 * (i32::from(month) - 1) + 1) / 2;
    EPOCH.checked_add(days.days()).ok()
}

/// The civil date of a Hijri day; `None` if the month has no such day or the year is outside 1..=2000.
pub fn hijri_to_civil(year: i32, month: u8, day: u8) -> Option<Date> {
    let (first, last) = hijri_month(year, month)?;
    let date = first.checked_add((i64::from(day) - 1).days()).ok()?;
    (first..=last).contains(&date).then_some(date)
}

/// The Hijri year, month and day of a civil date; `None` outside the Hijri years 1..=2000.
pub fn civil_to_hijri(date: Date) -> Option<(i32, u8, u8)> {
    let days = EPOCH.until(date).ok()?.get_days();
    // A month never begins more than a few days from where months of the mean length would have it.
    let mean = (f64::from(days) / 29.530_588).floor() as i32 + 12;
    (mean - 1..=mean + 1).find_map(|months| {
        let (year, month) = (months.div_euclid(12), months.rem_euclid(12) as u8 + 1);
        let (first, last) = hijri_month(year, month)?;
        let day = first.until(date).ok()?.get_days() + 1;
        (first..=last).contains(&date).then_some((year, month, day as u8))
    })
}

/// First and last civil day of a Hijri month. Months join without gap, also where one calendar takes over from the other.
pub fn hijri_month(year: i32, month: u8) -> Option<(Date, Date)> {
    let first = first_of_month(year, month)?;
    let next = if month == 12 { first_of_month(year.checked_add(1)?, 1) } else { first_of_month(year, month + 1) };
    Some((first, next?.yesterday().ok()?))
}

/// First and last civil day of a Hijri year.
pub fn hijri_year(year: i32) -> Option<(Date, Date)> {
    Some((hijri_month(year, 1)?.0, hijri_month(year, 12)?.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_days_of_umm_al_qura() {
        assert_eq!(hijri_to_civil(1436, 10, 25), Some(date(2015, 8, 10)));
        assert_eq!(hijri_to_civil(1445, 9, 1), Some(date(2024, 3, 11)));
        assert_eq!(hijri_to_civil(1, 1, 1), Some(EPOCH));
        assert_eq!(civil_to_hijri(date(2015, 8, 10)), Some((1436, 10, 25)));
        assert_eq!(civil_to_hijri(date(622, 7, 18)), None);
    }

    #[test]
    fn what_is_no_day_is_none() {
        let no_days = [
            (1436, 0, 1),
            (1436, 13, 1),
            (1436, 1, 31),
            (1436, 1, 0),
            (0, 1, 1),
            (2001, 1, 1),
            (i32::MAX, 12, 1),
            (i32::MIN, 1, 1),
        ];
        for (y, m, d) in no_days {
            assert_eq!(hijri_to_civil(y, m, d), None, "{y}-{m}-{d}");
        }
        assert_eq!(hijri_month(i32::MAX, 12), None);
        assert_eq!(hijri_year(i32::MAX), None);
        assert_eq!(hijri_year(2001), None);
    }

    #[test]
    fn months_join_without_gap() {
        let mut next = EPOCH;
        for (year, month) in YEARS.flat_map(|y| (1..=12).map(move |m| (y, m))) {
            let (first, last) = hijri_month(year, month).unwrap();
            assert_eq!(first, next, "{year}-{month}");
            assert!((27..=30).contains(&first.until(last).unwrap().get_days()), "{year}-{month}");
            next = last.tomorrow().unwrap();
        }
        assert_eq!(hijri_year(2000).unwrap().1.tomorrow().unwrap(), next);
        assert_eq!(civil_to_hijri(next), None);
    }

    #[test]
    fn every_day_of_the_printed_years_comes_back() {
        // One year more at each end, where one calendar takes over from the other.
        let (mut day, end) = (hijri_year(1356).unwrap().0, hijri_year(1500).unwrap().1);
        while day <= end {
            let (y, m, d) = civil_to_hijri(day).unwrap_or_else(|| panic!("{day}"));
            assert_eq!(hijri_to_civil(y, m, d), Some(day), "{y}-{m}-{d}");
            day = day.tomorrow().unwrap();
        }
    }

    proptest! {
        #[test]
        fn any_numbers_are_a_day_that_comes_back_or_none(
            y in prop_oneof![any::<i32>(), -10..=2100], m in prop_oneof![any::<u8>(), 0u8..=13], d in prop_oneof![any::<u8>(), 0u8..=32],
        ) {
            if let Some(date) = hijri_to_civil(y, m, d) {
                prop_assert_eq!(civil_to_hijri(date), Some((y, m, d)));
            }
            hijri_month(y, m);
            hijri_year(y);
        }

        #[test]
        fn any_civil_day_comes_back_or_is_none(y in -9999i16..=9999, m in 1i8..=12, d in 1i8..=28) {
            let date = date(y, m, d);
            match civil_to_hijri(date) {
                Some((y, m, d)) => prop_assert_eq!(hijri_to_civil(y, m, d), Some(date)),
                None => prop_assert!(!(623..=2500).contains(&y)),
            }
        }
    }
}
