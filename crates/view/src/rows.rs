//! Lists of facts, one row each.

use crate::Filter;
use musnad_reading::{Act, ActorKind, EventKind, InstrumentKind, Status, UndertakingKind};
use musnad_record::{Actor, ChainLink, Event, Evidence, FactKind, Instrument, Role, Round, Statement, Tenure, Undertaking};
use musnad_store::{Error, Result, Row, Selection, Store};
use musnad_text::Report;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A named person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonRow {
    /// Id of the actor.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// Every form of the name in the reports.
    pub forms: Vec<String>,
    /// Posts held, by first sight.
    pub posts: Vec<Post>,
    /// How many reports name the person.
    pub reports: usize,
    /// Day of publication of the first of them.
    pub first_seen: Option<String>,
    /// Day of publication of the last.
    pub last_seen: Option<String>,
}

/// A post that a person holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Post {
    /// Id of the tenure.
    pub id: String,
    /// The post.
    pub title: String,
    /// Its state or body.
    pub of: Option<String>,
    /// Day of publication of the first report that says so.
    pub first_seen: Option<String>,
    /// Of the last.
    pub last_seen: Option<String>,
}

/// A state or body.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActorRow {
    /// Id of the actor.
    pub id: String,
    /// Common name.
    pub name: String,
    /// Every form of the name in the reports.
    pub forms: Vec<String>,
    /// Who holds its posts, by first sight.
    pub posts: Vec<PostHeld>,
    /// How many reports name it.
    pub reports: usize,
    /// Day of publication of the first of them.
    pub first_seen: Option<String>,
    /// Day of publication of the last.
    pub last_seen: Option<String>,
}

/// A post of a state or body, and who holds it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PostHeld {
    /// Id of the tenure.
    pub id: String,
    /// The post.
    pub title: String,
    /// Who holds it.
    pub person: String,
    /// Day of publication of the first report that says so.
    pub first_seen: Option<String>,
    /// Of the last.
    pub last_seen: Option<String>,
}

/// An encounter.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EventRow {
    /// Id of the event.
    pub id: String,
    /// What kind.
    #[serde(rename = "type")]
    pub kind: EventKind,
    /// Who took part.
    pub participants: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// When, ISO 8601.
    pub date: Option<String>,
    /// Whether it took place.
    pub status: Status,
    /// The standing format it is a round of.
    pub mechanism: Option<String>,
    /// Which round.
    pub ordinal: Option<u32>,
    /// How many reports tell of it.
    pub reports: usize,
    /// Day of publication of the first of them.
    pub reported: Option<String>,
}

/// What somebody said, and through whom it is known.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StatementRow {
    /// Id of the statement.
    pub id: String,
    /// Who speaks.
    pub speakers: Vec<String>,
    /// What the speech act does.
    pub act: Act,
    /// The cue.
    pub cue: String,
    /// The words.
    pub content: String,
    /// Whether they are quoted.
    pub direct: bool,
    /// Topic ids.
    pub topics: Vec<String>,
    /// Date of the occasion; never that of publication.
    pub date: Option<String>,
    /// Id of the event at which it was said.
    pub occasion: Option<String>,
    /// Through whom the words are known: outlet of the report, then who carried them, then the speaker. The longest
    /// of the chains, where reports differ.
    pub chain: Vec<ChainLink>,
    /// How many reports have it.
    pub reports: usize,
    /// Day of publication of the first of them.
    pub reported: Option<String>,
}

/// An agreement, resolution, plan or standing format.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InstrumentRow {
    /// Id of the instrument.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// What kind.
    pub kind: InstrumentKind,
    /// Of a standing format: its rounds, by date.
    pub rounds: Vec<RoundRow>,
    /// How many reports name it.
    pub reports: usize,
    /// Day of publication of the first of them.
    pub first_seen: Option<String>,
    /// Of the last.
    pub last_seen: Option<String>,
}

/// A round of a standing format.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RoundRow {
    /// Id of the round.
    pub id: String,
    /// The standing format.
    pub mechanism: Option<String>,
    /// Which round.
    pub ordinal: Option<u32>,
    /// Who took part in its encounters.
    pub participants: Vec<String>,
    /// Where.
    pub place: Option<String>,
    /// When.
    pub date: Option<String>,
    /// How many reports tell of it.
    pub reports: usize,
}

