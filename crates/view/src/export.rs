//! The whole record as one JSON document.

use musnad_record::{Actor, Event, FactKind, Instrument, Round, Statement, Tenure, Undertaking, Value as FactValue};
use musnad_store::{Selection, Store};
use serde::Serialize;
use serde_json::Value;
use std::io::Write;

/// Why a record cannot be exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// It cannot be read.
    #[error(transparent)]
    Record(#[from] musnad_store::Error),
    /// The document cannot be written.
    #[error("the export cannot be written: {0}")]
    Write(#[from] std::io::Error),
}

/// The whole record: `reports, actors, tenures, statements, events, instruments, rounds, undertakings`, each fact
/// with its `id` and `evidence: [{report, start, end, quote, …}]`. The same reports give the same document, in
/// whatever order they were read.
///
/// Holds all of it in memory; [`export_json`] does not.
pub fn export(store: &Store) -> Result<Value, ExportError> {
    let mut document = Vec::new();
    export_json(store, &mut document)?;
    Ok(serde_json::from_slice(&document).map_err(std::io::Error::from)?)
}

/// Writes the document of [`export`], one report or fact a line.
pub fn export_json(store: &Store, out: &mut dyn Write) -> Result<(), ExportError> {
    let mut between = "\n";
    write!(out, "{{\"reports\": [")?;
    store.each_report::<ExportError>(&Selection::default(), |report| {
        out.write_all(between.as_bytes())?;
        out.write_all(&json(&report)?)?;
        between = ",\n";
        Ok(())
    })?;
    for kind in FactKind::ALL {
        let mut between = "\n";
        write!(out, "\n],\n\"{}\": [", kind.plural())?;
        each(store, kind, |fact| {
            out.write_all(between.as_bytes())?;
            out.write_all(&fact)?;
            between = ",\n";
            Ok(())
        })?;
    }
    writeln!(out, "\n]}}")?;
    Ok(())
}

/// Each fact of a kind, as JSON.
fn each(store: &Store, kind: FactKind, then: impl FnMut(Vec<u8>) -> Result<(), ExportError>) -> Result<(), ExportError> {
    fn of<V: FactValue>(store: &Store, mut then: impl FnMut(Vec<u8>) -> Result<(), ExportError>) -> Result<(), ExportError> {
        store.each::<V, ExportError>(&Selection::default(), true, |row| then(json(&row.fact)?))
    }
    match kind {
        FactKind::Actor => of::<Actor>(store, then),
        FactKind::Tenure => of::<Tenure>(store, then),
        FactKind::Statement => of::<Statement>(store, then),
        FactKind::Event => of::<Event>(store, then),
        FactKind::Instrument => of::<Instrument>(store, then),
        FactKind::Round => of::<Round>(store, then),
        FactKind::Undertaking => of::<Undertaking>(store, then),
    }
}

fn json<T: Serialize>(value: &T) -> Result<Vec<u8>, ExportError> {
    Ok(serde_json::to_vec(value).map_err(std::io::Error::from)?)
}
