//! The grammar of calendar expressions: one method for each form, over the senses of the words.
//!
//! At every token the forms compete and the longest reading wins. The grammar settles values as it reads, since the
//! day of publication decides between readings.

use jiff::civil::{Date, Time};
use musnad_text::Span;

use super::lex::{Kind, Lexed, Term, Token};
use super::settle::{self, ANCHORED, Anchor, NO_HOUR, NO_SUCH_DAY, When, Why, YearRef};
use super::words::{Count, DateWords, DayPart, Key, Sense, Side, Unit};
use super::{Calendar, DateFound, Grain, Tense};
use crate::DateValue;

/// A text of calendar words alone is at most so many tokens long.
const ALONE_TOKENS: usize = 20;
/// How far before a weekday its verb may stand, in tokens.
const TENSE_REACH: usize = 30;

pub(super) fn read(text: &str, anchor: Anchor, words: &DateWords) -> Vec<DateFound> {
    let lexed = Lexed::new(text, words);
    let mut reader = Reader {
        alone: stands_alone(&lexed),
        lexed,
        anchor,
        words,
        last: None,
    };
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
        }
    }
    hits.into_iter().map(|hit| reader.found(hit)).collect()
}

/// Whether the text consists of calendar words alone.
fn stands_alone(lexed: &Lexed) -> bool {
    lexed.tokens.len() <= ALONE_TOKENS
        && lexed.tokens.iter().enumerate().all(|(at, t)| match t.kind {
            Kind::Word => lexed
                .terms(at)
                .iter()
                .any(|t| !matches!(t.sense, Sense::Tense(_) | Sense::Key(Key::DatedNoun))),
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
    lexed: Lexed,
    anchor: Anchor,
    words: &'a DateWords,
    /// Whether the text is calendar words alone.
    alone: bool,
    /// Where the last expression ended, and its grain.
    last: Option<(usize, Grain)>,
}

// Words and marks.
impl Reader<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        self.lexed.tokens.get(at)
    }

    /// The longest term at a token that `pick` takes.
    fn term<T>(&self, at: usize, pick: impl Fn(&Term) -> Option<T>) -> Option<(T, Term)> {
        let mut best: Option<(T, Term)> = None;
        for term in self.lexed.terms(at) {
            if best.as_ref().is_none_or(|b| term.next > b.1.next)
                && let Some(value) = pick(term)
            {
                best = Some((value, *term));
            }
        }
        best
    }

    fn key(&self, at: usize, key: Key) -> Option<usize> {
        self.key_term(at, key).map(|t| t.next)
    }

    fn key_term(&self, at: usize, key: Key) -> Option<Term> {
        self.term(at, |t| (t.sense == Sense::Key(key)).then_some(()))
            .map(|t| t.1)
    }

    /// Whether a phrase of this key ends just before `at`.
    fn key_before(&self, at: usize, key: Key) -> bool {
        (1..=3).any(|back| {
            at.checked_sub(back).is_some_and(|from| {
                self.lexed
                    .terms(from)
                    .iter()
                    .any(|t| t.sense == Sense::Key(key) && t.next == at)
            })
        })
    }

    fn side(&self, at: usize) -> Option<(Side, usize)> {
        let (side, term) = self.term(at, |t| match t.sense {
            Sense::Side(side)
                if t.definite || !matches!(side, Side::Past | Side::Present | Side::Future) =>
            {
                Some(side)
            }
            _ => None,
        })?;
        (!term.and && !term.lam && !term.preposition).then_some((side, term.next))
    }

    fn unit(&self, at: usize, count: Count) -> Option<(Unit, Term)> {
        self.term(at, |t| match t.sense {
            Sense::Unit(unit, c) if c == count => Some(unit),
            _ => None,
        })
    }

    fn weekday_term(&self, at: usize) -> Option<(u8, Term)> {
        self.term(at, |t| {
            if let Sense::Weekday(day) = t.sense {
                Some(day)
            } else {
                None
            }
        })
    }

    fn mark(&self, at: usize, marks: &str) -> Option<(char, usize)> {
        match self.token(at)?.kind {
            Kind::Mark(c) if marks.contains(c) => Some((c, at + 1)),
            _ => None,
        }
    }

    /// `at`, or past a mark if one of these stands there.
    fn past_mark(&self, at: usize, marks: &str) -> usize {
        self.mark(at, marks).map_or(at, |m| m.1)
    }

    /// `at`, or past a key if it stands there.
    fn past_key(&self, at: usize, key: Key) -> usize {
        self.key(at, key).unwrap_or(at)
    }

    fn end(&self, next: usize) -> usize {
        next.checked_sub(1)
            .and_then(|at| self.token(at))
            .map_or(0, |t| t.end)
    }

    /// Whether `next` stands right behind the token before it.
    fn glued(&self, next: usize) -> bool {
        self.token(next).is_some_and(|t| !t.gap)
    }

    /// Whether a number is part of a longer figure: 3.5, 12:30, 1,500, 2+2.
    fn in_figure(&self, first: usize, next: usize) -> bool {
        let before = first >= 2
            && self.glued(first)
            && self
                .mark(first - 1, ".,:/+-–\u{66b}\u{66c}\u{60c}")
                .is_some()
            && self.glued(first - 1)
            && matches!(
                self.token(first - 2).map(|t| t.kind),
                Some(Kind::Number { .. })
            );
        let after = self.glued(next)
            && self.mark(next, ".,:/+-–\u{66b}\u{66c}\u{60c}%").is_some()
            && self.glued(next + 1)
            && matches!(
                self.token(next + 1).map(|t| t.kind),
                Some(Kind::Number { .. })
            );
        before || after || self.mark(next, "%\u{66a}").is_some()
    }
}