/// What parties agreed or bound themselves to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UndertakingRow {
    /// Id of the undertaking.
    pub id: String,
    /// Who.
    pub actors: Vec<String>,
    /// By how many sides.
    pub kind: UndertakingKind,
    /// What.
    pub content: String,
    /// How many reports have it.
    pub reports: usize,
    /// Day of publication of the first of them.
    pub reported: Option<String>,
}

/// What is spoken about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TopicRow {
    /// Topic id.
    pub topic: String,
    /// How many statements are on it.
    pub statements: usize,
    /// Who speaks on it, the most frequent first.
    pub speakers: Vec<String>,
    /// Day of the first of the statements: of its occasion, else of publication.
    pub first: Option<String>,
    /// Of the last.
    pub last: Option<String>,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReportRow {
    /// Its id.
    pub id: String,
    /// The outlet.
    pub source: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// When.
    pub published: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// For how many facts it speaks: `actors`, `statements` …
    pub facts: BTreeMap<&'static str, usize>,
}

/// Named persons, those of most reports first. `between` asks for those who met or spoke of the other side, of both
/// sides; dates are those of publication.
pub fn people(store: &Store, filter: &Filter) -> Result<Vec<PersonRow>> {
    let row = |Row { fact, reports }: Row<Actor>| {
        let posts = tenures(store, &fact.id, Role::Holder)?.into_iter().map(|(id, tenure)| {
            let Tenure { title, of, first_seen, last_seen, .. } = tenure;
            Post { id, title, of, first_seen, last_seen }
        });
        let (first_seen, last_seen) = fact.seen.unzip();
        let Actor { name, forms, .. } = fact.value;
        Ok(PersonRow { id: fact.id, name, forms, posts: posts.collect(), reports, first_seen, last_seen })
    };
    actors(store, filter, ActorKind::Person)?.into_iter().map(row).collect()
}

/// States, those of most reports first; filters as for [`people`].
pub fn states(store: &Store, filter: &Filter) -> Result<Vec<ActorRow>> {
    actors(store, filter, ActorKind::State)?.into_iter().map(|row| actor_row(store, row)).collect()
}

/// Bodies, those of most reports first; filters as for [`people`].
pub fn bodies(store: &Store, filter: &Filter) -> Result<Vec<ActorRow>> {
    actors(store, filter, ActorKind::Body)?.into_iter().map(|row| actor_row(store, row)).collect()
}

fn actor_row(store: &Store, Row { fact, reports }: Row<Actor>) -> Result<ActorRow> {
    let posts = tenures(store, &fact.id, Role::Of)?.into_iter().map(|(id, tenure)| {
        let Tenure { title, person, first_seen, last_seen, .. } = tenure;
        PostHeld { id, title, person, first_seen, last_seen }
    });
    let (first_seen, last_seen) = fact.seen.unzip();
    let Actor { name, forms, .. } = fact.value;
    Ok(ActorRow { id: fact.id, name, forms, posts: posts.collect(), reports, first_seen, last_seen })
}

/// Actors of one kind, those of most reports first.
fn actors(store: &Store, filter: &Filter, kind: ActorKind) -> Result<Vec<Row<Actor>>> {
    let mut selection = filter.selection(store, &[], &[], &[])?;
    if let Some(between) = selection.between.take() {
        selection.actors.push(who_met(store, filter, &between.sides)?);
    }
    let mut rows = store.facts::<Actor>(&selection, false)?;
    rows.retain(|row| row.fact.value.kind == kind);
    let rank = |row: &Row<Actor>| (std::cmp::Reverse(row.reports), row.fact.value.name.clone(), row.fact.id.clone());
    rows.sort_by_cached_key(rank);
    Ok(rows)
}

