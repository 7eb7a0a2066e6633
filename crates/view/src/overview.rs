//! What a record holds, at a glance.

use musnad_reading::ActorKind;
use musnad_record::{Actor, FactKind, Statement};
use musnad_store::{Error, Result, Selection, Store};
use serde::Serialize;
use std::collections::BTreeMap;

/// How many a record holds of each kind, and who and what it is most about.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct Overview {
    pub reports: usize,
    pub persons: usize,
    pub states: usize,
    pub bodies: usize,
    pub statements: usize,
    pub events: usize,
    pub instruments: usize,
    pub rounds: usize,
    pub undertakings: usize,
    /// The named actors of most reports.
    pub most_named: Vec<Frequent>,
    /// The topics of most statements.
    pub most_discussed: Vec<Frequent>,
}

/// A name, and how often.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Frequent {
    /// Actor's name or topic id.
    pub name: String,
    /// Reports that name the actor; statements on the topic.
    pub times: usize,
}

/// What a record holds, with the `most` most frequent actors and topics.
pub fn overview(store: &Store, most: usize) -> Result<Overview> {
    let counts = store.counts()?;
    let count = |kind: FactKind| counts.get(&kind).copied().unwrap_or_default();
    let (mut kinds, mut actors) = (BTreeMap::new(), Vec::new());
    store.each::<Actor, Error>(&Selection::default(), false, |row| {
        let Actor { name, kind, .. } = row.fact.value;
        *kinds.entry(kind).or_insert(0) += 1;
        if kind != ActorKind::Unnamed {
            actors.push(Frequent { name, times: row.reports });
        }
        Ok(())
    })?;
    let mut topics: BTreeMap<String, usize> = BTreeMap::new();
    store.each::<Statement, Error>(&Selection::default(), false, |row| {
        for topic in row.fact.value.topics {
            *topics.entry(topic).or_default() += 1;
        }
        Ok(())
    })?;
    let of_kind = |kind: ActorKind| kinds.get(&kind).copied().unwrap_or_default();
    Ok(Overview {
        reports: store.report_count()?,
        persons: of_kind(ActorKind::Person),
        states: of_kind(ActorKind::State),
        bodies: of_kind(ActorKind::Body),
        statements: count(FactKind::Statement),
        events: count(FactKind::Event),
        instruments: count(FactKind::Instrument),
        rounds: count(FactKind::Round),
        undertakings: count(FactKind::Undertaking),
        most_named: first(actors, most),
        most_discussed: first(topics.into_iter().map(|(name, times)| Frequent { name, times }).collect(), most),
    })
}

fn first(mut all: Vec<Frequent>, most: usize) -> Vec<Frequent> {
    all.sort_by(|a, b| (b.times, &a.name).cmp(&(a.times, &b.name)));
    all.truncate(most);
    all
}
