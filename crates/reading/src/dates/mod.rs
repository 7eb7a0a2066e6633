//! Calendar expressions: what a text names by day, month and year, settled by the day of publication.
//!
//! A text is cut once into words, numbers and marks ([`lex`]); each word's calendar senses come from the lexicon
//! ([`words`]); a recursive-descent grammar over the senses ([`grammar`]) reads one expression at a time, and
//! [`settle`] turns what it names into days. Nothing here knows a word of Arabic.
//!
//! Where a text consists of calendar words alone (a field of a form, a search), it is read as one means it there: a
//! weekday or a duration names a day (`منذ ثلاث سنوات`), a month has the year of reference, a clock time counts. In running
//! prose durations and clock times are no dates, and what the text leaves open is taken to lie nearest to the day of publication.

mod grammar;
mod lex;
mod settle;
mod words;

#[cfg(test)]
mod tests;

use musnad_text::Span;

pub use musnad_language::calendar::Calendar;
pub use words::{DateWords, DateWordsError};

use crate::DateValue;
use settle::Anchor;

/// What the grammar around a weekday says of its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// It has been: the last such day, the day of publication included.
    Past,
    /// It is to come: the next such day, the day of publication included.
    Future,
    /// Not said.
    Unknown,
}

/// How much of the calendar a date covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grain {
    /// One day.
    Day,
    /// Seven days from Monday.
    Week,
    /// A month of the Gregorian or the Hijri year.
    Month,
    /// A Gregorian or Hijri year.
    Year,
    /// From one day to another.
    Range,
}

/// A calendar expression of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateFound {
    /// Its words in bytes of the text, without clitics and without «day», «month», «year» before it.
    pub span: Span,
    /// What it names, to the day at finest; or why that is open.
    pub value: DateValue,
    /// `HH:MM:SS`, of the day or of both ends (`04:00:00/05:15:00`), where a clock time stands beside.
    pub time: Option<String>,
    /// The calendar of its words; `value` is Gregorian always.
    pub calendar: Calendar,
    /// How much of the calendar it covers.
    pub grain: Grain,
    /// The step of the grammar that read it.
    pub rule: &'static str,
    /// Monday is 1; set where the expression names a weekday.
    pub weekday: Option<u8>,
    /// Whether nothing but the tense settles which weekday is meant: [`resolve_weekday`] settles it anew.
    pub weekday_alone: bool,
}

impl DateFound {
    /// The value with its clock time (`2018-02-22T14:30:00`); `None` if it is unresolved.
    pub fn date_time(&self) -> Option<String> {
        let DateValue::Iso(day) = &self.value else {
            return None;
        };
        let Some(time) = &self.time else {
            return Some(day.clone());
        };
        let (from, to) = day.split_once('/').unwrap_or((day, day));
        Some(match time.split_once('/') {
            Some((start, end)) => format!("{from}T{start}/{to}T{end}"),
            None => format!("{from}T{time}"),
        })
    }
}

/// Reads every calendar expression of `text`, in text order, none overlapping another.
///
/// `published` is an ISO 8601 date or date-time; anything else counts as not known.
pub fn read(text: &str, published: Option<&str>, words: &DateWords) -> Vec<DateFound> {
    grammar::read(text, Anchor::new(published), words)
}

/// The day that a weekday (Monday is 1) names when its tense is known; `Unknown` takes the last one.
pub fn resolve_weekday(weekday: u8, published: Option<&str>, tense: Tense) -> DateValue {
    match Anchor::new(published).weekday(weekday, tense) {
        Ok(day) => DateValue::Iso(day.to_string()),
        Err(why) => DateValue::Unresolved(why.into()),
    }
}
