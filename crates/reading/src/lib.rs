//! One report to its findings: a pure function of the report and the language data.
//!
//! Reading never fails and never panics; what cannot be read becomes a [`Note`].

mod acts;
pub mod dates;
mod events;
mod findings;
mod grammar;
mod instruments;
mod names;
mod reader;
mod row;
mod sides;
mod speakers;
mod statements;
mod topics;
mod trace;
mod undertakings;
pub mod weigh;

pub use findings::*;
pub use reader::Reader;
pub use trace::{Decision, Explanation, Fired};
