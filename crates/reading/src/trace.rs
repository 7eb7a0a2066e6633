//! Why a text is read as it is: the rules that were taken, with their words, and what was decided against.
//!
//! Steps note what they pass over in the [`Log`] of the report that they read, where it is on; what they take can be seen from
//! the findings. So an ordinary reading pays for a test of a flag alone.

use crate::findings::{ActorRef, DateValue, Event, Findings, Statement};
use crate::names::Names;
use crate::reader::Reader;
use crate::row::{Doc, Unit};
use musnad_pattern::Match;
use musnad_text::{Report, Span};
use std::cell::RefCell;

/// A rule that was taken somewhere in a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fired {
    /// Its unique name, `grammar.name`.
    pub rule: String,
    /// Where, in bytes: the name, body or office; the cue of a statement or undertaking; the words that name an event or instrument.
    pub span: Span,
}

/// What was made of some words, or why nothing was.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decision {
    /// The words, in bytes.
    pub span: Span,
    /// The rule that matched them.
    pub rule: String,
    /// Whether it was taken.
    pub taken: bool,
    /// Taken: what was found. Else: what spoke against it.
    pub what: String,
    /// Which words played which part (`cue`, `speaker`, `content`, `act request`), in the order that the rule tells them.
    pub parts: Vec<(String, Span)>,
}

/// Why a report is read as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The sentences that it was cut into, in bytes.
    pub sentences: Vec<Span>,
    /// All decisions, in order of the text.
    pub decisions: Vec<Decision>,
}

/// Where the steps note what they decide against.
#[derive(Debug, Default)]
pub struct Log(Option<RefCell<Vec<Decision>>>);

impl Log {
    /// One that keeps what it is told.
    pub fn on() -> Log {
        Log(Some(RefCell::default()))
    }

    /// Notes that a match of a rule among some units was not taken.
    pub fn against(&self, units: &[Unit], rule: &str, m: &Match, why: impl FnOnce() -> String) {
        if let Some(kept) = &self.0 {
            let words = |r: &std::ops::Range<usize>| units[r.start].span.cover(units[r.end - 1].whole);
            let parts = m.captures().filter(|(_, r)| !r.is_empty()).map(|(name, r)| (name.to_string(), words(&r))).collect();
            let told = Decision { span: words(&m.range), rule: rule.into(), taken: false, what: why(), parts };
            kept.borrow_mut().push(told);
        }
    }

    /// Notes what a rule has added to the finding of another.
    pub fn took(&self, span: Span, rule: &str, what: impl FnOnce() -> String) {
        if let Some(kept) = &self.0 {
            kept.borrow_mut().push(Decision { span, rule: rule.into(), taken: true, what: what(), parts: Vec::new() });
        }
    }

    /// Notes that the words of a rule that matched came to nothing.
    pub fn dropped(&self, span: Span, rule: &str, why: impl FnOnce() -> String) {
        if let Some(kept) = &self.0 {
            kept.borrow_mut().push(Decision { span, rule: rule.into(), taken: false, what: why(), parts: Vec::new() });
        }
    }

    fn take(&self) -> Vec<Decision> {
        self.0.as_ref().map(|kept| kept.take()).unwrap_or_default()
    }
}

impl Reader<'_> {
    /// The rules that a text is read by, in order of the text.
    ///
    /// The grammars that join units (bodies, offices, names, unnamed) report what they took; of the others a rule has fired if a
    /// finding carries it. A pattern that matches and is passed over for another has not fired. The text has no day of publication.
    pub fn fired(&self, text: &str) -> Vec<Fired> {
        let taken = self.explain(&Report { text: text.into(), ..Report::default() }).decisions.into_iter().filter(|d| d.taken);
        taken.map(|d| Fired { rule: d.rule, span: d.span }).collect()
    }

    /// What was taken and what was decided against, in order of the text.
    pub fn explain(&self, report: &Report) -> Explanation {
        let mut doc = Doc::new(&report.text, self.language, &self.known);
        doc.log = Log::on();
        let (found, names) = self.read_doc(report, &mut doc);
        let mut out = doc.log.take();
        out.extend(taken(&found, &names));
        out.sort();
        out.dedup();
        let whole = |s: &Vec<Unit>| Some(s.first()?.whole.cover(s.last()?.whole));
        Explanation { sentences: doc.sentences.iter().filter_map(whole).collect(), decisions: out }
    }
}

/// What a reading took, rule by rule.
fn taken(found: &Findings, names: &Names) -> Vec<Decision> {
    let took = |rule: &str, span: Span, what: String, parts: Vec<(String, Span)>| Decision {
        rule: rule.into(),
        span,
        taken: true,
        what,
        parts,
    };
    let mut out = Vec::new();
    out.extend(names.bodies.iter().map(|(span, name, rule)| took(rule, *span, format!("body {name}"), vec![])));
    out.extend(names.offices.iter().map(|o| {
        let of = o.of.as_ref().map_or(String::new(), |a| format!(" | {}", a.name));
        took(&o.rule, o.span, format!("office {}{of}", o.title), vec![])
    }));
    out.extend(names.taken.iter().map(|(span, rule)| took(rule, *span, "name".into(), vec![])));
    out.extend(found.dates.iter().map(|d| {
        let value = match &d.value {
            DateValue::Iso(iso) => iso.clone(),
            DateValue::Unresolved(why) => format!("open: {why}"),
        };
        took(&d.rule, d.span, format!("date {value}"), vec![])
    }));
    out.extend(found.statements.iter().map(|s| took(&s.rule, s.cue, format!("statement by {}", all(&s.speakers)), said(s))));
    out.extend(
        found.events.iter().map(|e| took(&e.rule, e.span, met(e), e.date_span.map(|d| ("date".into(), d)).into_iter().collect())),
    );
    out.extend(
        found
            .undertakings
            .iter()
            .map(|u| took(&u.rule, u.cue, format!("undertaking of {}", all(&u.actors)), vec![("content".into(), u.content)])),
    );
    out.extend(found.instruments.iter().map(|i| took(&i.rule, i.span, format!("instrument {}", i.name), vec![])));
    out
}

fn all(actors: &[ActorRef]) -> String {
    actors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn said(s: &Statement) -> Vec<(String, Span)> {
    let speaker = s.speaker_span.map(|at| ("speaker".to_string(), at));
    let act = (format!("act {}", code(&s.act)), s.act_words);
    let topics = s.topics.iter().zip(&s.topic_words).flat_map(|(t, words)| words.iter().map(move |w| (format!("topic {t}"), *w)));
    speaker.into_iter().chain([("content".to_string(), s.content), act]).chain(topics).collect()
}

fn met(e: &Event) -> String {
    let place = e.place.as_ref().map_or(String::new(), |p| format!(" | {p}"));
    let date = match &e.date {
        Some(DateValue::Iso(iso)) => format!(" | {iso}"),
        Some(DateValue::Unresolved(why)) => format!(" | date open: {why}"),
        None => String::new(),
    };
    format!("{} of {}{place}{date} | {}", code(&e.kind), all(&e.participants), code(&e.status))
}

/// A value of a closed list in small letters: `press conference`.
fn code(value: &impl std::fmt::Debug) -> String {
    let spaced = |c: char| [c.is_uppercase().then_some(' '), Some(c.to_ascii_lowercase())];
    format!("{value:?}").chars().flat_map(spaced).flatten().collect::<String>().trim_start().to_string()
}
