//! A report's text, with offsets that never drift.
//!
//! Inside Musnad every [`Span`] is a pair of byte offsets into one immutable [`Text`]. Faces hand out
//! Unicode code points (or UTF-16 units for scripts in a page); [`Text`] converts both ways.
//!
//! This crate knows no lexicon and does no IO.

mod report;
mod span;

pub use report::Report;
pub use span::{Span, Text};