// Numbers.
impl Reader<'_> {
    fn digits(&self, at: usize) -> Option<Number> {
        let token = self.token(at)?;
        match token.kind {
            Kind::Number { value, digits } => Some(Number {
                value,
                digits,
                start: token.start,
                next: at + 1,
                and: false,
                lam: false,
            }),
            _ => None,
        }
    }

    /// One number word or phrase.
    fn number_word(&self, at: usize) -> Option<Number> {
        let (value, t) = self.term(at, |t| {
            if let Sense::Number(n) = t.sense {
                Some(n)
            } else {
                None
            }
        })?;
        Some(Number {
            value,
            digits: 0,
            start: t.start,
            next: t.next,
            and: t.and,
            lam: t.lam,
        })
    }

    /// Digits, or number words added up: «ألفين وخمسة عشر».
    fn number(&self, at: usize) -> Option<Number> {
        if let Some(number) = self.digits(at) {
            return Some(number);
        }
        let first = self.number_word(at)?;
        let (mut total, mut below, mut next) = (0u32, first.value, first.next);
        if below >= 1000 {
            (total, below) = (below, 0);
        }
        loop {
            let and_word = self
                .key_term(next, Key::And)
                .filter(|t| t.next == next + 1)
                .map(|t| t.next);
            let Some(word) = self.number_word(and_word.unwrap_or(next)) else {
                break;
            };
            let value = word.value;
            if and_word.is_none() && !word.and {
                match value {
                    100 if (3..10).contains(&below) => below *= 100,
                    1000 if below > 0 && total == 0 => (total, below) = (below * 1000, 0),
                    _ => break,
                }
            } else {
                let fits = match value {
                    0..100 => {
                        below.is_multiple_of(100)
                            || (below % 100 < 10 && value >= 20 && value.is_multiple_of(10))
                    }
                    100..1000 => below == 0,
                    _ => false,
                };
                if !fits {
                    break;
                }
                below += value;
            }
            next = word.next;
        }
        Some(Number {
            value: total + below,
            next,
            ..first
        })
    }

    /// «الثالث», «الثاني والعشرين»: 1 to 31.
    fn ordinal(&self, at: usize) -> Option<Number> {
        let tens = |at: usize| {
            let and_word = self
                .key_term(at, Key::And)
                .filter(|t| t.next == at + 1)
                .map(|t| t.next);
            let (n, t) = self.term(and_word.unwrap_or(at), |t| match t.sense {
                Sense::Ordinal(n @ (20 | 30)) => Some(n),
                _ => None,
            })?;
            (t.and || and_word.is_some()).then_some((n, t.next))
        };
        let number = |value: u8, t: Term, next| Number {
            value: u32::from(value),
            digits: 0,
            start: t.start,
            next,
            and: t.and,
            lam: t.lam,
        };
        if let Some((unit, t)) = self.term(at, |t| {
            if let Sense::CompoundOrdinal(n) = t.sense {
                Some(n)
            } else {
                None
            }
        }) && let Some((tens, next)) = tens(t.next)
        {
            return Some(number(unit + tens, t, next));
        }
        let (n, t) = self.term(at, |t| {
            if let Sense::Ordinal(n) = t.sense {
                Some(n)
            } else {
                None
            }
        })?;
        match tens(t.next) {
            Some((tens, next)) if n < 10 => Some(number(n + tens, t, next)),
            _ => Some(number(n, t, t.next)),
        }
        .filter(|n| n.value <= 31)
    }

    /// The day of a month: digits, an ordinal, a number word.
    fn day_number(&self, at: usize) -> Option<Number> {
        if let Some(number) = self.digits(at) {
            return (number.digits <= 2 && (1..=31).contains(&number.value)).then_some(number);
        }
        if let Some((Unit::Day, t)) = self.unit(at, Count::One)
            && t.definite
            && let Some(ordinal) = self.ordinal(t.next)
        {
            return Some(ordinal);
        }
        self.ordinal(at)
            .or_else(|| self.number(at))
            .filter(|n| (1..=31).contains(&n.value))
    }

    /// A year of four digits, or in words from 1000 on.
    fn year_number(&self, at: usize) -> Option<Number> {
        self.number(at)
            .filter(|n| (n.digits == 4 || n.digits == 0) && (1000..=2999).contains(&n.value))
    }

    /// Past «هـ» or «م», and the calendar it names.
    fn era(&self, at: usize) -> (usize, Option<Calendar>) {
        if let Some(next) = self.key(at, Key::HijriMark) {
            (next, Some(Calendar::Hijri))
        } else if let Some(next) = self.key(at, Key::GregorianMark) {
            (next, Some(Calendar::Gregorian))
        } else {
            (at, None)
        }
    }
}

/// The calendar of a year without a mark: no report tells of the Gregorian years that are Hijri years now.
fn calendar_of(year: u32) -> Calendar {
    if (1300..=1500).contains(&year) {
        Calendar::Hijri
    } else {
        Calendar::Gregorian
    }
}