fn who_met(store: &Store, filter: &Filter, sides: &[BTreeSet<String>; 2]) -> Result<BTreeSet<String>> {
    let mut facts = Vec::new();
    let asked = Filter { actor: None, ..filter.clone() };
    facts.extend(store.facts::<Event>(&event_selection(store, &asked)?, false)?.into_iter().map(|r| r.fact.id));
    facts.extend(store.facts::<Statement>(&statement_selection(store, &asked)?, false)?.into_iter().map(|r| r.fact.id));
    let mut met = BTreeSet::new();
    for fact in facts {
        let links = store.links(&fact)?.into_iter().filter(|l| matches!(l.role, Role::Participant | Role::Speaker));
        met.extend(links.map(|l| l.to).filter(|to| sides.iter().any(|side| side.contains(to))));
    }
    Ok(met)
}

/// The tenures to which an actor is tied in a role, by first sight.
fn tenures(store: &Store, actor: &str, role: Role) -> Result<Vec<(String, Tenure)>> {
    let mut tenures = Vec::new();
    for (_, tenure) in store.links_to(actor)?.into_iter().filter(|(tie, _)| *tie == role) {
        tenures.extend(store.fact::<Tenure>(&tenure)?.map(|row| (row.fact.id, row.fact.value)));
    }
    tenures.sort_by(|(a, one), (b, two)| (&one.first_seen, &one.title, a).cmp(&(&two.first_seen, &two.title, b)));
    Ok(tenures)
}

fn event_selection(store: &Store, filter: &Filter) -> Result<Selection> {
    filter.selection(store, &[Role::Participant], &[Role::Participant], &[Role::Participant])
}

/// Encounters by date. An actor takes part; of `between` both do.
pub fn events(store: &Store, filter: &Filter) -> Result<Vec<EventRow>> {
    let rows = store.facts::<Event>(&event_selection(store, filter)?, false)?.into_iter().map(|Row { fact, reports }| {
        let Event { kind, participants, place, date, status, mechanism, ordinal } = fact.value;
        let reported = fact.seen.map(|s| s.0);
        EventRow { id: fact.id, kind, participants, place, date, status, mechanism, ordinal, reports, reported }
    });
    Ok(rows.collect())
}

fn statement_selection(store: &Store, filter: &Filter) -> Result<Selection> {
    filter.selection(store, &[Role::Speaker, Role::Via], &[Role::Speaker], &[Role::Speaker, Role::About, Role::Participant])
}

/// Statements by date. An actor speaks or carries the words; of `between` one speaks, and the other speaks too, is spoken of,
/// or takes part in the occasion.
pub fn statements(store: &Store, filter: &Filter) -> Result<Vec<StatementRow>> {
    let rows = store.facts::<Statement>(&statement_selection(store, filter)?, true)?;
    let rows = rows.into_iter().map(|Row { fact, reports }| {
        let Statement { speakers, cue, content, direct, act, topics, date, occasion, .. } = fact.value;
        let reported = fact.seen.map(|s| s.0);
        let chain = longest_chain(fact.evidence);
        StatementRow { id: fact.id, speakers, act, cue, content, direct, topics, date, occasion, chain, reports, reported }
    });
    Ok(rows.collect())
}

/// The longest chain; among equals that of the first report.
pub(crate) fn longest_chain(evidence: Vec<Evidence>) -> Vec<ChainLink> {
    evidence
        .into_iter()
        .map(|e| e.chain)
        .reduce(|best, next| if next.len() > best.len() { next } else { best })
        .unwrap_or_default()
}

/// Instruments, those of most reports first. An actor is named in a report that names the instrument.
pub fn instruments(store: &Store, filter: &Filter) -> Result<Vec<InstrumentRow>> {
    let mut rows = Vec::new();
    for Row { fact, reports } in store.facts::<Instrument>(&filter.selection(store, &[], &[], &[])?, false)? {
        let mut held = Vec::new();
        for (_, round) in store.links_to(&fact.id)?.into_iter().filter(|(role, _)| *role == Role::Mechanism) {
            held.extend(store.fact::<Round>(&round)?.map(|row| round_row(store, row)).transpose()?);
        }
        held.sort_by(|a, b| (&a.date, a.ordinal, &a.id).cmp(&(&b.date, b.ordinal, &b.id)));
        let (first_seen, last_seen) = fact.seen.unzip();
        let Instrument { name, kind } = fact.value;
        rows.push(InstrumentRow { id: fact.id, name, kind, rounds: held, reports, first_seen, last_seen });
    }
    rows.sort_by(|a, b| (b.reports, &a.name, &a.id).cmp(&(a.reports, &b.name, &b.id)));
    Ok(rows)
}

