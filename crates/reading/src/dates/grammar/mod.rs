//! The grammar of calendar expressions: one method for each form, over the senses of the words.
//!
//! At every token the forms compete and the longest reading wins. The grammar settles values as it reads, since the
//! day of publication decides between readings.

mod clock;
mod cursor;
mod days;
mod durations;
mod figures;
mod months;
mod nowadays;
mod numbers;
mod years;

use jiff::civil::Time;
use musnad_text::{Span, quotations};

use super::lex::{Kind, Lexed};
use super::settle::{self, ANCHORED, Anchor, NO_SUCH_DAY, When, Why, YearRef};
use super::words::{DateWords, Key, Sense, Side};
use super::{Calendar, DateFound, Grain, Tense};
use crate::DateValue;

/// A text of calendar words alone is at most so many tokens long.
const ALONE_TOKENS: usize = 20;
/// How far before a weekday its verb may stand, in tokens.
const TENSE_REACH: usize = 30;
/// How far before a weekday an imperfect verb may stand whose day it is (`yusharik al-arbi'a'`).
const VERB_REACH: usize = 3;

pub(super) fn read(text: &str, anchor: Anchor, words: &DateWords) -> Vec<DateFound> {
    let lexed = Lexed::new(text, words);
    let quoted = quotations(text).into_iter().filter(|q| q.closed).map(|q| q.inner).collect();
    let mut reader = Reader { text, alone: stands_alone(&lexed), lexed, anchor, words, quoted, last: None };
    let mut hits: Vec<Hit> = Vec::new();
    let mut at = 0;
    while at < reader.lexed.tokens.len() {
        let Some(hit) = reader.expression(at) else {
            at += 1;
            continue;
        };
        at = hit.next;
        reader.last = Some((hit.next, hit.grain()));
        hits.push(hit);
        if let [.., first, second] = hits.as_mut_slice() {
            reader.tie(first, second);
            reader.follow(first, second);
        }
    }
    hits.into_iter().map(|hit| reader.found(hit)).collect()
}

/// Whether the text consists of calendar words alone.
fn stands_alone(lexed: &Lexed) -> bool {
    lexed.tokens.len() <= ALONE_TOKENS
        && lexed.tokens.iter().enumerate().all(|(at, t)| match t.kind {
            Kind::Word => {
                lexed.terms(at).iter().any(|t| !matches!(t.sense, Sense::Tense(_) | Sense::Key(Key::DatedNoun | Key::YearedNoun)))
            }
            Kind::Break => false,
            _ => true,
        })
}

/// One reading.
#[derive(Debug, Clone)]
struct Hit {
    /// First byte.
    start: usize,
    /// First token.
    first: usize,
    /// The token after it.
    next: usize,
    value: Result<When, Why>,
    calendar: Calendar,
    time: Option<(Time, Option<Time>)>,
    rule: &'static str,
    weekday: Option<u8>,
    weekday_alone: bool,
    /// Month and day, where the year was left open.
    open_year: Option<(u8, Option<u8>)>,
}

impl Hit {
    fn grain(&self) -> Grain {
        self.value.map_or(Grain::Day, |w| w.grain)
    }

    fn is_day(&self) -> bool {
        self.grain() == Grain::Day
    }
}

/// A month's name, or two names of the same month.
#[derive(Debug, Clone, Copy)]
struct Month {
    calendar: Calendar,
    number: u8,
    start: usize,
    next: usize,
    /// Whether the word is no other word, or «month» or its second name stands beside it.
    sure: bool,
}

/// A number in digits or words.
#[derive(Debug, Clone, Copy)]
struct Number {
    value: u32,
    /// 0 where it is in words.
    digits: u8,
    start: usize,
    next: usize,
    and: bool,
    lam: bool,
}

struct Reader<'a> {
    text: &'a str,
    lexed: Lexed,
    anchor: Anchor,
    words: &'a DateWords,
    /// What stands in quotation marks, in the order of the opening ones.
    quoted: Vec<Span>,
    /// Whether the text is calendar words alone.
    alone: bool,
    /// Where the last expression ended, and its grain.
    last: Option<(usize, Grain)>,
}

