//! Log-linear weighing: several labels compete for a statement, each with the signs that speak for it.
//!
//! A sign counts by its weight for every label (`*`) and by what one label adds to that. The weights are data, fitted on
//! annotated reports by `cargo run --release -p musnad-reading --example weigh -- DIR …`, so that no weight is anybody's guess.

use std::borrow::Cow;
use std::collections::HashMap;

/// The label of weights that all labels share.
const ALL: &str = "*";

/// What speaks for one label of a statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The label: a topic or an act.
    pub label: &'static str,
    /// Signs and how often, or how much, each is there.
    pub signs: Vec<(Cow<'static, str>, f32)>,
}

impl Candidate {
    /// One without signs.
    pub fn new(label: &'static str) -> Candidate {
        Candidate { label, signs: Vec::new() }
    }

    /// Adds a sign; one of no amount is none.
    pub fn add(&mut self, sign: impl Into<Cow<'static, str>>, amount: f32) {
        if amount != 0.0 {
            self.signs.push((sign.into(), amount));
        }
    }
}

/// Weights of signs by label.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Weights(HashMap<String, HashMap<String, f32>>);

impl Weights {
    /// Reads lines of label, sign and weight, parted by tabs, below a line that names the columns. Other lines say nothing.
    pub fn parse(source: &str) -> Weights {
        let mut out = Weights::default();
        for line in source.lines().filter(|l| !l.starts_with('#')) {
            let mut columns = line.split('\t');
            if let (Some(label), Some(sign), Some(Ok(weight))) = (columns.next(), columns.next(), columns.next().map(str::parse))
            {
                out.set(label, sign, weight);
            }
        }
        out
    }

    /// Gives a sign a weight.
    pub fn set(&mut self, label: &str, sign: &str, weight: f32) {
        self.0.entry(label.into()).or_default().insert(sign.into(), weight);
    }

    /// What a sign counts for all labels (`*`), or what one label adds to that.
    pub fn of(&self, label: &str, sign: &str) -> f32 {
        self.0.get(label).and_then(|w| w.get(sign)).copied().unwrap_or(0.0)
    }

    /// What all signs of a candidate add up to.
    pub fn score(&self, c: &Candidate) -> f32 {
        c.signs.iter().map(|(sign, amount)| amount * (self.of(ALL, sign) + self.of(c.label, sign))).sum()
    }
}
