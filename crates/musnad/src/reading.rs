//! Reading in which one report cannot take the rest down with it.

use crate::input::Input;
use musnad_intake::{Place, Received};
use musnad_reading::{Findings, Reader};
use musnad_text::Report;
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads a batch in parallel; what `then` makes of each comes in the order of the batch. Reading does not fail; should a
/// fault in it come to light, the report at fault is given back by its place.
pub fn read<T: Send>(
    reader: &Reader,
    batch: Vec<Received>,
    then: impl Fn(&Place, Report, Findings) -> T + Sync,
) -> Vec<Result<T, Place>> {
    let read = batch.into_par_iter().map(|Received { report, place }| {
        let made = catch_unwind(AssertUnwindSafe(|| {
            let findings = reader.read(&report);
            then(&place, report, findings)
        }));
        made.map_err(|_| place)
    });
    read.collect()
}

/// Tells of a report that a fault in reading lost.
pub fn fault(input: &mut Input, place: Place) {
    let what = "a fault in Musnad kept it from being read; please tell its makers, with this report".to_string();
    input.lose(&place, "fault", what);
}
