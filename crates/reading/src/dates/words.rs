//! The calendar lexicon, compiled: folded words to what they do in a calendar expression.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

use serde::Deserialize;

use super::lex::{FEH, WAW, fold};

/// What a word or phrase does in a calendar expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// A month of the civil year. `weak`: the word is a common word or name as well.
    Month {
        number: u8,
        weak: bool,
    },
    HijriMonth(u8),
    /// Monday is 1.
    Weekday(u8),
    /// Without the article, where the word means other things too.
    BareWeekday(u8),
    Number(u32),
    Ordinal(u8),
    /// «الحادي» of «الحادي والعشرين».
    CompoundOrdinal(u8),
    Unit(Unit, Count),
    /// Days from the day of publication.
    Day(i8),
    Side(Side),
    Key(Key),
    DayPart(DayPart),
    /// Minutes.
    HourPart(u8),
    /// «Early», «mid», «late»: a third of a month.
    Third(u8),
    /// Something is to come, or has been.
    Tense(super::Tense),
}

/// A span of the calendar or the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// Grammatical number of a unit word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    One,
    Two,
    Many,
}

/// Where a span lies, seen from the day of publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Side {
    BeforePast,
    Past,
    Present,
    Future,
    AfterFuture,
}

impl Side {
    /// Spans from the present one.
    pub(super) fn shift(self) -> i32 {
        self as i32 - Side::Present as i32
    }
}

/// Part of the day, for the twelve-hour clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum DayPart {
    Am,
    Noon,
    Pm,
    Night,
}

/// Function words; the lexicon's `[keys]` table lists the words of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Key {
    From,
    To,
    Between,
    And,
    Of,
    In,
    This,
    Before,
    Since,
    After,
    Within,
    About,
    Corresponding,
    Last,
    HijriMark,
    GregorianMark,
    PartOfSpan,
    Season,
    Years,
    Months,
    Day,
    DatedNoun,
    YearedNoun,
    Numbered,
    Clock,
    At,
    Less,
    Article,
    Anchored,
    CountedFrom,
    FromNow,
    Inert,
    WithWeekday,
    Same,
    NoDayAfter,
    NoDayBefore,
    Nowadays,
}

/// One sense of a phrase that begins with the word it is filed under.
#[derive(Debug)]
pub(super) struct Phrase {
    /// The folded words after the first.
    pub(super) rest: Box<[Box<str>]>,
    pub(super) sense: Sense,
    /// Whether the article was put before the listed form.
    pub(super) definite: bool,
}

/// The calendar words of a language, compiled for look-up.
#[derive(Debug)]
pub struct DateWords {
    phrases: HashMap<Box<str>, Vec<Phrase>>,
    future_prefixes: Vec<String>,
    not_future: Shapes,
    spelled_future: Vec<String>,
    spelled_not_future: Vec<String>,
    imperfect_prefixes: Vec<String>,
    not_imperfect: Shapes,
    no_month: Vec<String>,
    deeds: HashSet<String>,
}

