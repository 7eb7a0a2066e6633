//! What an expression names, as days: arithmetic on the day of publication.

use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};
use musnad_language::calendar::{Calendar, civil_to_hijri, hijri_month, hijri_to_civil, hijri_year};

use super::words::{Side, Unit};
use super::{Grain, Tense};

/// Why a value is open.
pub(super) type Why = &'static str;

pub(super) const NO_PUBLICATION: Why = "no day of publication";
pub(super) const NO_HOUR: Why = "no hour of publication";
pub(super) const NO_SUCH_DAY: Why = "no such day in the calendar";
pub(super) const ANCHORED: Why = "counted from another event";
pub(super) const IN_A_NAME: Why = "a day in the name of an event";

/// Days from `from` to `to`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct When {
    pub(super) from: Date,
    pub(super) to: Date,
    pub(super) grain: Grain,
    pub(super) calendar: Calendar,
}

impl When {
    pub(super) fn day(day: Date) -> When {
        When { from: day, to: day, grain: Grain::Day, calendar: Calendar::Gregorian }
    }

    pub(super) fn range(from: Date, to: Date) -> When {
        When { from, to, grain: Grain::Range, calendar: Calendar::Gregorian }
    }

    pub(super) fn week(day: Date) -> Option<When> {
        let from = day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()?;
        Some(When { grain: Grain::Week, ..When::range(from, from.checked_add(6.days()).ok()?) })
    }

    pub(super) fn month(day: Date) -> When {
        When { grain: Grain::Month, ..When::range(day.first_of_month(), day.last_of_month()) }
    }

    pub(super) fn year(day: Date) -> When {
        When { grain: Grain::Year, ..When::range(day.first_of_year(), day.last_of_year()) }
    }

    /// The year of a calendar.
    pub(super) fn year_of(calendar: Calendar, year: i32) -> Option<When> {
        match calendar {
            Calendar::Gregorian => Some(When::year(Date::new(i16::try_from(year).ok()?, 1, 1).ok()?)),
            Calendar::Hijri => {
                let (from, to) = hijri_year(year)?;
                Some(When { grain: Grain::Year, calendar, ..When::range(from, to) })
            }
        }
    }

    pub(super) fn iso(self) -> String {
        let gregorian = self.calendar == Calendar::Gregorian;
        match self.grain {
            Grain::Day => self.from.to_string(),
            Grain::Month if gregorian => self.from.strftime("%Y-%m").to_string(),
            Grain::Year if gregorian => self.from.strftime("%Y").to_string(),
            _ => format!("{}/{}", self.from, self.to),
        }
    }
}

/// How the text gives the year of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum YearRef {
    Given(i32),
    /// The last, this, the next such month.
    Side(Side),
    /// So many years from this one.
    Shift(i32),
    Open,
}

/// The day, and perhaps the time, that relative expressions count from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Anchor {
    day: Option<Date>,
    pub(super) time: Option<Time>,
}

impl Anchor {
    pub(super) fn new(published: Option<&str>) -> Anchor {
        let published = published.map(str::trim).unwrap_or_default();
        let day = published.get(..10).and_then(|d| d.parse().ok());
        let clock = published.get(11..).unwrap_or_default();
        let clock = &clock[..clock.bytes().take_while(|b| b.is_ascii_digit() || *b == b':').count()];
        let time = clock.parse().ok().filter(|_| day.is_some());
        Anchor { day, time }
    }

    pub(super) fn at(day: Date) -> Anchor {
        Anchor { day: Some(day), time: None }
    }

    pub(super) fn day(&self) -> Result<Date, Why> {
        self.day.ok_or(NO_PUBLICATION)
    }

    pub(super) fn days_on(&self, days: i64) -> Result<Date, Why> {
        self.day()?.checked_add(days.days()).map_err(|_| NO_SUCH_DAY)
    }

    /// Monday is 1. An open tense takes the last one, as reports tell what has been.
    pub(super) fn weekday(&self, weekday: u8, tense: Tense) -> Result<Date, Why> {
        let ahead = days_ahead(self.day()?, weekday);
        self.days_on(if tense == Tense::Future || ahead == 0 { ahead } else { ahead - 7 })
    }

