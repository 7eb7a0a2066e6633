//! The order of the steps.

use crate::acts::ActReader;
use crate::dates::{self, DateWords};
use crate::events::{self, EventReader};
use crate::findings::*;
use crate::instruments::InstrumentReader;
use crate::names::{self, NameReader, Names};
use crate::row::{Doc, Known, Thing};
use crate::sides::Sides;
use crate::speakers::Speakers;
use crate::statements::StatementReader;
use crate::topics::TopicReader;
use crate::undertakings::{Around, UndertakingReader};
use crate::weigh::Candidate;
use musnad_language::Language;
use musnad_tagger::{Name, Word};
use musnad_text::Report;
use musnad_text::Span;

/// Reads reports in one language. Build it once and share it: reading takes no state.
pub struct Reader<'l> {
    pub(crate) language: &'l Language,
    pub(crate) known: Known,
    pub(crate) names: NameReader,
    statements: StatementReader,
    acts: ActReader,
    topics: TopicReader,
    events: EventReader,
    undertakings: UndertakingReader,
    instruments: InstrumentReader,
}

impl<'l> Reader<'l> {
    /// Compiles the grammars of a language.
    pub fn new(language: &'l Language) -> Reader<'l> {
        Reader {
            language,
            known: Known::new(language),
            names: NameReader::new(language),
            statements: StatementReader::new(language),
            acts: ActReader::new(language),
            topics: TopicReader::new(language),
            events: EventReader::new(language),
            undertakings: UndertakingReader::new(language),
            instruments: InstrumentReader::new(language),
        }
    }

    /// Version of the reading: of the language data, and of the grammar's code. Two readings of one report with the same
    /// version are the same.
    pub fn version(&self) -> String {
        format!("{}+{}", self.language.version(), env!("MUSNAD_GRAMMAR"))
    }

    /// Reads one report. Never fails: what cannot be read becomes a note.
    pub fn read(&self, report: &Report) -> Findings {
        self.read_doc(report, &mut Doc::new(&report.text, self.language, &self.known)).0
    }

    /// The statements of a report, and for each the topics that compete for it: what their weights are fitted on.
    pub fn topic_cases(&self, report: &Report) -> Vec<(Statement, Vec<Candidate>)> {
        let mut doc = Doc::new(&report.text, self.language, &self.known);
        let (findings, names) = self.read_doc(report, &mut doc);
        let cases = self.topics.cases(&doc, &names, &Sides::new(&doc, &names), report.title.as_deref(), &findings.statements);
        findings.statements.into_iter().zip(cases).collect()
    }

    /// The same for acts.
    pub fn act_cases(&self, report: &Report) -> Vec<(Statement, Vec<Candidate>)> {
        let mut doc = Doc::new(&report.text, self.language, &self.known);
        let (_, names) = self.read_doc(report, &mut doc);
        let (statements, clues) = self.statements.read(&doc, &mut Speakers::new(&doc, &names), &self.acts);
        let cases = self.acts.cases(&doc, &Sides::new(&doc, &names), &clues, &statements);
        statements.into_iter().zip(cases).collect()
    }

    /// The same for a report that is cut already; with its names.
    pub(crate) fn read_doc(&self, report: &Report, doc: &mut Doc) -> (Findings, Names) {
        let found = dates::read(&report.text, report.published.as_deref(), DateWords::arabic());
        doc.mark_dates(&found);
        let names = self.names.read(doc, &self.known, report.published.as_deref());
        let doc = &*doc;
        let mut out = Findings { report: report.id.clone(), language: self.version(), ..Findings::default() };
        out.dates = found.iter().map(dated).collect();
        let mut speakers = Speakers::new(doc, &names);
        let (mut statements, clues) = self.statements.read(doc, &mut speakers, &self.acts);
        let sides = Sides::new(doc, &names);
        self.acts.settle(doc, &sides, &clues, &mut statements);
        self.topics.fill(doc, &names, &sides, report.title.as_deref(), &mut statements);
        let said = |at: Span| {
            let around =
                statements.iter().rev().find(|s| s.content.contains(at) || s.cue.start <= at.start && at.end <= s.content.end);
            around.map(|s| (s.speakers.clone(), s.content))
        };
        out.events = self.events.read(doc, &speakers, &sides, &found, &said);
        let around = Around { speakers: &speakers, sides: &sides, said: &said, events: &out.events };
        out.undertakings = self.undertakings.read(doc, &around);
        out.instruments = self.instruments.read(doc);
        events::tie(doc, &out.instruments, &mut out.events);
        for s in &mut statements {
            s.occasion = occasion(s, &out.events);
        }
        if report.published.is_none() {
            let what = "no day of publication: relative dates stay open; give one in the input or in a manifest".into();
            out.notes.push(Note { span: None, what });
        }
        out.statements = statements;
        out.persons = persons(&names);
        out.common_names = self.names.common_names(doc, &names);
        out.mentions = mentions(doc, &names, &out.instruments);
        (out, names)
    }
}

impl Reader<'_> {
    /// The words of a report, sentence by sentence, as the tagger of names sees them: after the grammar, before any likelihood.
    /// What it learns from.
    pub fn words<T>(&self, report: &Report, look: impl FnOnce(&[&[Word]]) -> T) -> T {
        let mut doc = Doc::new(&report.text, self.language, &self.known);
        doc.mark_dates(&dates::read(&report.text, report.published.as_deref(), DateWords::arabic()));
        let (_, words) = self.names.by_grammar(&mut doc);
        let rows = words.rows(&doc);
        look(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }

    /// The units of a text with their classes, one a line: what the rules see.
    pub fn units(&self, text: &str) -> String {
        let mut doc = Doc::new(text, self.language, &self.known);
        doc.mark_dates(&dates::read(text, None, DateWords::arabic()));
        let before = doc.sentences.clone();
        self.names.read(&mut doc, &self.known, None);
        let mut out = String::new();
        for (title, sentences) in [("words", &before), ("names", &doc.sentences)] {
            for (i, sentence) in sentences.iter().enumerate() {
                out += &format!("{title}, sentence {i}\n");
                for u in sentence {
                    let classes: Vec<&str> = u.classes.iter().map(|c| self.language.classes().name(c)).collect();
                    out += &format!("  {}\t{}\n", doc.slice(u.whole), classes.join(" "));
                }
            }
        }
        out
    }
}

fn persons(names: &Names) -> Vec<Person> {
    let office = |o: &usize| {
        let f = &names.offices[*o];
        Office {
            title: f.title.clone(),
            of: f.of.as_ref().map(|a| a.name.clone()),
            of_state: f.of.as_ref().is_some_and(|a| a.kind == ActorKind::State),
            span: f.span,
            rule: f.rule.clone(),
        }
    };
    let person = |p: &crate::names::PersonFound| Person {
        name: p.name.clone(),
        forms: vec![p.name.clone()],
        mentions: p.mentions.clone(),
        offices: p.offices.iter().map(office).collect(),
        rule: p.rule.clone(),
    };
    names.persons.iter().map(person).collect()
}

fn mentions(doc: &Doc, names: &Names, instruments: &[Instrument]) -> Vec<Mention> {
    let mut out = Vec::new();
    for p in &names.persons {
        out.extend(p.mentions.iter().map(|m| Mention {
            span: *m,
            kind: MentionKind::Person,
            name: p.name.clone(),
            rule: p.rule.clone(),
        }));
    }
    out.extend(body_mentions(doc, names));
    for o in names.offices.iter().filter(|o| o.post) {
        out.push(Mention { span: o.span, kind: MentionKind::Office, name: o.title.clone(), rule: o.rule.clone() });
    }
    for i in instruments {
        let kind = if i.kind == InstrumentKind::Mechanism { MentionKind::Mechanism } else { MentionKind::Instrument };
        out.push(Mention { span: i.span, kind, name: i.name.clone(), rule: i.rule.clone() });
    }
    out.extend(place_mentions(doc, names));
    out.sort_by_key(|m| (m.span, m.kind));
    out
}

/// Bodies. One with a name of its own is named by that, without the noun that tells what it is; a ministry or a committee by all
/// its words; what has no name at all (the government, the army of a state, the company) is an institution.
fn body_mentions(doc: &Doc, names: &Names) -> Vec<Mention> {
    let mention = |(span, name, rule): &(Span, String, String)| {
        let judged = names.judged(*span).iter().find(|j| j.name == Name::Body).map(|j| j.span);
        let common = names::told_by_head(doc, *span);
        let nameless = common || rule == "bodies.definite-head" && judged.is_none();
        Mention {
            span: judged.filter(|_| !common).unwrap_or(*span),
            kind: if nameless && rule != "bodies.listed" { MentionKind::Institution } else { MentionKind::Body },
            name: name.clone(),
            rule: rule.clone(),
        }
    };
    names.bodies.iter().map(mention).collect()
}

/// States and places, those of the lexicon and those that the tagger found.
fn place_mentions(doc: &Doc, names: &Names) -> Vec<Mention> {
    let mut out = Vec::new();
    for span in &names.places {
        let name = names::spaced(doc.slice(*span));
        out.push(Mention { span: *span, kind: MentionKind::Place, name, rule: "tagger.place".into() });
    }
    let place = doc.language.class("PLACE");
    for unit in doc.sentences.iter().flatten() {
        if let Some(Thing::Named(ActorKind::State, name)) = &unit.thing {
            let span = names::without_noun(doc, unit).unwrap_or(unit.span);
            out.push(Mention { span, kind: MentionKind::State, name: name.clone(), rule: "lexicon.states".into() });
        } else if let (None, Some((c, s))) = (&unit.thing, unit.senses.iter().find(|(_, s)| s.class == place.0)) {
            let other = names.judged(unit.whole).iter().any(|j| j.name != Name::Place);
            if other {
                continue;
            }
            let name = doc.language.lexicon().places[s.item as usize].name.clone();
            let first = musnad_text::without_clitics(doc.text.as_str(), doc.tokens[unit.tokens.start].span, c.bytes);
            let span = names::without_noun(doc, unit).unwrap_or(first.cover(Span::new(unit.whole.end, unit.whole.end)));
            out.push(Mention { span, kind: MentionKind::Place, name, rule: "lexicon.places".into() });
        }
    }
    // States and places within offices (the minister of X).
    let within = |j: &&names::Judged| j.name == Name::Place && !out.iter().any(|m| m.span.overlaps(j.span));
    let named: Vec<Mention> = names.judged.iter().filter(within).filter_map(|j| named_place(doc, j.span)).collect();
    out.extend(named);
    out
}

/// The state or place of the lexicon that stands at a span.
fn named_place(doc: &Doc, span: Span) -> Option<Mention> {
    let lexicon = doc.language.lexicon();
    let class = |n: &str| doc.language.class(n).0;
    let at = doc.tokens.partition_point(|t| t.span.end <= span.start);
    let hits = doc.language.hits(&doc.tokens, at);
    let senses = || hits.iter().flat_map(|h| h.senses);
    let state = senses().find(|s| s.class == class("STATE") || s.class == class("CAPITAL"));
    if let Some(s) = state {
        let name = lexicon.states[s.item as usize].name.clone();
        return Some(Mention { span, kind: MentionKind::State, name, rule: "lexicon.states".into() });
    }
    let place = senses().find(|s| s.class == class("PLACE"))?;
    let name = lexicon.places[place.item as usize].name.clone();
    Some(Mention { span, kind: MentionKind::Place, name, rule: "lexicon.places".into() })
}

/// The encounter at which something was said: the one named between its cue and its content.
fn occasion(s: &Statement, events: &[Event]) -> Option<usize> {
    let aside = Span::new(s.cue.end, s.content.start.max(s.cue.end));
    events.iter().position(|e| e.mentions.iter().any(|m| aside.contains(*m)))
}

fn dated(d: &dates::DateFound) -> Dated {
    let calendar = match d.calendar {
        dates::Calendar::Gregorian => "gregorian",
        dates::Calendar::Hijri => "hijri",
    };
    Dated { span: d.span, value: d.value.clone(), calendar: calendar.into(), rule: format!("dates.{}", d.rule) }
}
