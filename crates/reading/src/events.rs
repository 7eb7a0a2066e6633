//! Encounters: found by the rules of `events`, completed with place, date and status, and brought together where one is told again.

use crate::dates::DateFound;
use crate::findings::{ActorKind, ActorRef, DateValue, Event, EventKind, Instrument, InstrumentKind, Status};
use crate::grammar::Grammar;
use crate::row::{Doc, Thing, Unit, classes};
use crate::speakers::Speakers;
use musnad_language::{Language, Rule, Tense};
use musnad_pattern::{Class, Match};
use musnad_text::Span;
use std::ops::Range;

/// The speakers and the content of the statement around a place of the text, aside before the content included.
pub type Said<'a> = dyn Fn(Span) -> Option<(Vec<ActorRef>, Span)> + 'a;

/// Reads encounters.
pub struct EventReader {
    grammar: Grammar,
    k: Classes,
}

struct Classes {
    meeting: Class,
    verb: Class,
    letter: Class,
    ordinal: Class,
    state: Class,
    capital: Class,
    place: Class,
    p_in: Class,
    ba: Class,
    planned: Class,
    hoped: Class,
    cancelled: Class,
    date: Class,
    over: Class,
    adj: Class,
    pronoun: Class,
    num: Class,
}

const OTHER_VERB: &str = "the verb does not take this frame";
const NO_KIND: &str = "the words tell no kind of encounter";

impl EventReader {
    /// Compiles the grammar.
    pub fn new(language: &Language) -> EventReader {
        let c = |n: &str| language.class(n);
        EventReader {
            grammar: Grammar::new(language, "events"),
            k: Classes {
                meeting: c("MEETING"),
                verb: c("MEETVERB"),
                letter: c("LETTER"),
                ordinal: c("ORDINAL"),
                state: c("STATE"),
                capital: c("CAPITAL"),
                place: c("PLACE"),
                p_in: c("P_IN"),
                ba: c("BA"),
                planned: c("PLANNED"),
                hoped: c("HOPED"),
                cancelled: c("CANCELLED"),
                date: c("DATE"),
                over: c("OVER"),
                adj: c("ADJ"),
                pronoun: c("PRONOUN"),
                num: c("NUM"),
            },
        }
    }

    /// All encounters of a report, each once, in order of their first mention.
    pub fn read(&self, doc: &Doc, speakers: &Speakers, dates: &[DateFound], said: &Said) -> Vec<Event> {
        let mut found: Vec<Event> = Vec::new();
        for (s, units) in doc.sentences.iter().enumerate() {
            if units.iter().take(3).any(|u| u.classes.contains(self.k.over)) {
                continue;
            }
            let row = classes(units);
            // Of several rules at one anchor the one that tells more parties is taken.
            let mut at_anchor: Vec<(usize, Event)> = Vec::new();
            for (rule, m) in self.grammar.all(&row) {
                let (anchor, event) = match self.event(doc, s, rule, &m, speakers, dates, said) {
                    Ok(found) => found,
                    Err(why) => {
                        doc.log.against(units, &rule.name, &m, || why.into());
                        continue;
                    }
                };
                let Some((_, e)) = at_anchor.iter_mut().find(|(a, _)| *a == anchor) else {
                    at_anchor.push((anchor, event));
                    continue;
                };
                let (more, less) = if event.participants.len() > e.participants.len() { (&event, &*e) } else { (&*e, &event) };
                doc.log.dropped(less.span, &less.rule, || format!("{} tells more parties, or comes first", more.rule));
                if event.participants.len() > e.participants.len() {
                    *e = event;
                } else if e.place.is_none() {
                    e.place = event.place;
                }
            }
            at_anchor.sort_by_key(|(a, _)| *a);
            found.extend(at_anchor.into_iter().map(|(_, e)| e));
        }
        merge(doc, found)
    }