// Months.
impl Reader<'_> {
    fn month_name(&self, at: usize) -> Option<Month> {
        let worded = self.key_term(at, Key::Months);
        let name_at = worded.map_or(at, |t| t.next);
        let named = self.term(name_at, |t| match t.sense {
            Sense::Month { number, weak } => Some((Calendar::Gregorian, number, weak)),
            Sense::HijriMonth(number) => Some((Calendar::Hijri, number, true)),
            _ => None,
        });
        let Some(((calendar, number, weak), t)) = named else {
            // «شهر 2», «شهر عشرة»
            worded?;
            let n = self
                .number(name_at)
                .filter(|n| (1..=12).contains(&n.value) && n.digits <= 2)?;
            let counted = self
                .lexed
                .terms(n.next)
                .iter()
                .any(|t| matches!(t.sense, Sense::Unit(..)));
            return (!counted && !self.in_figure(name_at, n.next)).then_some(Month {
                calendar: Calendar::Gregorian,
                number: n.value as u8,
                start: n.start,
                next: n.next,
                sure: true,
            });
        };
        let mut month = Month {
            calendar,
            number,
            start: t.start,
            next: t.next,
            sure: !weak || worded.is_some(),
        };
        // A second name: «آب (أغسطس)», «تموز/يوليو», «فبراير - شباط».
        let (open, second_at) = self
            .mark(t.next, "/-–−([\u{60c}\\")
            .map_or((' ', t.next), |m| m);
        let second = self.term(second_at, |t| match t.sense {
            Sense::Month { number: n, .. } if n == number && calendar == Calendar::Gregorian => {
                Some(())
            }
            _ => None,
        });
        if let Some((_, second)) = second.filter(|s| !s.1.and) {
            month.sure = true;
            month.next = if matches!(open, '(' | '[') {
                self.past_mark(second.next, ")]")
            } else {
                second.next
            };
        }
        Some(month)
    }

    /// What the text says of the year behind a month.
    fn year_of_month(&self, at: usize, calendar: Calendar) -> Option<(YearRef, usize)> {
        let given = |n: Number| {
            let (next, _) = self.era(n.next);
            (YearRef::Given(n.value as i32), next)
        };
        let after_mark = self.past_mark(at, "\u{60c},.");
        let after_mark = self.past_mark(after_mark, "-–/");
        let bare_at = self
            .key(after_mark, Key::Of)
            .or_else(|| self.key(after_mark, Key::In))
            .unwrap_or(after_mark);
        if let Some((side, next)) = self.side(at) {
            // «من العام الماضي» behind it says more.
            let of = self.past_key(next, Key::Of);
            if let Some((Unit::Year, shift, _, next)) = self.unit_by_side(of) {
                return Some((YearRef::Shift(shift), next));
            }
            return Some((YearRef::Side(side), next));
        }
        if let Some((Unit::Year, shift, _, next)) = self.unit_by_side(bare_at) {
            return Some((YearRef::Shift(shift), next));
        }
        if let Some(years) = self
            .key_term(bare_at, Key::Years)
            .or_else(|| self.key_term(after_mark, Key::Years))
        {
            let n = self
                .number(years.next)
                .filter(|n| n.value >= 100 && n.digits <= 4)?;
            return Some(given(n));
        }
        let n = self.year_number(after_mark)?;
        let (_, era) = self.era(n.next);
        let fits = match calendar {
            Calendar::Gregorian => era != Some(Calendar::Hijri),
            Calendar::Hijri => era != Some(Calendar::Gregorian) && n.value < 1600,
        };
        (fits && !self.counted(n.next)).then(|| given(n))
    }

    /// Whether what stands at `at` is counted by the number before it.
    fn counted(&self, at: usize) -> bool {
        self.lexed
            .terms(at)
            .iter()
            .any(|t| !t.and && !t.definite && matches!(t.sense, Sense::Unit(..)))
    }

    /// A month, and its day or days: `10 مايو`, `من 3 إلى 5 مايو`, `مايو 2015`, `يوليو 13-15`.
    fn month_or_day(&self, at: usize) -> Option<Hit> {
        if let Some(month) = self.month_name(at) {
            return self.month_first(at, month);
        }
        let day = self.day_number(at)?;
        if day.digits > 0 && self.in_figure_but_range(at) {
            return None;
        }
        // A second day before the month: a range, or a list of which this one comes first.
        let (second, is_list) = self.second_day(at, day);
        let last = second.unwrap_or(day);
        if let Some(hit) = self.day_of_span(at, day, last) {
            return Some(hit);
        }
        let mut of = self.past_mark(last.next, if last.digits > 0 { ".-/\u{60c}," } else { "" });
        of = self.past_key(of, Key::Of);
        let month = self.month_name(of)?;
        let (year, next) = self
            .year_of_month(month.next, month.calendar)
            .unwrap_or((YearRef::Open, month.next));
        if year == YearRef::Open && self.key_before(at, Key::DatedNoun) && !self.alone {
            return None; // «ثورة 14 يوليو» is a name
        }
        let settle = |d: Number| {
            let tense = self.tense_of_month(at);
            self.anchor.month(
                month.calendar,
                month.number,
                Some(d.value as u8),
                year,
                tense,
                self.alone,
            )
        };
        let (next, _) = self.era(next);
        let mut hit = self.hit(at, day.start, next, settle(day), "day-month");
        hit.calendar = month.calendar;
        hit.open_year = (year == YearRef::Open).then_some((month.number, Some(day.value as u8)));
        match second {
            Some(_) if is_list => hit.next = day.next,
            Some(second) => {
                hit.value = join(hit.value, settle(second));
                hit.rule = "day-range";
                hit.open_year = None;
            }
            None => {}
        }
        Some(hit)
    }

    /// Whether digits are part of a figure that is no «3-5 مايو».
    fn in_figure_but_range(&self, at: usize) -> bool {
        let range = self
            .mark(at + 1, "-–")
            .is_some_and(|m| self.day_number(m.1).is_some_and(|d| d.digits > 0));
        let full_stop = self
            .mark(at + 1, "./-")
            .is_some_and(|m| self.month_name(m.1).is_some());
        !range && !full_stop && self.in_figure(at, at + 1)
    }

    fn second_day(&self, at: usize, day: Number) -> (Option<Number>, bool) {
        let dash = self.mark(day.next, "-–−").map(|m| m.1);
        if let Some(to) = dash.or_else(|| self.key(day.next, Key::To))
            && let Some(second) = self.day_number(to)
            && (second.digits > 0) == (day.digits > 0)
        {
            return (Some(second), false);
        }
        let between = self.key_before(at, Key::Between);
        if let Some(and) = self
            .key_term(day.next, Key::And)
            .filter(|t| t.next == day.next + 1)
        {
            return (self.day_number(and.next), !between);
        }
        (self.day_number(day.next).filter(|n| n.and), !between)
    }

    /// «16 من هذا الشهر», «الخامس من الشهر المقبل»
    fn day_of_span(&self, at: usize, day: Number, last: Number) -> Option<Hit> {
        let of = self.past_key(last.next, Key::Of);
        let (unit, shift, hijri, next) = self.unit_by_side(of)?;
        if unit != Unit::Month || of == last.next {
            return None;
        }
        let value = self.anchor.unit(Unit::Month, shift, hijri);
        let nth = |n: Number| {
            let first = value?.from;
            first
                .with()
                .day(n.value as i8)
                .build()
                .map(When::day)
                .map_err(|_| NO_SUCH_DAY)
        };
        let value = if last.start == day.start {
            nth(day)
        } else {
            join(nth(day), nth(last))
        };
        Some(self.hit(at, day.start, next, value, "day-of-month"))
    }

    fn month_first(&self, at: usize, month: Month) -> Option<Hit> {
        let Month {
            calendar, number, ..
        } = month;
        let tense = self.tense_of_month(at);
        let settle = |d: Option<Number>, year| {
            self.anchor.month(
                calendar,
                number,
                d.map(|d| d.value as u8),
                year,
                tense,
                self.alone,
            )
        };
        // «يوليو 13», «أكتوبر 11, 1987», «تموز 13 الى 15»
        let day_at = self.past_mark(month.next, "\u{60c},");
        if let Some(day) = self
            .digits(day_at)
            .filter(|d| d.digits <= 2 && (1..=31).contains(&d.value))
        {
            let to = self
                .mark(day.next, "-–−")
                .map(|m| m.1)
                .or_else(|| self.key(day.next, Key::To));
            let second = to
                .and_then(|to| self.digits(to))
                .filter(|d| d.digits <= 2 && (1..=31).contains(&d.value));
            let last = second.unwrap_or(day);
            let year = self.year_of_month(last.next, calendar);
            let closed = self.token(last.next).is_none_or(|t| {
                matches!(t.kind, Kind::Break) || matches!(t.kind, Kind::Mark(c) if c != '%')
            });
            if (year.is_some() || self.alone || (closed && month.sure))
                && !(second.is_none() && self.in_figure(day_at, day.next))
            {
                let (year, next) = year.unwrap_or((YearRef::Open, last.next));
                let (next, _) = self.era(next);
                let mut value = settle(Some(day), year);
                if let Some(second) = second {
                    value = join(value, settle(Some(second), year));
                }
                let mut hit = self.hit(
                    at,
                    month.start,
                    next,
                    value,
                    if second.is_some() {
                        "day-range"
                    } else {
                        "month-day"
                    },
                );
                hit.calendar = calendar;
                hit.open_year = (year == YearRef::Open && second.is_none())
                    .then_some((number, Some(day.value as u8)));
                return Some(hit);
            }
        }
        let year = self.year_of_month(month.next, calendar);
        if year.is_none() && !month.sure && !self.alone {
            let in_time = [Key::In, Key::From, Key::PartOfSpan, Key::To]
                .iter()
                .any(|&k| self.key_before(at, k));
            // «في مارس»; but «في رجب» and «من مارس» may be something else.
            if !in_time
                || calendar == Calendar::Hijri
                || (self.key_before(at, Key::Of) && !self.key_before(at, Key::In))
            {
                return None;
            }
        }
        let (year, next) = year.unwrap_or((YearRef::Open, month.next));
        let (next, _) = if year == YearRef::Open {
            (next, None)
        } else {
            self.era(next)
        };
        let mut hit = self.hit(at, month.start, next, settle(None, year), "month");
        hit.calendar = calendar;
        hit.open_year = (year == YearRef::Open).then_some((number, None));
        Some(hit)
    }
}

