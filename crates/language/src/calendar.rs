//! Calendar arithmetic: the Hijri calendar beside the civil one.
//!
//! Hijri dates are those of Umm al-Qura, the calendar of Saudi offices and press, whose months are announced
//! tables and follow no formula. `icu_calendar` carries the tables for the years 1300 to 1600; it is preferred to a table of
//! our own since it is kept right upstream, costs some twenty small crates at build time and a few kilobytes in the program.
//! Outside those years it falls back to the tabular civil calendar, which may differ by a day or two.
//! Where the press gives a Hijri and a Gregorian date side by side the Gregorian one decides: sighting may move a month by a day.

use icu_calendar::{Date as IcuDate, Iso, cal::Hijri, types::Month};
use jiff::civil::Date;

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

/// The civil date of a Hijri day; `None` if the month has no such day or the year is outside 1..=2000.
pub fn hijri_to_civil(year: i32, month: u8, day: u8) -> Option<Date> {
    if !(1..=2000).contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    let date = IcuDate::try_new(
        year.into(),
        Month::new(month),
        day,
        Hijri::new_umm_al_qura(),
    )
    .ok()?
    .to_calendar(Iso);
    Date::new(
        date.year().extended_year() as i16,
        date.month().ordinal as i8,
        date.day_of_month().0 as i8,
    )
    .ok()
}

/// The Hijri year, month and day of a civil date.
pub fn civil_to_hijri(date: Date) -> Option<(i32, u8, u8)> {
    let iso = IcuDate::try_new(
        i32::from(date.year()).into(),
        Month::new(date.month() as u8),
        date.day() as u8,
        Iso,
    )
    .ok()?;
    let hijri = iso.to_calendar(Hijri::new_umm_al_qura());
    Some((
        hijri.year().extended_year(),
        hijri.month().ordinal,
        hijri.day_of_month().0,
    ))
}

/// First and last civil day of a Hijri month.
pub fn hijri_month(year: i32, month: u8) -> Option<(Date, Date)> {
    let next = if month == 12 {
        hijri_to_civil(year + 1, 1, 1)
    } else {
        hijri_to_civil(year, month + 1, 1)
    };
    Some((hijri_to_civil(year, month, 1)?, next?.yesterday().ok()?))
}

/// First and last civil day of a Hijri year.
pub fn hijri_year(year: i32) -> Option<(Date, Date)> {
    Some((
        hijri_to_civil(year, 1, 1)?,
        hijri_to_civil(year + 1, 1, 1)?.yesterday().ok()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn known_days_of_umm_al_qura() {
        assert_eq!(hijri_to_civil(1436, 10, 25), Some(date(2015, 8, 10)));
        assert_eq!(hijri_to_civil(1445, 9, 1), Some(date(2024, 3, 11)));
        assert_eq!(civil_to_hijri(date(2015, 8, 10)), Some((1436, 10, 25)));
    }

    #[test]
    fn what_is_no_day_is_none() {
        for (y, m, d) in [
            (1436, 0, 1),
            (1436, 13, 1),
            (1436, 1, 31),
            (0, 1, 1),
            (i32::MAX, 1, 1),
        ] {
            assert_eq!(hijri_to_civil(y, m, d), None);
        }
    }

    #[test]
    fn months_join_without_gap() {
        for year in 1400..1450 {
            for month in 1..=11 {
                let (_, end) = hijri_month(year, month).unwrap();
                assert_eq!(
                    end.tomorrow().unwrap(),
                    hijri_month(year, month + 1).unwrap().0
                );
            }
            assert_eq!(
                hijri_month(year, 12).unwrap().1,
                hijri_year(year).unwrap().1
            );
        }
    }
}