    /// The last, this week's or the next such day; never the day of publication itself but for `Present`.
    pub(super) fn weekday_by_side(&self, weekday: u8, side: Side) -> Result<Date, Why> {
        let today = self.day()?;
        let ahead = days_ahead(today, weekday);
        self.days_on(match side {
            Side::Past => ahead - 7,
            Side::BeforePast => ahead - 14,
            Side::Present => i64::from(weekday) - i64::from(today.weekday().to_monday_one_offset()),
            Side::Future if ahead == 0 => 7,
            Side::Future => ahead,
            Side::AfterFuture if ahead == 0 => 14,
            Side::AfterFuture => ahead + 7,
        })
    }

    /// The such weekday nearest to so many days from publication: «yesterday, Sunday» trusts the weekday.
    pub(super) fn weekday_near(&self, weekday: u8, days: i64) -> Result<Date, Why> {
        let near = self.days_on(days)?;
        let ahead = days_ahead(near, weekday);
        self.days_on(days + if ahead > 3 { ahead - 7 } else { ahead })
    }

    /// The weekday of the week so many weeks from this one. Weeks begin on Monday or, as Arab countries count, on
    /// Sunday; a Sunday is that of the nearer week.
    pub(super) fn weekday_of_week(&self, weekday: u8, weeks: i32) -> Result<Date, Why> {
        let this_week = i64::from(weekday) - i64::from(self.day()?.weekday().to_monday_one_offset());
        let days = this_week + 7 * i64::from(weeks);
        self.days_on(if weekday == 7 && weeks > 0 { days - 7 } else { days })
    }

    /// The span so many units from the present one.
    pub(super) fn unit(&self, unit: Unit, shift: i32, hijri: bool) -> Result<When, Why> {
        let today = self.day()?;
        let n = i64::from(shift);
        let day = |span| today.checked_add(span).map_err(|_| NO_SUCH_DAY);
        match unit {
            Unit::Day => Ok(When::day(day(n.days())?)),
            Unit::Week => When::week(day(n.weeks())?).ok_or(NO_SUCH_DAY),
            Unit::Month => Ok(When::month(day(n.months())?)),
            Unit::Year if hijri => {
                let (year, ..) = civil_to_hijri(today).ok_or(NO_SUCH_DAY)?;
                When::year_of(Calendar::Hijri, year + shift).ok_or(NO_SUCH_DAY)
            }
            Unit::Year => Ok(When::year(day(n.years())?)),
            _ => Err(NO_HOUR),
        }
    }

    /// The day, at the grain of the unit, so many units away from `from`.
    pub(super) fn away(&self, from: Date, unit: Unit, n: i64, hijri: bool) -> Result<Date, Why> {
        if n.abs() > 100_000 {
            return Err(NO_SUCH_DAY);
        }
        let span = match unit {
            Unit::Day => n.days(),
            Unit::Week => n.weeks(),
            Unit::Month if !hijri => n.months(),
            Unit::Quarter => (3 * n).months(),
            Unit::Year if !hijri && n.abs() < 9999 => n.years(),
            Unit::Month | Unit::Year if hijri => {
                let (year, month, day) = civil_to_hijri(from).ok_or(NO_SUCH_DAY)?;
                let months = i64::from(year) * 12 + i64::from(month) - 1 + if unit == Unit::Year { 12 * n } else { n };
                let (year, month) = (months.div_euclid(12) as i32, (months.rem_euclid(12) + 1) as u8);
                return hijri_to_civil(year, month, day).or_else(|| hijri_month(year, month).map(|m| m.1)).ok_or(NO_SUCH_DAY);
            }
            _ => return Err(NO_HOUR),
        };
        from.checked_add(span).map_err(|_| NO_SUCH_DAY)
    }