    /// The encounter that a match names, with the unit that anchors it; or what speaks against it.
    #[allow(clippy::too_many_arguments)]
    fn event(
        &self,
        doc: &Doc,
        s: usize,
        rule: &Rule,
        m: &Match,
        speakers: &Speakers,
        dates: &[DateFound],
        said: &Said,
    ) -> Result<(usize, Event), &'static str> {
        let units = &doc.sentences[s];
        let lexicon = doc.language.lexicon();
        let label = |i: usize, class: Class| {
            units[i].senses.iter().find(|(_, x)| x.class == class.0).map(|(_, x)| &lexicon.labelled[x.item as usize])
        };
        let verb = m.get("verb").map(|r| r.start);
        let noun = m.get("noun").map(|r| r.start);
        if let (Some(v), Some(want)) = (verb, rule.get("want")) {
            let frames = &label(v, self.k.verb).ok_or(OTHER_VERB)?.more;
            if !frames.split(' ').any(|f| f == want) {
                return Err(OTHER_VERB);
            }
        }
        let word = match (noun, verb) {
            (Some(n), _) if units[n].classes.contains(self.k.meeting) => label(n, self.k.meeting).map(|l| l.label.clone()),
            (_, Some(v)) => label(v, self.k.verb).map(|l| l.label.clone()),
            _ => None,
        };
        let kind = match (rule.get("kind"), word.as_deref()) {
            (Some("visit"), w) if w != Some("visit") => return Err(OTHER_VERB),
            (Some("call"), w) if w != Some("call") => return Err(OTHER_VERB),
            (Some("letter"), _) if !noun.is_some_and(|n| units[n].classes.contains(self.k.letter)) => {
                return Err("no word for a letter");
            }
            (Some(k), _) => kind(k).ok_or(NO_KIND)?,
            (None, Some("talk")) => EventKind::Meeting,
            (None, Some(w)) => kind(w).ok_or(NO_KIND)?,
            (None, None) => return Err(NO_KIND),
        };
        if kind == EventKind::Signing && rule.get("kind") != Some("signing") && noun.is_none() {
            return Err("another rule reads signings");
        }
        let anchor = noun.or(verb).ok_or(NO_KIND)?;
        // Several meetings told by number are told one by one elsewhere.
        if anchor > 0 && units[anchor - 1].classes.contains(self.k.num) {
            return Err("several, told by number");
        }
        let of = |name: &str| -> Vec<ActorRef> {
            let all: Vec<&Unit> = m.all(name).into_iter().map(|r| &units[r.start]).collect();
            speakers.named(&all)
        };
        let mut a = of("a");
        let b = of("b");
        let first = verb.unwrap_or(anchor);
        if a.is_empty() {
            a = match rule.get("own") {
                Some("pair") => speakers.sides(units[anchor].span.start),
                Some("nearest") => speakers.nearest(s, anchor),
                Some(_) => self.subject(doc, s, first, anchor, verb.is_some(), !b.is_empty(), speakers, said),
                None => Vec::new(),
            };
        }
        let mut participants = a;
        if rule.get("own") == Some("also") {
            participants.splice(0..0, self.subject(doc, s, first, anchor, true, true, speakers, said));
        }
        participants.dedup();
        for x in b {
            if !participants.contains(&x) {
                participants.push(x);
            }
        }
        let told_place = m.get("place").map(|r| r.start);
        let (mut place, mut host) = (None, None);
        if let Some(i) = told_place {
            (place, host) = self.place(doc, &units[i]);
        }
        let clause = clause(units, anchor);
        if place.is_none() {
            let here = (clause.start..clause.end).find(|i| {
                let u = &units[*i];
                let is_place = u.classes.contains(self.k.capital) || u.classes.contains(self.k.place);
                let located = u.classes.contains(self.k.ba)
                    || *i > 0 && units[*i - 1].classes.contains(self.k.p_in)
                    || *i > 1 && units[*i - 2].classes.contains(self.k.p_in);
                is_place && located
            });
            if let Some(i) = here {
                place = self.place(doc, &units[i]).0;
            }
        }
        if kind == EventKind::Visit {
            participants.truncate(participants.len().min(3));
            if let Some(h) = host
                && !participants.contains(&h)
            {
                participants.push(h);
            }
        }
        // A dual pronoun: the two who were named last.
        if let Some(n) = noun
            && units[n].classes.contains(self.k.pronoun)
            && musnad_text::fold(doc.slice(units[n].span)).ends_with("\u{647}\u{645}\u{627}")
        {
            participants = speakers.both(units[n].span.start);
        }
        let alone = rule.get("alone").is_some() && place.is_some();
        // The session of a body is a conference.
        let session = kind == EventKind::Meeting && noun.is_some() && rule.name.ends_with("noun-of");
        let session = session && participants.iter().all(|p| p.kind == ActorKind::Body);
        let kind = if session { EventKind::Conference } else { kind };
        if !alone && (participants.is_empty() || participants.len() < 2 && place.is_none() && !session) {
            return Err("fewer than two parties, and no place");
        }
        // The date that the rule captured, else the nearest in the clause, one that follows rather than one before.
        let captured = m.get("date").map(|r| r.start);
        let near = captured.or_else(|| {
            (0..units.len()).filter(|i| units[*i].classes.contains(self.k.date)).min_by_key(|i| {
                let away = if *i > anchor { i - anchor } else { 2 * (anchor - i) };
                if clause.contains(i) { away } else { away + 100 }
            })
        });
        let date = near.and_then(|i| match units[i].thing {
            Some(Thing::Date(d)) => dates.get(d),
            _ => None,
        });
        // The words it stands on: verb or noun with its parties and place, as the rule has matched them.
        let span = units[m.range.start].span.cover(units[m.range.end - 1].whole);
        let event = Event {
            kind,
            participants,
            place,
            date: date.map(|d| d.value.clone()),
            date_span: date.map(|d| d.span),
            status: self.status(units, anchor, verb, &clause),
            span,
            mentions: vec![span],
            mechanism: None,
            ordinal: m
                .get("ordinal")
                .map(|r| r.start)
                .or(noun)
                .and_then(|n| label(n, self.k.ordinal))
                .and_then(|l| l.more.parse().ok()),
            rule: rule.name.clone(),
        };
        Ok((anchor, event))
    }

    /// Who acts where the words of the encounter do not tell: in a content its own subject, in an aside the speaker, else the
    /// subject of the sentence, else (for a verb or a possessive) whoever spoke last.
    #[allow(clippy::too_many_arguments)]
    fn subject(
        &self,
        doc: &Doc,
        s: usize,
        first: usize,
        anchor: usize,
        bound: bool,
        partner: bool,
        speakers: &Speakers,
        said: &Said,
    ) -> Vec<ActorRef> {
        let units = &doc.sentences[s];
        let at = units[anchor].span;
        let bound = bound || units[anchor].classes.contains(self.k.pronoun);
        match said(at) {
            Some((who, content)) if content.contains(at) => {
                let from = units.iter().position(|u| u.whole.start >= content.start).unwrap_or(0);
                let local = speakers.subject_between(s, from.min(first), first);
                local.or_else(|| (bound || partner).then_some(who)).unwrap_or_default()
            }
            Some((who, _)) => who,
            None => speakers.subject(s, first).or_else(|| bound.then(|| speakers.carried_before(s, first))).unwrap_or_default(),
        }
    }

    /// A place by its common name, and the state that hosts there.
    fn place(&self, doc: &Doc, unit: &Unit) -> (Option<String>, Option<ActorRef>) {
        let lexicon = doc.language.lexicon();
        let find = |class: Class| unit.senses.iter().find(|(_, s)| s.class == class.0).map(|(_, s)| s.item as usize);
        let state = |name: &str| Some(ActorRef { name: name.to_string(), kind: ActorKind::State });
        if let Some(i) = find(self.k.capital) {
            return (Some(lexicon.states[i].capital.clone()), state(&lexicon.states[i].name));
        }
        if let Some(i) = find(self.k.place) {
            let p = &lexicon.places[i];
            return (Some(p.name.clone()), if p.state.is_empty() { None } else { state(&p.state) });
        }
        if let Some(i) = find(self.k.adj) {
            return (Some(lexicon.states[i].capital.clone()), state(&lexicon.states[i].name));
        }
        if let Some(i) = find(self.k.state) {
            return (Some(lexicon.states[i].name.clone()), state(&lexicon.states[i].name));
        }
        (None, None)
    }

    fn status(&self, units: &[Unit], anchor: usize, verb: Option<usize>, clause: &Range<usize>) -> Status {
        let k = &self.k;
        let marked = |class: Class| (clause.start..anchor).any(|i| units[i].classes.contains(class));
        let future =
            verb.is_some_and(|v| units[v].senses.iter().any(|(_, s)| s.class == k.verb.0 && s.form.tense == Tense::Future));
        if marked(k.cancelled) {
            Status::Cancelled
        } else if future || marked(k.planned) {
            Status::Planned
        } else if marked(k.hoped) {
            Status::Hoped
        } else {
            Status::Past
        }
    }
}

