//! Many findings to one record.
//!
//! [`contribute`] turns what one report yields into a [`Contribution`]: values with the passages that say so,
//! in code points and with their exact words. A [`Record`] is a set of contributions, one a report;
//! [`Record::facts`] derives from it who is who, what is one meeting or one statement, and what holds over
//! time. The merge of records is a union, and the facts are a pure function of the set, so any order, any
//! split into parts and any repetition of the same reports give the same facts, byte for byte.
//!
//! Nothing enters without a passage ([`Words::of`] is the only way to make one from a text), the rule that
//! found it and the version of the reading.

mod contribution;
mod derive;
mod fact;
mod fold;
mod id;
mod identity;
mod persons;

pub use contribution::{
    ActorSeen, Contribution, EventSeen, InstrumentSeen, OfficeSeen, PersonSeen, StatementSeen, UndertakingSeen, Words, contribute,
};
pub use fact::{
    Actor, ChainLink, ChainRole, Event, Evidence, Fact, FactKind, Facts, Instrument, Link, Part, Role, Round, SOURCE_UNKNOWN,
    Statement, Tenure, Undertaking, Value,
};
pub use fold::{key, last_name};

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The contributions of many reports, one a report.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    contributions: BTreeMap<String, Contribution>,
}

impl Record {
    /// A record of nothing.
    pub fn new() -> Self {
        Record::default()
    }

    /// Adds what one report gave. Of two readings of the same report one stays, whichever comes first:
    /// the greater by the version of the reading, then by content.
    pub fn add(&mut self, contribution: Contribution) {
        match self.contributions.entry(contribution.report.clone()) {
            Entry::Vacant(free) => {
                free.insert(contribution);
            }
            Entry::Occupied(mut held) => {
                if held.get().precedence() < contribution.precedence() {
                    held.insert(contribution);
                }
            }
        }
    }

    /// The union of two records: associative, commutative, idempotent.
    pub fn merge(mut self, other: Record) -> Record {
        other.contributions.into_values().for_each(|c| self.add(c));
        self
    }

    /// All contributions, by report id.
    pub fn contributions(&self) -> impl Iterator<Item = &Contribution> {
        self.contributions.values()
    }

    /// How many reports contributed.
    pub fn len(&self) -> usize {
        self.contributions.len()
    }

    /// Whether no report contributed.
    pub fn is_empty(&self) -> bool {
        self.contributions.is_empty()
    }

    /// What follows from all contributions together: a pure function of the set.
    pub fn facts(&self) -> Facts {
        derive::facts(&self.contributions.values().collect::<Vec<_>>())
    }
}

impl FromIterator<Contribution> for Record {
    fn from_iter<I: IntoIterator<Item = Contribution>>(contributions: I) -> Self {
        let mut record = Record::new();
        contributions.into_iter().for_each(|c| record.add(c));
        record
    }
}