    /// A month, or a day of it. `alone`: an open year is the year of publication, else the nearest that the tense allows.
    pub(super) fn month(
        &self,
        calendar: Calendar,
        month: u8,
        day: Option<u8>,
        year: YearRef,
        tense: Tense,
        alone: bool,
    ) -> Result<When, Why> {
        let build = |year: i32| build(calendar, year, month, day).ok_or(NO_SUCH_DAY);
        if let YearRef::Given(year) = year {
            return build(year);
        }
        let today = self.day()?;
        let this_year = match calendar {
            Calendar::Gregorian => i32::from(today.year()),
            Calendar::Hijri => civil_to_hijri(today).ok_or(NO_SUCH_DAY)?.0,
        };
        let candidates = || [this_year - 1, this_year, this_year + 1].into_iter().filter_map(|y| build(y).ok());
        match year {
            YearRef::Given(year) => build(year),
            YearRef::Shift(shift) => build(this_year + shift),
            YearRef::Side(Side::Present) => build(this_year),
            YearRef::Side(side @ (Side::Past | Side::BeforePast)) => {
                let last = candidates().rfind(|w| w.to < today).ok_or(NO_SUCH_DAY)?;
                if side == Side::Past { Ok(last) } else { build(year_number(calendar, last.from) - 1) }
            }
            YearRef::Side(side) => {
                let next = candidates().find(|w| w.from > today).ok_or(NO_SUCH_DAY)?;
                if side == Side::Future { Ok(next) } else { build(year_number(calendar, next.from) + 1) }
            }
            YearRef::Open if alone => build(this_year),
            YearRef::Open => {
                candidates()
                    .filter(|w| match tense {
                        Tense::Past => w.from <= today,
                        Tense::Future => w.to >= today,
                        Tense::Unknown => true,
                    })
                    .min_by_key(|w| {
                        if w.from <= today && today <= w.to { 0 } else { distance(w.from, today).min(distance(w.to, today)) }
                    })
                    .ok_or(NO_SUCH_DAY)
            }
        }
    }
}

fn build(calendar: Calendar, year: i32, month: u8, day: Option<u8>) -> Option<When> {
    match (calendar, day) {
        (Calendar::Gregorian, day) => {
            let date = Date::new(i16::try_from(year).ok()?, month as i8, day.unwrap_or(1) as i8).ok()?;
            Some(if day.is_some() { When::day(date) } else { When::month(date) })
        }
        (Calendar::Hijri, Some(day)) => {
            // Sighting may give a month a day that the table has not: that is the first of the next.
            let date = hijri_to_civil(year, month, day)
                .or_else(|| (day == 30).then(|| hijri_month(year, month)).flatten()?.1.tomorrow().ok())?;
            Some(When { calendar, ..When::day(date) })
        }
        (Calendar::Hijri, None) => {
            let (from, to) = hijri_month(year, month)?;
            Some(When { grain: Grain::Month, calendar, ..When::range(from, to) })
        }
    }
}

fn year_number(calendar: Calendar, day: Date) -> i32 {
    match calendar {
        Calendar::Gregorian => i32::from(day.year()),
        Calendar::Hijri => civil_to_hijri(day).map_or(0, |h| h.0),
    }
}

/// Days from `day` to the next such weekday, 0 to 6.
fn days_ahead(day: Date, weekday: u8) -> i64 {
    (i64::from(weekday) - i64::from(day.weekday().to_monday_one_offset())).rem_euclid(7)
}

/// Whole days between two dates.
pub(super) fn distance(a: Date, b: Date) -> i64 {
    a.until(b).map_or(i64::MAX, |s| i64::from(s.get_days()).abs())
}

/// The n-th such weekday of a month, counted from its end where `n` is `None`.
pub(super) fn nth_weekday(month: When, weekday: u8, n: Option<u8>) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(weekday as i8).ok()?;
    month.from.nth_weekday_of_month(n.map_or(-1, |n| n.min(9) as i8), weekday).ok()
}

/// The n-th whole week of a month, counted from its end where `n` is `None`.
pub(super) fn nth_week(month: When, n: Option<u8>) -> Option<When> {
    let inside = match n {
        None => nth_weekday(month, 7, None)?,
        Some(n) => nth_weekday(month, 1, Some(n))?,
    };
    When::week(inside)
}
