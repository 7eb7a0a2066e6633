//! What is known of a language, compiled: look-up of words and phrases, the tables behind them, and the rules.
//!
//! The data stands in `language/<lang>/`; the build script compiles it ([`compile`](../src/compile/mod.rs)) into a phrase
//! map (an FST over folded tokens) and tables. Nothing is read from disk at run time.

pub mod calendar;
#[cfg(test)]
#[allow(dead_code)]
mod compile;
mod lookup;
mod model;
pub mod names;

pub use lookup::{Hit, Language};
pub use model::*;