impl Reader<'_> {
    fn hit(&self, first: usize, start: usize, next: usize, value: Result<When, Why>, rule: &'static str) -> Hit {
        let calendar = value.map_or(Calendar::Gregorian, |w| w.calendar);
        Hit { start, first, next, value, calendar, time: None, rule, weekday: None, weekday_alone: false, open_year: None }
    }

    /// The longest reading at a token.
    fn simple(&self, at: usize) -> Option<Hit> {
        match self.token(at)?.kind {
            Kind::Mark(_) | Kind::Break => return None,
            Kind::Word if self.lexed.terms(at).is_empty() => return None,
            _ => {}
        }
        if let Some(t) = self.key_term(at, Key::Anchored) {
            return Some(self.hit(at, t.start, t.next, Err(ANCHORED), "anchored"));
        }
        let readings = [
            self.clock_first(at),
            self.figures(at),
            self.days_of_figures(at),
            self.nth_of_month(at),
            self.month_or_day(at),
            self.year(at),
            self.unit_span(at),
            self.away(at),
            self.weekday(at),
            self.relative_day(at),
        ];
        let mut best: Option<Hit> = None;
        for hit in readings.into_iter().flatten() {
            if best.as_ref().is_none_or(|b| hit.next > b.next) {
                best = Some(hit);
            }
        }
        best
    }

    /// A reading with what belongs to it: the time behind a day, the end of a range.
    fn expression(&self, at: usize) -> Option<Hit> {
        let mut hit = self.simple(at)?;
        if hit.is_day()
            && hit.time.is_none()
            && let Some((clock, next)) = self.clock_behind(hit.next)
            && let Some(time) = clock.time(None)
        {
            (hit.time, hit.next) = (Some((time, None)), next);
        }
        if hit.time.is_none()
            && let Some(range) = self.range(&hit)
        {
            return Some(range);
        }
        self.tens_of_month(&mut hit);
        Some(hit)
    }

    /// «من 12 مايو إلى 3 يونيو», «بين عامي 2010 و2015», «12 يناير 2016 - 2016/01/22».
    fn range(&self, first: &Hit) -> Option<Hit> {
        let between = self.opened_by(first.first, Key::Between);
        let dash = self.mark(first.next, "-–−").filter(|_| first.is_day() && !first.weekday_alone).map(|m| m.1);
        let to = self.key(first.next, Key::To).filter(|_| self.alone || self.opened_by(first.first, Key::From));
        let and = self.key_term(first.next, Key::And).filter(|t| between && t.next == first.next + 1).map(|t| t.next);
        let second_at = dash.or(to).or(and).or_else(|| between.then_some(first.next))?;
        let skip = self
            .key(second_at, Key::Day)
            .or_else(|| self.key(second_at, Key::Years).filter(|_| self.digits(second_at).is_some()));
        let mut second = self.simple(second_at);
        if second.is_none() && first.grain() == Grain::Year {
            // «وبين عامي 2010 و2015»
            let n = self.digits(second_at).filter(|n| n.digits == 4)?;
            let (next, _) = self.era(n.next);
            second = Some(self.hit(
                second_at,
                n.start,
                next,
                When::year_of(first.calendar, n.value as i32).ok_or(NO_SUCH_DAY),
                "year",
            ));
        }
        let second = second.or_else(|| self.simple(skip?))?;
        let and_glued = self.lexed.terms(second.first).iter().any(|t| t.and);
        if dash.or(to).or(and).is_none() && !and_glued {
            return None;
        }
        if second.grain() != first.grain() || second.time.is_some() || second.calendar != first.calendar {
            return None;
        }
        let (mut from, to) = (first.value, second.value.ok()?);
        if let Some((month, day)) = first.open_year
            && second.open_year.is_none()
        {
            let year = i32::from(to.to.year());
            let build = |year| self.anchor.month(first.calendar, month, day, YearRef::Given(year), Tense::Unknown, false);
            from = if first.calendar == Calendar::Gregorian { build(year) } else { from };
            if from.is_ok_and(|f| f.from > to.to) {
                from = build(year - 1);
            }
        }
        // «من الاثنين إلى الخميس»: the first such day after.
        let mut to = to;
        if let (true, true, Some(weekday)) = (first.weekday_alone, second.weekday_alone, second.weekday) {
            to = When::day(Anchor::at(from.ok()?.from).weekday_by_side(weekday, Side::Future).ok()?);
        }
        let from = from.ok().filter(|f| f.from < to.from)?;
        let mut hit = self.hit(first.first, first.start, second.next, Ok(When::range(from.from, to.to)), "range");
        hit.calendar = first.calendar;
        Some(hit)
    }

    /// Whether «from» or «between» opens the expression that begins at `at`.
    fn opened_by(&self, at: usize, key: Key) -> bool {
        self.key_before(at, key)
            || (at > 0
                && [Key::Day, Key::Months, Key::Years].iter().any(|&k| self.key(at - 1, k) == Some(at))
                && self.key_before(at - 1, key))
    }

    /// «أوائل مارس» is the month; where nothing else stands, its first ten days.
    fn tens_of_month(&self, hit: &mut Hit) {
        if !self.alone || hit.grain() != Grain::Month || hit.calendar != Calendar::Gregorian {
            return;
        }
        let mut before = hit.first;
        if before > 0 && self.key(before - 1, Key::Months) == Some(before) {
            before -= 1;
        }
        let Some((third, _)) = before.checked_sub(1).and_then(|at| {
            self.term(at, |t| match t.sense {
                Sense::Third(n) if t.next == before => Some(n),
                _ => None,
            })
        }) else {
            return;
        };
        hit.value = hit.value.and_then(|month| {
            let day = |n: i8| month.from.with().day(n).build().map_err(|_| NO_SUCH_DAY);
            Ok(match third {
                1 => When::range(month.from, day(10)?),
                2 => When::range(day(11)?, day(20)?),
                _ => When::range(day(21)?, month.to),
            })
        });
    }

    /// A Hijri and a Gregorian day side by side are one day: the Gregorian one decides.
    fn tie(&self, first: &mut Hit, second: &mut Hit) {
        let (hijri, gregorian) = match (first.calendar, second.calendar) {
            (Calendar::Hijri, Calendar::Gregorian) => (&mut *first, &*second),
            (Calendar::Gregorian, Calendar::Hijri) => (&mut *second, &*first),
            _ => return,
        };
        let (from, to) =
            if hijri.start < gregorian.start { (hijri.next, gregorian.first) } else { (gregorian.next, hijri.first) };
        let joined = to.saturating_sub(from) <= 4
            && (from..to).all(|at| match self.token(at).map(|t| t.kind) {
                Some(Kind::Mark(c)) => "\u{60c},()[]/-–=:".contains(c),
                Some(Kind::Word) => self
                    .lexed
                    .terms(at)
                    .iter()
                    .any(|t| matches!(t.sense, Sense::Key(Key::Corresponding | Key::Day | Key::To | Key::Of))),
                _ => false,
            });
        if joined
            && let (Ok(h), Ok(g)) = (hijri.value, gregorian.value)
            && h.grain == Grain::Day
            && g.grain == Grain::Day
            && settle::distance(h.from, g.from) <= 2
        {
            hijri.value = Ok(When { calendar: Calendar::Hijri, ..g });
        }
    }

    /// «الخميس والجمعة»: of two weekdays side by side the second is the one after the first.
    fn follow(&self, first: &Hit, second: &mut Hit) {
        let joined = second.first == first.next && self.lexed.terms(second.first).iter().any(|t| t.and);
        if let (true, true, true, Some(weekday), Ok(before)) =
            (joined, first.weekday_alone, second.weekday_alone, second.weekday, first.value)
        {
            second.value = Anchor::at(before.from).weekday_by_side(weekday, Side::Future).map(When::day);
        }
    }

    /// What stands before a weekday in its sentence says whether it has been; the nearest such word decides.
    fn tense(&self, at: usize) -> Tense {
        let mut opening = None;
        for back in (at.saturating_sub(TENSE_REACH)..at).rev() {
            match self.token(back).map(|t| t.kind) {
                Some(Kind::Break | Kind::Mark('.' | '!' | '\u{61f}' | '?' | ';' | '\u{61b}')) | None => break,
                Some(Kind::Word) => {}
                _ => continue,
            }
            opening = Some(back);
            let tense = self.term(back, |t| if let Sense::Tense(tense) = t.sense { Some(tense) } else { None });
            if let Some((tense, _)) = tense {
                return tense;
            }
            if !self.lexed.terms(back).is_empty() {
                continue;
            }
            let folded = self.lexed.folded(back);
            if self.words.is_future_verb(folded, self.spelled(back)) || at - back <= VERB_REACH && self.words.is_imperfect(folded)
            {
                return Tense::Future;
            }
        }
        match opening {
            Some(first) if self.lexed.terms(first).is_empty() && self.words.is_imperfect(self.lexed.folded(first)) => {
                Tense::Future
            }
            _ => Tense::Unknown,
        }
    }

    fn spelled(&self, at: usize) -> &str {
        self.token(at).and_then(|t| self.text.get(t.start..t.end)).unwrap_or_default()
    }

    /// A verb before a month says less: only what is to come counts.
    fn tense_of_month(&self, at: usize) -> Tense {
        match self.tense(at) {
            Tense::Future => Tense::Future,
            _ => Tense::Unknown,
        }
    }

    fn found(&self, hit: Hit) -> DateFound {
        let clock = |t: Time| t.strftime("%H:%M:%S").to_string();
        let when = hit.value;
        let mut value = match when {
            Ok(when) => DateValue::Iso(when.iso()),
            Err(why) => DateValue::Unresolved(why.into()),
        };
        // A range of hours within one day has one day.
        if let (Ok(when), Some(_)) = (when, hit.time)
            && when.from == when.to
        {
            value = DateValue::Iso(when.from.to_string());
        }
        DateFound {
            span: Span::new(hit.start, self.end(hit.next).max(hit.start)),
            value,
            time: hit.time.map(|(from, to)| match to {
                Some(to) => format!("{}/{}", clock(from), clock(to)),
                None => clock(from),
            }),
            calendar: hit.calendar,
            grain: hit.grain(),
            rule: hit.rule,
            weekday: hit.weekday,
            weekday_alone: hit.weekday_alone,
        }
    }
}

/// From the first day of one to the last of the other.
fn join(from: Result<When, Why>, to: Result<When, Why>) -> Result<When, Why> {
    let (from, to) = (from?, to?);
    if from.from > to.to { Err(NO_SUCH_DAY) } else { Ok(When { calendar: from.calendar, ..When::range(from.from, to.to) }) }
}