/// Ties encounters to the standing format that they are rounds of: one named in the same sentence, for a round told by its
/// number the one named last before. A round by name alone, of no known format, is dropped.
pub fn tie(doc: &Doc, instruments: &[Instrument], events: &mut Vec<Event>) {
    let text = doc.text.as_str();
    let mut named: Vec<(usize, &str)> = Vec::new();
    for i in instruments.iter().filter(|i| i.kind == InstrumentKind::Mechanism) {
        named.extend(text.match_indices(doc.slice(i.span)).map(|(at, _)| (at, i.name.as_str())));
    }
    named.sort();
    for e in events.iter_mut() {
        let sentence = doc.sentences.iter().find(|s| {
            let (Some(first), Some(last)) = (s.first(), s.last()) else { return false };
            first.whole.start <= e.span.start && e.span.end <= last.whole.end
        });
        let Some((first, last)) = sentence.and_then(|s| Some((s.first()?.whole.start, s.last()?.whole.end))) else { continue };
        let here = named.iter().filter(|(at, _)| (first..last).contains(at)).min_by_key(|(at, _)| at.abs_diff(e.span.start));
        let before = named.iter().rev().find(|(at, _)| *at < e.span.start).filter(|_| e.ordinal.is_some());
        let held = matches!(e.kind, EventKind::Meeting | EventKind::Conference | EventKind::Negotiation);
        e.mechanism = here.or(before).filter(|_| held).map(|(_, name)| name.to_string());
    }
    events.retain(|e| !(e.rule.ends_with("round-named") && e.mechanism.is_none()));
}

