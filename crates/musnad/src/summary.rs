//! A record at a glance.

use crate::output::{Out, counted};
use musnad_view::{Frequent, Overview};
use std::io;

/// Prints what a record holds.
pub fn print(out: &mut Out, heading: &str, holds: &Overview) -> io::Result<()> {
    out.heading(heading, &[&counted(holds.reports, "report")])?;
    for (label, count) in [
        ("persons", holds.persons),
        ("states", holds.states),
        ("bodies", holds.bodies),
        ("statements", holds.statements),
        ("events", holds.events),
        ("instruments", holds.instruments),
        ("rounds", holds.rounds),
        ("undertakings", holds.undertakings),
    ] {
        out.field(label, &[&count.to_string()])?;
    }
    most(out, "named most (reports)", &holds.most_named)?;
    most(out, "spoken of most (statements)", &holds.most_discussed)
}

fn most(out: &mut Out, heading: &str, frequent: &[Frequent]) -> io::Result<()> {
    if frequent.is_empty() {
        return Ok(());
    }
    out.line(format_args!("{heading}:"))?;
    frequent.iter().try_for_each(|f| out.field(&f.times.to_string(), &[&f.name]))
}