fn round_row(store: &Store, Row { fact, reports }: Row<Round>) -> Result<RoundRow> {
    let mut participants = Vec::new();
    for link in store.links(&fact.id)?.into_iter().filter(|link| link.role == Role::Encounter) {
        for name in store.fact::<Event>(&link.to)?.into_iter().flat_map(|row| row.fact.value.participants) {
            if !participants.contains(&name) {
                participants.push(name);
            }
        }
    }
    let Round { mechanism, ordinal, place, date } = fact.value;
    Ok(RoundRow { id: fact.id, mechanism, ordinal, participants, place, date, reports })
}

/// Rounds of standing formats, by date. An actor took part in an encounter of the round; of `between` both did.
pub fn rounds(store: &Store, filter: &Filter) -> Result<Vec<RoundRow>> {
    let selection = filter.selection(store, &[], &[], &[])?;
    store.facts::<Round>(&selection, false)?.into_iter().map(|row| round_row(store, row)).collect()
}

/// Undertakings, by the day of the first report.
pub fn undertakings(store: &Store, filter: &Filter) -> Result<Vec<UndertakingRow>> {
    let selection = filter.selection(store, &[Role::Party], &[Role::Party], &[Role::Party])?;
    let rows = store.facts::<Undertaking>(&selection, false)?.into_iter().map(|Row { fact, reports }| {
        let Undertaking { actors, kind, content } = fact.value;
        UndertakingRow { id: fact.id, actors, kind, content, reports, reported: fact.seen.map(|s| s.0) }
    });
    Ok(rows.collect())
}

/// Topics of the statements that the filter lets through, those of most statements first.
pub fn topics(store: &Store, filter: &Filter) -> Result<Vec<TopicRow>> {
    #[derive(Default)]
    struct Seen {
        statements: usize,
        speakers: BTreeMap<String, usize>,
        days: BTreeSet<String>,
    }
    let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
    for Row { fact, .. } in store.facts::<Statement>(&statement_selection(store, filter)?, false)? {
        let own = fact.value.date.clone().map(|d| (d.clone(), d));
        for topic in &fact.value.topics {
            if filter.topic.as_ref().is_some_and(|asked| asked != topic) {
                continue;
            }
            let seen = seen.entry(topic.clone()).or_default();
            seen.statements += 1;
            for speaker in &fact.value.speakers {
                *seen.speakers.entry(speaker.clone()).or_default() += 1;
            }
            seen.days.extend(own.clone().or_else(|| fact.seen.clone()).into_iter().flat_map(|(a, b)| [a, b]));
        }
    }
    let mut rows: Vec<TopicRow> = seen
        .into_iter()
        .map(|(topic, seen)| {
            let mut speakers: Vec<(String, usize)> = seen.speakers.into_iter().collect();
            speakers.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            TopicRow {
                topic,
                statements: seen.statements,
                speakers: speakers.into_iter().map(|s| s.0).collect(),
                first: seen.days.first().cloned(),
                last: seen.days.last().cloned(),
            }
        })
        .collect();
    rows.sort_by(|a, b| b.statements.cmp(&a.statements).then_with(|| a.topic.cmp(&b.topic)));
    Ok(rows)
}

/// Reports by day of publication. An actor is named in the report; a topic is that of a statement in it.
pub fn reports(store: &Store, filter: &Filter) -> Result<Vec<ReportRow>> {
    let mut rows = Vec::new();
    store.each_report(&filter.selection(store, &[], &[], &[])?, |report| {
        rows.push(report_row(store, report)?);
        Ok::<_, Error>(())
    })?;
    Ok(rows)
}

pub(crate) fn report_row(store: &Store, report: Report) -> Result<ReportRow> {
    let facts = store.counts_of(&report.id)?.into_iter().map(|(kind, n): (FactKind, usize)| (kind.plural(), n)).collect();
    let Report { id, source, url, published, title, .. } = report;
    Ok(ReportRow { id, source, url, published, title, facts })
}