// Figures.
impl Reader<'_> {
    /// `21/8/2017`, `2017-08-21`, `14 / 10 / 1436هـ`, `2015.3`, and `21/8` where a day is expected.
    fn figures(&self, at: usize) -> Option<Hit> {
        const SEPARATORS: &str = "/-.–−\\";
        let a = self.digits(at)?;
        let (separator, at_b) = self.mark(a.next, SEPARATORS)?;
        let b = self.digits(at_b).filter(|b| b.digits <= 2)?;
        if at >= 2
            && self.glued(at)
            && self.mark(at - 1, SEPARATORS).is_some()
            && self.digits(at - 2).is_some()
        {
            return None;
        }
        let third = self
            .mark(b.next, SEPARATORS)
            .filter(|m| m.0 == separator)
            .and_then(|m| self.digits(m.1));
        let Some(c) = third else {
            return self.two_figures(at, a, separator, b);
        };
        if self.glued(c.next)
            && self.mark(c.next, "/-–").is_some()
            && self.glued(c.next + 1)
            && self.digits(c.next + 1).is_some()
        {
            return None;
        }
        let (next, era) = self.era(c.next);
        let (year, month, day) = match (a.digits, c.digits) {
            (4, 1..=2) => (a.value, b.value, c.value),
            (1..=2, 4) if b.value > 12 => (c.value, a.value, b.value),
            (1..=2, 4) => (c.value, b.value, a.value),
            (1..=2, 2) if separator == '/' || era.is_some() => {
                let century = if era == Some(Calendar::Hijri) {
                    1400
                } else if c.value < 50 {
                    2000
                } else {
                    1900
                };
                (century + c.value, b.value, a.value)
            }
            _ => return None,
        };
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) || !(1000..3000).contains(&year) {
            return None;
        }
        let calendar = era.unwrap_or(calendar_of(year));
        let value = self.anchor.month(
            calendar,
            month as u8,
            Some(day as u8),
            YearRef::Given(year as i32),
            Tense::Unknown,
            false,
        );
        let mut hit = self.hit(at, a.start, next, value, "figures");
        hit.calendar = calendar;
        Some(hit)
    }

    fn two_figures(&self, at: usize, a: Number, separator: char, b: Number) -> Option<Hit> {
        if self.in_figure(b.next - 1, b.next) && self.mark(b.next, "%\u{66a}:+").is_some() {
            return None;
        }
        if a.digits == 4 && (1900..2100).contains(&a.value) && (1..=12).contains(&b.value) {
            let year = YearRef::Given(a.value as i32);
            let value = self.anchor.month(
                Calendar::Gregorian,
                b.value as u8,
                None,
                year,
                Tense::Unknown,
                false,
            );
            return Some(self.hit(at, a.start, b.next, value, "figures"));
        }
        let day_expected = self.alone
            || self.key_before(at, Key::Day)
            || self.key_before(at, Key::Corresponding)
            || (at > 0 && self.weekday_term(at - 1).is_some())
            || (separator == '/' && b.digits == 2 && b.value < 10);
        if !day_expected
            || a.digits > 2
            || separator == '.'
            || !(1..=31).contains(&a.value)
            || !(1..=12).contains(&b.value)
        {
            return None;
        }
        let tense = self.tense_of_month(at);
        let value = self.anchor.month(
            Calendar::Gregorian,
            b.value as u8,
            Some(a.value as u8),
            YearRef::Open,
            tense,
            self.alone,
        );
        Some(self.hit(at, a.start, b.next, value, "figures"))
    }
}