/// Why a calendar lexicon could not be compiled.
#[derive(Debug, thiserror::Error)]
pub enum DateWordsError {
    /// It is not TOML of the expected form.
    #[error("calendar lexicon: {0}")]
    Form(#[from] toml::de::Error),
    /// A table's key is no number, or one out of range.
    #[error("calendar lexicon: [{table}] has the key {key:?}, which is out of range")]
    Number {
        /// Name of the table.
        table: &'static str,
        /// The key as written.
        key: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lexicon {
    gregorian_months: Table,
    hijri_months: Table,
    weekdays: Table,
    bare_weekdays: Table,
    numbers: Table,
    ordinals: Table,
    compound_ordinals: Table,
    units: BTreeMap<Unit, UnitForms>,
    days: Table,
    sides: BTreeMap<Side, Vec<String>>,
    keys: BTreeMap<Key, Vec<String>>,
    day_parts: BTreeMap<DayPart, Vec<String>>,
    hour_parts: Table,
    thirds: Table,
    tense: TenseForms,
    deeds: Deeds,
    weak: Weak,
}

/// Numbers, as TOML keys, to the words for them.
type Table = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitForms {
    #[serde(default)]
    one: Vec<String>,
    #[serde(default)]
    two: Vec<String>,
    #[serde(default)]
    many: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TenseForms {
    future: Vec<String>,
    past: Vec<String>,
    future_prefixes: Vec<String>,
    not_future: Vec<String>,
    spelled_future: Vec<String>,
    spelled_not_future: Vec<String>,
    imperfect_prefixes: Vec<String>,
    not_imperfect: Vec<String>,
}

/// Verbs in the perfect, and what persons put behind them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Deeds {
    verbs: Vec<String>,
    endings: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Weak {
    months: Vec<String>,
    spelled: Vec<String>,
}

impl Deeds {
    fn forms(&self) -> impl Iterator<Item = String> {
        self.verbs.iter().flat_map(|verb| self.endings.iter().map(move |ending| fold(&format!("{verb}{ending}"))))
    }
}

impl DateWords {
    /// The Arabic lexicon that is compiled into the program.
    pub fn arabic() -> &'static DateWords {
        static ARABIC: OnceLock<DateWords> = OnceLock::new();
        ARABIC.get_or_init(|| {
            DateWords::from_toml(include_str!("../../../../language/ar/lexicon/calendar.toml"))
                .expect("the built-in calendar lexicon is well-formed: a test compiles it")
        })
    }

    /// Compiles a lexicon of the form of `language/ar/lexicon/calendar.toml`.
    pub fn from_toml(source: &str) -> Result<DateWords, DateWordsError> {
        let lexicon: Lexicon = toml::from_str(source)?;
        let folds = |forms: &[String]| forms.iter().map(|w| fold(w)).collect::<Vec<_>>();
        let mut words = DateWords {
            phrases: HashMap::new(),
            future_prefixes: folds(&lexicon.tense.future_prefixes),
            not_future: Shapes::new(&lexicon.tense.not_future),
            imperfect_prefixes: folds(&lexicon.tense.imperfect_prefixes),
            not_imperfect: Shapes::new(&lexicon.tense.not_imperfect),
            spelled_future: lexicon.tense.spelled_future,
            spelled_not_future: lexicon.tense.spelled_not_future,
            no_month: lexicon.weak.spelled,
            deeds: lexicon.deeds.forms().collect(),
        };
        let weak: Vec<String> = lexicon.weak.months.iter().map(|w| fold(w)).collect();
        let small = |n: i64| n as u8; // each table's range is checked below
        words.table("gregorian_months", &lexicon.gregorian_months, 1..=12, false, |n, form| Sense::Month {
            number: small(n),
            weak: weak.contains(&fold(form)),
        })?;
        words.table("hijri_months", &lexicon.hijri_months, 1..=12, false, |n, _| Sense::HijriMonth(small(n)))?;
        words.table("weekdays", &lexicon.weekdays, 1..=7, false, |n, _| Sense::Weekday(small(n)))?;
        words.table("bare_weekdays", &lexicon.bare_weekdays, 1..=7, false, |n, _| Sense::BareWeekday(small(n)))?;
        words.table("numbers", &lexicon.numbers, 1..=9000, true, |n, _| Sense::Number(n as u32))?;
        words.table("ordinals", &lexicon.ordinals, 1..=31, true, |n, _| Sense::Ordinal(small(n)))?;
        words.table("compound_ordinals", &lexicon.compound_ordinals, 1..=9, true, |n, _| Sense::CompoundOrdinal(small(n)))?;
        words.table("days", &lexicon.days, -7..=7, false, |n, _| Sense::Day(n as i8))?;
        words.table("hour_parts", &lexicon.hour_parts, 1..=59, false, |n, _| Sense::HourPart(small(n)))?;
        words.table("thirds", &lexicon.thirds, 1..=3, false, |n, _| Sense::Third(small(n)))?;
        for (&unit, forms) in &lexicon.units {
            for (count, forms) in [(Count::One, &forms.one), (Count::Two, &forms.two), (Count::Many, &forms.many)] {
                words.add(forms, true, Sense::Unit(unit, count));
            }
        }
        for (&side, forms) in &lexicon.sides {
            words.add(forms, true, Sense::Side(side));
        }
        for (&key, forms) in &lexicon.keys {
            words.add(forms, key == Key::Years || key == Key::Months, Sense::Key(key));
        }
        for (&part, forms) in &lexicon.day_parts {
            words.add(forms, false, Sense::DayPart(part));
        }
        words.add(&lexicon.tense.future, false, Sense::Tense(super::Tense::Future));
        words.add(&lexicon.tense.past, false, Sense::Tense(super::Tense::Past));
        for phrases in words.phrases.values_mut() {
            phrases.sort_by_key(|p| std::cmp::Reverse(p.rest.len()));
        }
        Ok(words)
    }

    fn table(
        &mut self,
        name: &'static str,
        table: &Table,
        range: std::ops::RangeInclusive<i64>,
        article: bool,
        sense: impl Fn(i64, &str) -> Sense,
    ) -> Result<(), DateWordsError> {
        for (key, forms) in table {
            let number = key.parse().ok().filter(|n| range.contains(n));
            let number = number.ok_or_else(|| DateWordsError::Number { table: name, key: key.clone() })?;
            for form in forms {
                self.add(std::slice::from_ref(form), article, sense(number, form));
            }
        }
        Ok(())
    }

    /// Files each form under its first word; with `article`, also with the article before it.
    fn add(&mut self, forms: &[String], article: bool, sense: Sense) {
        for form in forms {
            let folded = fold(form);
            if article && !folded.starts_with(ARTICLE) {
                self.file(&format!("{ARTICLE}{folded}"), sense, true);
            }
            let definite = folded.starts_with(ARTICLE);
            self.file(&folded, sense, definite);
        }
    }

    fn file(&mut self, folded: &str, sense: Sense, definite: bool) {
        let mut parts = folded.split_whitespace().map(Box::from);
        let Some(first) = parts.next() else { return };
        let rest: Box<[Box<str>]> = parts.collect();
        let filed: &mut Vec<Phrase> = self.phrases.entry(first).or_default();
        if !filed.iter().any(|p| p.rest == rest && p.sense == sense) {
            filed.push(Phrase { rest, sense, definite });
        }
    }

    /// All phrases that begin with a folded word, longest first.
    pub(super) fn phrases(&self, first: &str) -> &[Phrase] {
        self.phrases.get(first).map_or(&[], Vec::as_slice)
    }

    /// Whether a word is no month in just this spelling, though it folds to one.
    pub(super) fn is_no_month(&self, spelled: &str) -> bool {
        self.no_month.iter().any(|w| w == spelled)
    }

    /// Whether a word, folded and as spelled, with or without «and», looks like an imperfect verb with the future prefix.
    pub(super) fn is_future_verb(&self, folded: &str, spelled: &str) -> bool {
        let folded = folded.strip_prefix([WAW, FEH]).unwrap_or(folded);
        let spelled = spelled.strip_prefix([WAW, FEH]).unwrap_or(spelled);
        (begins(folded, &self.future_prefixes) && !self.not_future.contain(folded))
            || (begins(spelled, &self.spelled_future) && !begins(spelled, &self.spelled_not_future))
    }

    /// Whether a folded word, with or without «and», is a verb that tells of a deed done on one day.
    pub(super) fn is_deed(&self, folded: &str) -> bool {
        self.deeds.contains(folded) || folded.strip_prefix([WAW, FEH]).is_some_and(|verb| self.deeds.contains(verb))
    }

    /// Whether a folded word, with or without «and», looks like an imperfect verb, other than one of telling.
    pub(super) fn is_imperfect(&self, folded: &str) -> bool {
        let folded = folded.strip_prefix(WAW).unwrap_or(folded);
        begins(folded, &self.imperfect_prefixes) && !self.not_imperfect.contain(folded)
    }
}

/// Words, and beginnings of words (listed with a star).
#[derive(Debug)]
struct Shapes {
    words: HashSet<String>,
    beginnings: Vec<String>,
}

impl Shapes {
    fn new(listed: &[String]) -> Shapes {
        let (beginnings, words): (Vec<_>, Vec<_>) = listed.iter().partition(|w| w.ends_with('*'));
        let beginnings = beginnings.iter().map(|w| fold(w.trim_end_matches('*'))).collect();
        Shapes { words: words.iter().map(|w| fold(w)).collect(), beginnings }
    }

    fn contain(&self, folded: &str) -> bool {
        self.words.contains(folded) || self.beginnings.iter().any(|b| folded.starts_with(b.as_str()))
    }
}

/// Whether a word of four letters or more begins with one of these.
fn begins(folded: &str, prefixes: &[String]) -> bool {
    folded.chars().nth(3).is_some() && prefixes.iter().any(|p| folded.starts_with(p.as_str()))
}

/// The Arabic article, as folded words have it.
pub(super) const ARTICLE: &str = "\u{627}\u{644}";
