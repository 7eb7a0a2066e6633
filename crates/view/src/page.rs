//! All that is known of one fact or report.

use crate::rows::report_row;
use musnad_record::{
    Actor, Event, Evidence, Fact, FactKind, Instrument, Round, Statement, Tenure, Undertaking, Value as FactValue,
};
use musnad_store::{Result, Row, Store};
use serde::Serialize;
use serde_json::Value;

/// All that is known under one id.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FactPage {
    /// The id.
    pub id: String,
    /// `actor`, `tenure`, `statement`, `event`, `instrument`, `round`, `undertaking` or `report`.
    pub kind: &'static str,
    /// One line that names it.
    pub label: String,
    /// Its fields, as exports have them; of a report also its text.
    pub value: Value,
    /// The passages that say so; of a statement each with its chain.
    pub evidence: Vec<Evidence>,
    /// What it is tied to, and what is tied to it; of a report the facts for which it speaks.
    pub related: Vec<Related>,
}

/// A fact tied to the one shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Related {
    /// How: `speaker`, `participant`, `occasion` …; of a report `told`.
    pub role: &'static str,
    /// The other's id.
    pub id: String,
    /// The other's kind.
    pub kind: &'static str,
    /// One line that names the other.
    pub label: String,
}

/// All that is known under an id of a fact or a report; `None` if the record has no such id.
pub fn page(store: &Store, id: &str) -> Result<Option<FactPage>> {
    let Some(kind) = store.kind(id)? else { return report_page(store, id) };
    let fact = match kind {
        FactKind::Actor => read::<Actor>(store, id)?,
        FactKind::Tenure => read::<Tenure>(store, id)?,
        FactKind::Statement => read::<Statement>(store, id)?,
        FactKind::Event => read::<Event>(store, id)?,
        FactKind::Instrument => read::<Instrument>(store, id)?,
        FactKind::Round => read::<Round>(store, id)?,
        FactKind::Undertaking => read::<Undertaking>(store, id)?,
    };
    let Some((value, evidence)) = fact else { return Ok(None) };
    let mut related = Vec::new();
    let to = store.links(id)?.into_iter().map(|l| (l.role, l.to));
    for (role, other) in to.chain(store.links_to(id)?) {
        related.extend(relate(store, role.as_str(), other)?);
    }
    let label = label(kind, &value);
    Ok(Some(FactPage { id: id.to_string(), kind: kind.as_str(), label, value, evidence, related }))
}

/// Ids of facts and reports that begin so, in order, `limit` at most, each with the line that names it.
pub fn ids_beginning(store: &Store, beginning: &str, limit: usize) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for id in store.ids_beginning(beginning, limit)? {
        let label = match (store.kind(&id)?, store.value(&id)?) {
            (Some(kind), Some(value)) => label(kind, &value),
            _ => store.report(&id)?.and_then(|report| report.title).unwrap_or_default(),
        };
        found.push((id, label));
    }
    Ok(found)
}

fn report_page(store: &Store, id: &str) -> Result<Option<FactPage>> {
    let Some(report) = store.report(id)? else { return Ok(None) };
    let mut related = Vec::new();
    for (_, fact) in store.facts_of(id)? {
        related.extend(relate(store, "told", fact)?);
    }
    let text = report.text.clone();
    let label = report.title.clone().unwrap_or_else(|| report.id.clone());
    let mut value = json(&report_row(store, report)?);
    if let Value::Object(fields) = &mut value {
        fields.insert("text".into(), text.into());
    }
    Ok(Some(FactPage { id: id.to_string(), kind: "report", label, value, evidence: Vec::new(), related }))
}

fn relate(store: &Store, role: &'static str, id: String) -> Result<Option<Related>> {
    let Some(kind) = store.kind(&id)? else { return Ok(None) };
    let Some(value) = store.value(&id)? else { return Ok(None) };
    Ok(Some(Related { role, kind: kind.as_str(), label: label(kind, &value), id }))
}

fn read<V: FactValue>(store: &Store, id: &str) -> Result<Option<(Value, Vec<Evidence>)>> {
    let Some(Row { fact: Fact { value, evidence, .. }, .. }) = store.fact::<V>(id)? else { return Ok(None) };
    Ok(Some((json(&value), evidence)))
}

/// One line that names a fact, from its own words alone.
fn label(kind: FactKind, value: &Value) -> String {
    let word = |name: &str| value[name].as_str().map(str::to_string);
    let words = |name: &str| {
        let list = value[name].as_array().into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>();
        (!list.is_empty()).then(|| list.join(" · "))
    };
    let number = |name: &str| value[name].as_u64().map(|n| n.to_string());
    let parts = match kind {
        FactKind::Actor | FactKind::Instrument => vec![word("name")],
        FactKind::Tenure => vec![word("person"), word("title"), word("of")],
        FactKind::Statement => vec![words("speakers"), word("content")],
        FactKind::Event => vec![word("type"), words("participants"), word("place"), word("date")],
        FactKind::Round => vec![word("mechanism"), number("ordinal"), word("place"), word("date")],
        FactKind::Undertaking => vec![words("actors"), word("content")],
    };
    parts.into_iter().flatten().collect::<Vec<_>>().join(" | ")
}

fn json<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).expect("plain data is JSON")
}
