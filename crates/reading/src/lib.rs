//! One report to its findings: a pure function of the report and the language data.
//!
//! Reading never fails and never panics; what cannot be read becomes a [`Note`].

pub mod dates;
mod findings;

pub use findings::*;

use musnad_language::Language;
use musnad_text::Report;

/// Reads one report.
pub fn read(report: &Report, language: &Language) -> Findings {
    let _ = language;
    Findings {
        report: report.id.clone(),
        ..Findings::default()
    }
}