// Years.
impl Reader<'_> {
    /// «عام 2013», «صيف 2018», «1436هـ», «في 2009».
    fn year(&self, at: usize) -> Option<Hit> {
        let season = self.key_term(at, Key::Season).filter(|t| !t.definite);
        let years_at = season.map_or(at, |t| t.next);
        let years = self.key_term(years_at, Key::Years);
        let number_at = years.map_or(years_at, |t| t.next);
        let n = match years {
            Some(_) => self.number(number_at).filter(|n| {
                (3..=4).contains(&n.digits) || (n.digits == 0 && n.value >= 1000 && n.value < 3000)
            })?,
            None => self.digits(number_at).filter(|n| n.digits == 4)?,
        };
        let (next, era) = self.era(n.next);
        let calendar = era.unwrap_or(if n.value >= 1340 {
            calendar_of(n.value)
        } else {
            Calendar::Gregorian
        });
        let own_range = self
            .mark(next, "-–−/")
            .and_then(|m| self.digits(m.1))
            .filter(|m| m.digits == 4);
        if years.is_none()
            && season.is_none()
            && !(calendar == Calendar::Hijri && era.is_some() && (1300..1600).contains(&n.value))
        {
            if !(1900..2100).contains(&n.value) || !self.year_expected(number_at, n, era) {
                return None;
            }
        }
        if own_range.is_none() && self.in_figure(number_at, n.next)
            || (years.is_none() && self.counted(next))
        {
            return None;
        }
        let year = |n: u32| When::year_of(calendar, n as i32).ok_or(NO_SUCH_DAY);
        let start = season.map_or(n.start, |t| t.start);
        let mut hit = self.hit(
            at,
            start,
            next,
            year(n.value),
            if season.is_some() { "season" } else { "year" },
        );
        hit.calendar = calendar;
        if let Some(second) = own_range.filter(|m| m.value > n.value && m.value - n.value < 200) {
            let (next, _) = self.era(second.next);
            (hit.value, hit.next, hit.rule) =
                (join(hit.value, year(second.value)), next, "year-range");
        }
        Some(hit)
    }

    /// Whether a bare number from 1900 on is a year here.
    fn year_expected(&self, at: usize, n: Number, era: Option<Calendar>) -> bool {
        let Some(before) = at.checked_sub(1) else {
            return self.alone;
        };
        let listed = self.last.is_some_and(|(end, grain)| {
            grain == Grain::Year
                && end == before
                && (self.key(before, Key::And).is_some() || self.mark(before, "\u{60c},").is_some())
        });
        let prepared = [
            Key::In,
            Key::DatedNoun,
            Key::PartOfSpan,
            Key::From,
            Key::Between,
        ]
        .iter()
        .any(|&k| self.key_before(at, k));
        // «في 2000 مدرسة» counts; a round number is a year only where nothing follows that it could count.
        let round = n.value.is_multiple_of(100)
            && self.token(n.next).is_some_and(|t| t.kind == Kind::Word)
            && !self
                .lexed
                .terms(n.next)
                .iter()
                .any(|t| t.and || matches!(t.sense, Sense::Key(_)));
        era == Some(Calendar::Gregorian) || self.alone || ((listed || prepared) && !round)
    }
}

