//! Which rules a text is read by: what the examples of the rules are held against.

use crate::dates::{self, DateWords};
use crate::reader::Reader;
use crate::row::Doc;
use musnad_text::{Report, Span};

/// A rule that was taken somewhere in a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fired {
    /// Its unique name, `grammar.name`.
    pub rule: String,
    /// Where, in bytes: the name, body or office; the cue of a statement or undertaking; the words that name an event or instrument.
    pub span: Span,
}

impl Reader<'_> {
    /// The rules that a text is read by, in order of the text.
    ///
    /// The grammars that join units (bodies, offices, names, unnamed) report what they took; of the others a rule has fired if a
    /// finding carries it. A pattern that matches and is passed over for another has not fired. The text has no day of publication.
    pub fn fired(&self, text: &str) -> Vec<Fired> {
        let mut doc = Doc::new(text, self.language, &self.known);
        doc.mark_dates(&dates::read(text, None, DateWords::arabic()));
        let names = self.names.read(&mut doc, &self.known);
        let found = self.read(&Report { text: text.into(), ..Report::default() });
        let joined = names.bodies.into_iter().map(|(span, _, rule)| (span, rule));
        let joined = joined.chain(names.offices.into_iter().map(|o| (o.span, o.rule))).chain(names.taken);
        let said = found.statements.into_iter().map(|s| (s.cue, s.rule));
        let met = found.events.into_iter().map(|e| (e.span, e.rule));
        let agreed = found.undertakings.into_iter().map(|u| (u.cue, u.rule));
        let named = found.instruments.into_iter().map(|i| (i.span, i.rule));
        let all = joined.chain(said).chain(met).chain(agreed).chain(named);
        let mut out: Vec<Fired> = all.map(|(span, rule)| Fired { rule, span }).collect();
        out.sort_by(|a, b| (a.span, &a.rule).cmp(&(b.span, &b.rule)));
        out
    }
}