fn kind(name: &str) -> Option<EventKind> {
    Some(match name {
        "meeting" => EventKind::Meeting,
        "call" => EventKind::Call,
        "visit" => EventKind::Visit,
        "press_conference" => EventKind::PressConference,
        "letter" => EventKind::Letter,
        "signing" => EventKind::Signing,
        "conference" => EventKind::Conference,
        "negotiation" => EventKind::Negotiation,
        _ => return None,
    })
}

/// The stretch around a unit in which its place and date are looked for.
fn clause(units: &[Unit], at: usize) -> Range<usize> {
    at.saturating_sub(14)..(at + 16).min(units.len())
}

/// Tells the same encounter once: of one kind, with parties that overlap, at dates and places that agree.
fn merge(doc: &Doc, found: Vec<Event>) -> Vec<Event> {
    let mut out: Vec<Event> = Vec::new();
    for e in found {
        let known = out.iter_mut().rev().find(|o| same(o, &e));
        match known {
            Some(o) => {
                doc.log.dropped(e.span, &e.rule, || format!("the encounter that «{}» names", doc.slice(o.span)));
                for p in e.participants {
                    if !o.participants.contains(&p) && o.participants.len() < 2 {
                        o.participants.push(p);
                    }
                }
                if o.place.is_none() {
                    o.place = e.place;
                }
                if e.status == Status::Cancelled {
                    o.status = e.status;
                }
                if o.date.is_none() {
                    (o.date, o.date_span) = (e.date, e.date_span);
                }
                o.mentions.extend(e.mentions);
                o.mentions.sort();
                o.mentions.dedup();
            }
            None => out.push(e),
        }
    }
    out
}

fn same(a: &Event, b: &Event) -> bool {
    let shared = b.participants.iter().filter(|p| a.participants.contains(p)).count();
    let least = a.participants.len().min(b.participants.len());
    let agree = |x: &Option<String>, y: &Option<String>| x.is_none() || y.is_none() || x == y;
    let dates = match (&a.date, &b.date) {
        (Some(DateValue::Iso(x)), Some(DateValue::Iso(y))) => x.starts_with(y.as_str()) || y.starts_with(x.as_str()),
        _ => true,
    };
    let alone = a.participants.is_empty() && b.participants.is_empty() && a.place == b.place && a.place.is_some();
    if a.kind == b.kind && alone {
        return dates;
    }
    a.kind == b.kind
        && shared > 0
        && shared * 2 >= least
        && agree(&a.place, &b.place)
        && dates
        && a.ordinal == b.ordinal
        && (shared == least || shared >= 2)
}
