//! One report to its findings: a pure function of the report and the language data.
//!
//! Reading never fails and never panics; what cannot be read becomes a [`Note`].

pub mod dates;
mod findings;
mod grammar;
mod names;
mod reader;
mod row;

pub use findings::*;
pub use reader::Reader;
