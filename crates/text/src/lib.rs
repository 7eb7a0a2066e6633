//! A report's text, with offsets that never drift.
//!
//! Inside Musnad every [`Span`] is a pair of byte offsets into one immutable [`Text`]. Faces hand out
//! Unicode code points (or UTF-16 units for scripts in a page); [`Text`] converts both ways.
//!
//! This crate knows no lexicon and does no IO.

mod fold;
mod quote;
mod report;
mod sentence;
mod span;
mod token;

pub use fold::{FoldMap, fold, fold_char};
pub use quote::{Quotation, quotations};
pub use report::Report;
pub use sentence::sentences;
pub use span::{Span, Text};
pub use token::{Clitics, Kind, Token, splits, tokens, without_clitics};
