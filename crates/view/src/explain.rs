//! Why a passage is read as it is, as faces hand it out: spans in code points, with their words.

use musnad_reading::{Decision, Reader};
use musnad_text::{Report, Span, Text};
use serde::Serialize;
use std::ops::Range;

/// The sentences asked about, and every rule that matched in them.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Explained {
    pub report: String,
    /// In code points.
    pub span: [usize; 2],
    pub words: String,
    /// In order of the text.
    pub rules: Vec<Considered>,
}

/// A rule that matched.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Considered {
    pub rule: String,
    /// Whether it was taken.
    pub taken: bool,
    /// What was found; of a rule that was not taken, what spoke against it.
    pub what: String,
    /// In code points.
    pub span: [usize; 2],
    pub words: String,
    pub parts: Vec<Part>,
}

/// Words that play a part in a rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Part {
    pub part: String,
    /// In code points.
    pub span: [usize; 2],
    pub words: String,
}

/// What rules matched in the sentences of `report` that `place` (in code points) touches, in the whole report where it is `None`;
/// nothing where `place` lies outside the text.
pub fn explain(reader: &Reader, report: &Report, place: Option<Range<usize>>) -> Option<Explained> {
    let text = Text::new(report.text.as_str());
    let all = reader.explain(report);
    let touched = |s: &&Span| {
        let [start, end] = text.points(**s);
        place.as_ref().is_none_or(|p| start < p.end.max(p.start + 1) && p.start < end)
    };
    let asked = all.sentences.iter().filter(touched).copied().reduce(|a, b| a.cover(b))?;
    let here = |d: &Decision| d.span.start < asked.end && asked.start < d.span.end;
    let words = |s: Span| text.slice(s).to_string();
    let considered = |d: Decision| Considered {
        rule: d.rule,
        taken: d.taken,
        what: d.what,
        span: text.points(d.span),
        words: words(d.span),
        parts: d.parts.into_iter().map(|(part, s)| Part { part, span: text.points(s), words: words(s) }).collect(),
    };
    Some(Explained {
        report: report.id.clone(),
        span: text.points(asked),
        words: words(asked),
        rules: all.decisions.into_iter().filter(here).map(considered).collect(),
    })
}