// Days and spans counted from publication.
impl Reader<'_> {
    /// «هذا الأسبوع», «الشهر الماضي», «العام قبل الماضي»: unit, units from now, whether Hijri, the token after.
    fn unit_by_side(&self, at: usize) -> Option<(Unit, i32, bool, usize)> {
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

    fn unit_span(&self, at: usize) -> Option<Hit> {
        let start = self.lexed.terms(at).first()?.start;
        if let Some((unit, shift, hijri, next)) = self.unit_by_side(at) {
            let mut hit = self.hit(
                at,
                start,
                next,
                self.anchor.unit(unit, shift, hijri),
                "unit-span",
            );
            hit.calendar = if hijri {
                Calendar::Hijri
            } else {
                Calendar::Gregorian
            };
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
            && !self
                .lexed
                .terms(t.next)
                .iter()
                .any(|t| matches!(t.sense, Sense::Key(Key::Same) | Sense::Ordinal(_)))
            && self.digits(t.next).is_none()
        {
            return Some(self.hit(
                at,
                t.start,
                t.next,
                self.anchor.unit(unit, 0, false),
                "unit-span",
            ));
        }
        // «الأسابيع الثلاثة القادمة»: a duration in prose.
        let (unit, t) = self
            .unit(at, Count::Many)
            .filter(|u| self.alone && u.1.definite)?;
        let n = self.number(t.next)?;
        let (side, next) = self.side(n.next)?;
        let n_units = i32::try_from(n.value)
            .ok()
            .filter(|n| (1..1000).contains(n))?;
        let (first, last) = match side {
            Side::Past => (-n_units, -1),
            Side::Future => (1, n_units),
            _ => return None,
        };
        let value = join(
            self.anchor.unit(unit, first, false),
            self.anchor.unit(unit, last, false),
        );
        Some(self.hit(at, t.start, next, value, "unit-range"))
    }

    /// «أمس», «اليوم الاثنين», «بعد غد الخميس», «اليوم (الثلاثاء)».
    fn relative_day(&self, at: usize) -> Option<Hit> {
        let (days, t) = self.term(at, |t| {
            if let Sense::Day(n) = t.sense {
                Some(n)
            } else {
                None
            }
        })?;
        let days = i64::from(days);
        if days >= 0 && (t.lam || t.preposition) {
            return None;
        }
        let named = self.key_before(at, Key::NoDayAfter)
            || self.key(t.next, Key::NoDayBefore).is_some()
            || self.ordinal(t.next).is_some_and(|n| !n.and && !n.lam);
        if days == 0 && named && !self.alone {
            return None;
        }
        let mut hit = self.hit(
            at,
            t.start,
            t.next,
            self.anchor.days_on(days).map(When::day),
            "relative-day",
        );
        let (open, weekday_at) = self.mark(t.next, "(\u{60c},[-–").unwrap_or((' ', t.next));
        let weekday_at = self.past_key(weekday_at, Key::Day);
        if let Some((weekday, w)) = self
            .weekday_term(weekday_at)
            .filter(|w| !w.1.and && !w.1.lam && !w.1.preposition)
        {
            hit.value = self.anchor.weekday_near(weekday, days).map(When::day);
            hit.weekday = Some(weekday);
            hit.next = if matches!(open, '(' | '[') {
                self.past_mark(w.next, ")]")
            } else {
                w.next
            };
        }
        if let Some(date) = self.date_behind(hit.next) {
            (hit.value, hit.next, hit.calendar) = (date.value, date.next, date.calendar);
        }
        Some(hit)
    }

    /// A full day of the calendar behind a weekday or «today»: «، 24 يونيو», « الموافق 16 من هذا الشهر».
    fn date_behind(&self, at: usize) -> Option<Hit> {
        let (open, date_at) = self.mark(at, "\u{60c},([:-–").unwrap_or((' ', at));
        let date_at = self.past_key(date_at, Key::Corresponding);
        let date_at = self.past_key(date_at, Key::Day);
        let mut date = self
            .figures(date_at)
            .or_else(|| self.month_or_day(date_at))
            .filter(|h| h.is_day())?;
        if matches!(open, '(' | '[') {
            date.next = self.past_mark(date.next, ")]");
        }
        Some(date)
    }

    fn weekday(&self, at: usize) -> Option<Hit> {
        let (weekday, t) = self.weekday_term(at)?;
        if self.key_before(at, Key::NoDayAfter)
            || self.key(t.next, Key::NoDayBefore).is_some()
            || t.preposition
        {
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
        if let Some(date) = self.date_behind(behind) {
            let mut hit = make(date.next, Err(NO_SUCH_DAY), "weekday-date");
            (hit.value, hit.calendar, hit.open_year) = (date.value, date.calendar, date.open_year);
            return Some(hit);
        }
        if let Some((side, next)) = side {
            return Some(make(
                next,
                self.anchor.weekday_by_side(weekday, side),
                "weekday-side",
            ));
        }
        let of = self.past_key(t.next, Key::Of);
        if let Some((Unit::Week, shift, _, next)) = self.unit_by_side(of) {
            return Some(make(
                next,
                self.anchor.weekday_of_week(weekday, shift),
                "weekday-of-week",
            ));
        }
        // «الثلاثاء الأخير من مارس»
        if let Some((nth, next)) = self.nth(t.next)
            && let Some((month, next)) = self.month_behind(next)
        {
            let day = month.and_then(|m| settle::nth_weekday(m, weekday, nth).ok_or(NO_SUCH_DAY));
            return Some(make(next, day, "nth-weekday"));
        }
        let tense = if self.alone {
            Tense::Future
        } else {
            self.tense(at)
        };
        let mut hit = make(t.next, self.anchor.weekday(weekday, tense), "weekday");
        hit.weekday_alone = true;
        Some(hit)
    }

    /// «first», «last» as a place in a month; `None` is the last.
    fn nth(&self, at: usize) -> Option<(Option<u8>, usize)> {
        if let Some(next) = self.key(at, Key::Last) {
            return Some((None, next));
        }
        self.ordinal(at)
            .filter(|n| n.value <= 5)
            .map(|n| (Some(n.value as u8), n.next))
    }

    /// «من شهر مارس السنة القادمة», «في سبتمبر لعام 2014»
    fn month_behind(&self, at: usize) -> Option<(Result<When, Why>, usize)> {
        let of = self.key(at, Key::Of).or_else(|| self.key(at, Key::In))?;
        if let Some((Unit::Month, shift, hijri, next)) = self.unit_by_side(of) {
            return Some((self.anchor.unit(Unit::Month, shift, hijri), next));
        }
        let month = self
            .month_name(of)
            .filter(|m| m.calendar == Calendar::Gregorian)?;
        let (year, next) = self
            .year_of_month(month.next, month.calendar)
            .unwrap_or((YearRef::Open, month.next));
        Some((
            self.anchor.month(
                month.calendar,
                month.number,
                None,
                year,
                self.tense_of_month(at),
                self.alone,
            ),
            next,
        ))
    }

    /// «آخر اثنين من مارس», «أول أسبوع في مايو», «الأسبوع الأول من أكتوبر».
    fn nth_of_month(&self, at: usize) -> Option<Hit> {
        let start = self.lexed.terms(at).first()?.start;
        if let Some((Unit::Week, t)) = self.unit(at, Count::One)
            && let Some((nth, next)) = self.nth(t.next)
            && let Some((month, next)) = self.month_behind(next)
        {
            return Some(self.hit(
                at,
                start,
                next,
                month.and_then(|m| settle::nth_week(m, nth).ok_or(NO_SUCH_DAY)),
                "nth-week",
            ));
        }
        let (nth, what) = self.nth(at)?;
        if let Some((Unit::Week, t)) = self.unit(what, Count::One) {
            let (month, next) = self.month_behind(t.next)?;
            return Some(self.hit(
                at,
                start,
                next,
                month.and_then(|m| settle::nth_week(m, nth).ok_or(NO_SUCH_DAY)),
                "nth-week",
            ));
        }
        let (weekday, t) = self.term(what, |t| match t.sense {
            Sense::Weekday(day) | Sense::BareWeekday(day) => Some(day),
            _ => None,
        })?;
        let (value, next) = match self.month_behind(t.next) {
            Some((month, next)) => (
                month.and_then(|m| settle::nth_weekday(m, weekday, nth).ok_or(NO_SUCH_DAY)),
                next,
            ),
            None if self.alone && nth.is_none() => {
                (self.anchor.weekday_by_side(weekday, Side::Past), t.next)
            }
            None => return None,
        };
        let mut hit = self.hit(at, start, next, value.map(When::day), "nth-weekday");
        hit.weekday = Some(weekday);
        Some(hit)
    }
}

// Durations from publication.
impl Reader<'_> {
    /// «يومين», «ثلاثة أشهر», «شهر واحد»: how many of what, whether Hijri, the token after.
    fn duration(&self, at: usize) -> Option<(u32, Unit, bool, usize)> {
        let at = self.past_key(at, Key::About);
        let (n, unit, next) = if let Some(n) = self.number(at)
            && let Some((unit, t)) = self
                .unit(n.next, Count::One)
                .or_else(|| self.unit(n.next, Count::Many))
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
                    || self
                        .lexed
                        .terms(t.next)
                        .iter()
                        .any(|t| !matches!(t.sense, Sense::Key(_) | Sense::Tense(_)) && !t.and);
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
    fn away(&self, at: usize) -> Option<Hit> {
        let (back, key) = self
            .term(at, |t| match t.sense {
                Sense::Key(Key::Before) => Some((true, Key::Before)),
                Sense::Key(Key::Since) if self.alone => Some((true, Key::Since)),
                Sense::Key(Key::After) => Some((false, Key::After)),
                Sense::Key(Key::Within) if self.alone => Some((false, Key::Within)),
                _ => None,
            })
            .map(|((back, key), t)| (back, (key, t)))?;
        let (key, t) = key;
        let (n, unit, hijri, mut next) = self.duration(t.next)?;
        let n = if back { -i64::from(n) } else { i64::from(n) };
        let clock = matches!(unit, Unit::Second | Unit::Minute | Unit::Hour);
        if clock && !self.alone {
            return None;
        }
        let anchored = self.key_before(next, Key::Of)
            || self
                .lexed
                .terms(next)
                .iter()
                .any(|t| t.sense == Sense::Key(Key::Of) && !t.lam);
        if clock {
            return self.away_by_clock(at, t.start, next, unit, n);
        }
        let mut value = if anchored && self.alone {
            // «بعد تسعة وثلاثين يوم من اول رجب»
            let of = self.past_key(next, Key::Of);
            let from = self
                .figures(of)
                .or_else(|| self.month_or_day(of))
                .or_else(|| self.relative_day(of))
                .filter(|h| h.is_day())?;
            next = from.next;
            from.value
                .and_then(|w| self.anchor.away(w.from, unit, n, hijri))
        } else if anchored || (key == Key::After && !self.alone && self.tense(at) != Tense::Future)
        {
            Err(ANCHORED)
        } else {
            self.anchor
                .day()
                .and_then(|day| self.anchor.away(day, unit, n, hijri))
        };
        let mut weekday = None;
        let day_at = self.past_key(next, Key::Day);
        if let Some((w, t)) = self.weekday_term(day_at).filter(|w| self.alone && !w.1.and) {
            value = value
                .map(|day| Anchor::at(day))
                .and_then(|near| near.weekday(w, Tense::Future));
            (next, weekday) = (t.next, Some(w));
        }
        let grain = |day: Date| match unit {
            Unit::Month if !self.alone => When::month(day),
            Unit::Year if !self.alone => When::year(day),
            _ => When::day(day),
        };
        let mut hit = self.hit(
            at,
            t.start,
            next,
            value.map(grain),
            if back { "ago" } else { "ahead" },
        );
        hit.calendar = if hijri {
            Calendar::Hijri
        } else {
            Calendar::Gregorian
        };
        hit.weekday = weekday;
        Some(hit)
    }

    fn away_by_clock(
        &self,
        at: usize,
        start: usize,
        next: usize,
        unit: Unit,
        n: i64,
    ) -> Option<Hit> {
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
            day.to_datetime(time)
                .checked_add(span)
                .map_err(|_| NO_SUCH_DAY)
        };
        let moment = moment();
        let mut hit = self.hit(
            at,
            start,
            next,
            moment.map(|m| When::day(m.date())),
            if n < 0 { "ago" } else { "ahead" },
        );
        hit.time = moment.ok().map(|m| (m.time(), None));
        Some(hit)
    }
}

// The clock.
impl Reader<'_> {
    /// An hour and its parts: «الساعة الثالثة و18 دقيقة», «12 الا ربع», `14:30`; minutes from midnight, the part of the day, the token after.
    fn clock(&self, at: usize, hour_word: bool) -> Option<(Clock, usize)> {
        let word = self.key_term(at, Key::Clock);
        if hour_word
            && word.is_none()
            && !(self.digits(at).is_some() && self.mark(at + 1, ":").is_some())
        {
            return None;
        }
        let hour_at = word.map_or(at, |t| t.next);
        let hour = self
            .digits(hour_at)
            .or_else(|| self.ordinal(hour_at))
            .or_else(|| self.number_word(hour_at))?;
        if hour.value > 24 || hour.digits > 2 || (hour.digits == 0 && hour.value > 12) {
            return None;
        }
        let (mut minute, mut second, mut next, mut exact) = (0i32, 0u32, hour.next, false);
        let sixty = |n: &Number| n.value < 60 && n.digits <= 2;
        if let Some(m) = self
            .mark(next, ":")
            .filter(|_| self.glued(next))
            .and_then(|m| self.digits(m.1))
            .filter(|m| m.digits == 2 && sixty(m))
        {
            (minute, next, exact) = (m.value as i32, m.next, true);
            if let Some(s) = self
                .mark(next, ":")
                .and_then(|m| self.digits(m.1))
                .filter(sixty)
            {
                (second, next) = (s.value, s.next);
            }
        }
        // «والنصف», «و18 دقيقة»; «إلا ربعا»
        loop {
            let less = self.key(next, Key::Less);
            let and = self
                .key_term(next, Key::And)
                .filter(|t| t.next == next + 1)
                .map(|t| t.next);
            let part_at = less.or(and).unwrap_or(next);
            let glued_and = |and_on_term: bool| less.is_some() || and.is_some() || and_on_term;
            let sign = if less.is_some() { -1 } else { 1 };
            if let Some((part, t)) = self.term(part_at, |t| {
                if let Sense::HourPart(n) = t.sense {
                    Some(n)
                } else {
                    None
                }
            }) && glued_and(t.and)
            {
                (minute, next) = (minute + sign * i32::from(part), t.next);
            } else if let Some(n) = self
                .number(part_at)
                .filter(|n| glued_and(n.and) && n.value < 60)
                && let Some((Unit::Minute, t)) = self
                    .unit(n.next, Count::One)
                    .or_else(|| self.unit(n.next, Count::Many))
            {
                (minute, next) = (minute + sign * n.value as i32, t.next);
            } else {
                break;
            }
        }
        let part_at = self.past_key(next, Key::At);
        let part = self
            .term(part_at, |t| {
                if let Sense::DayPart(p) = t.sense {
                    Some(p)
                } else {
                    None
                }
            })
            .or_else(|| {
                self.term(next, |t| {
                    if let Sense::DayPart(p) = t.sense {
                        Some(p)
                    } else {
                        None
                    }
                })
            });
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
    fn clock_behind(&self, at: usize) -> Option<(Clock, usize)> {
        let from = self.past_mark(at, "\u{60c},");
        let from = self
            .key(from, Key::At)
            .or_else(|| self.key(from, Key::In))
            .unwrap_or(from);
        self.clock(from, true)
            .filter(|(c, _)| c.worded || self.alone || (c.exact && c.part.is_some()))
    }

    /// A clock time that leads: with a day behind it, or alone.
    fn clock_first(&self, at: usize) -> Option<Hit> {
        let start = self.token(at)?.start;
        // «من السادسة للخامسة غدا», «الساعة الثامنة صباحا الى 11 مساء»
        if self.alone
            && let Some((from, to_at)) = self.clock(at, false)
            && (from.worded || self.key_before(at, Key::From))
            && let Some((to, next)) = {
                let to = self
                    .key(to_at, Key::To)
                    .or_else(|| self.mark(to_at, "-–").map(|m| m.1));
                self.clock(to.unwrap_or(to_at), false)
                    .filter(|c| to.is_some() || c.0.lam)
            }
        {
            let from_part = from.part.or(to.part);
            let (a, b) = (
                Clock {
                    part: from_part,
                    ..from
                }
                .time(None)?,
                Clock {
                    part: to.part.or(from.part),
                    ..to
                }
                .time(from_part)?,
            );
            let day = self.relative_day(next);
            let end = day
                .as_ref()
                .map_or(self.anchor.day(), |d| d.value.map(|w| w.from));
            let value = self.anchor.day().and_then(|d| {
                Ok(if end? > d {
                    When::range(d, end?)
                } else {
                    When::range(d, d)
                })
            });
            let mut hit = self.hit(
                at,
                start,
                day.map_or(next, |d| d.next),
                value,
                "clock-range",
            );
            hit.time = Some((a, Some(b)));
            return Some(hit);
        }
        let (clock, next) = self.clock(at, true)?;
        let time = clock.time(None)?;
        let day_at = self.past_key(self.past_mark(next, "\u{60c},"), Key::Of);
        let day_at = self.past_key(day_at, Key::Day);
        let day = self
            .weekday(day_at)
            .or_else(|| self.relative_day(day_at))
            .or_else(|| self.date_behind(next))
            .filter(Hit::is_day);
        let mut hit = match day {
            // A figure that is not worded may be a score.
            Some(day) if clock.worded || clock.part.is_some() => Hit {
                start,
                first: at,
                ..day
            },
            _ if self.alone => self.hit(at, start, next, self.anchor.day().map(When::day), "clock"),
            _ => return None,
        };
        hit.time = Some((time, None));
        Some(hit)
    }
}

/// A clock time as told.
#[derive(Debug, Clone, Copy)]
struct Clock {
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
    fn time(self, like: Option<DayPart>) -> Option<Time> {
        let hour = match self.part.or(like) {
            Some(DayPart::Am) if self.hour == 12 && self.minute >= 0 => 0,
            Some(DayPart::Pm | DayPart::Noon)
                if self.hour < 11 || (self.hour == 11 && self.part == Some(DayPart::Pm)) =>
            {
                self.hour + 12
            }
            Some(DayPart::Night) if self.hour == 12 => 0,
            Some(DayPart::Night) if (5..12).contains(&self.hour) => self.hour + 12,
            None if (1..=6).contains(&self.hour) && !self.exact && !self.lam && self.worded => {
                self.hour + 12
            }
            _ => self.hour,
        };
        let minutes = (hour * 60 + self.minute).rem_euclid(24 * 60);
        Time::new(
            (minutes / 60) as i8,
            (minutes % 60) as i8,
            self.second as i8,
            0,
        )
        .ok()
    }
}

// The whole.
impl Reader<'_> {
    fn hit(
        &self,
        first: usize,
        start: usize,
        next: usize,
        value: Result<When, Why>,
        rule: &'static str,
    ) -> Hit {
        let calendar = value.map_or(Calendar::Gregorian, |w| w.calendar);
        Hit {
            start,
            first,
            next,
            value,
            calendar,
            time: None,
            rule,
            weekday: None,
            weekday_alone: false,
            open_year: None,
        }
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
        let dash = self
            .mark(first.next, "-–−")
            .filter(|_| first.is_day() && !first.weekday_alone)
            .map(|m| m.1);
        let to = self
            .key(first.next, Key::To)
            .filter(|_| self.opened_by(first.first, Key::From));
        let and = self
            .key_term(first.next, Key::And)
            .filter(|t| between && t.next == first.next + 1)
            .map(|t| t.next);
        let second_at = dash
            .or(to)
            .or(and)
            .or_else(|| between.then_some(first.next))?;
        let skip = self.key(second_at, Key::Day).or_else(|| {
            self.key(second_at, Key::Years)
                .filter(|_| self.digits(second_at).is_some())
        });
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
        if second.grain() != first.grain()
            || second.time.is_some()
            || second.calendar != first.calendar
        {
            return None;
        }
        let (mut from, to) = (first.value, second.value.ok()?);
        if let Some((month, day)) = first.open_year
            && second.open_year.is_none()
        {
            let year = i32::from(to.to.year());
            let build = |year| {
                self.anchor.month(
                    first.calendar,
                    month,
                    day,
                    YearRef::Given(year),
                    Tense::Unknown,
                    false,
                )
            };
            from = if first.calendar == Calendar::Gregorian {
                build(year)
            } else {
                from
            };
            if from.is_ok_and(|f| f.from > to.to) {
                from = build(year - 1);
            }
        }
        let from = from.ok().filter(|f| f.from < to.from)?;
        let mut hit = self.hit(
            first.first,
            first.start,
            second.next,
            Ok(When::range(from.from, to.to)),
            "range",
        );
        hit.calendar = first.calendar;
        Some(hit)
    }

    /// Whether «from» or «between» opens the expression that begins at `at`.
    fn opened_by(&self, at: usize, key: Key) -> bool {
        self.key_before(at, key)
            || (at > 0
                && [Key::Day, Key::Months, Key::Years]
                    .iter()
                    .any(|&k| self.key(at - 1, k) == Some(at))
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
        let (from, to) = if hijri.start < gregorian.start {
            (hijri.next, gregorian.first)
        } else {
            (gregorian.next, hijri.first)
        };
        let joined = to.saturating_sub(from) <= 4
            && (from..to).all(|at| match self.token(at).map(|t| t.kind) {
                Some(Kind::Mark(c)) => "\u{60c},()[]/-–=:".contains(c),
                Some(Kind::Word) => self.lexed.terms(at).iter().any(|t| {
                    matches!(
                        t.sense,
                        Sense::Key(Key::Corresponding | Key::Day | Key::To | Key::Of)
                    )
                }),
                _ => false,
            });
        if joined
            && let (Ok(h), Ok(g)) = (hijri.value, gregorian.value)
            && h.grain == Grain::Day
            && g.grain == Grain::Day
            && settle::distance(h.from, g.from) <= 2
        {
            hijri.value = Ok(When {
                calendar: Calendar::Hijri,
                ..g
            });
        }
    }

    /// What stands before a weekday in its sentence says whether it has been; the nearest such word decides.
    fn tense(&self, at: usize) -> Tense {
        for back in (at.saturating_sub(TENSE_REACH)..at).rev() {
            match self.token(back).map(|t| t.kind) {
                Some(Kind::Break | Kind::Mark('.' | '!' | '\u{61f}' | '?' | ';' | '\u{61b}'))
                | None => break,
                Some(Kind::Word) => {}
                _ => continue,
            }
            let tense = self.term(back, |t| {
                if let Sense::Tense(tense) = t.sense {
                    Some(tense)
                } else {
                    None
                }
            });
            if let Some((tense, _)) = tense {
                return tense;
            }
            if self.lexed.terms(back).is_empty()
                && self.words.is_future_verb(self.lexed.folded(back))
            {
                return Tense::Future;
            }
        }
        Tense::Unknown
    }

    /// A verb before a month says less: only what is to come counts.
    fn tense_of_month(&self, at: usize) -> Tense {
        match self.tense(at) {
            Tense::Future => Tense::Future,
            _ => Tense::Unknown,
        }
    }

    fn found(&self, hit: Hit) -> DateFound {
        let clock = |t: Time| {
            t.strftime(if t.second() == 0 { "%H:%M" } else { "%H:%M:%S" })
                .to_string()
        };
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
    if from.from > to.to {
        Err(NO_SUCH_DAY)
    } else {
        Ok(When {
            calendar: from.calendar,
            ..When::range(from.from, to.to)
        })
    }
}
