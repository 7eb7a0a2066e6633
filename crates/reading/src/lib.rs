//! One report to its findings: a pure function of the report and the language data.
//!
//! Reading never fails and never panics; what cannot be read becomes a [`Note`].

mod acts;
pub mod dates;
mod findings;
mod grammar;
mod names;
mod reader;
mod row;
mod speakers;
mod statements;

pub use findings::*;
pub use reader::Reader;
