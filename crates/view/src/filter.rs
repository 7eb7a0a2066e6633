//! Which part of a record is asked for.

use musnad_record::Role;
use musnad_store::{Result, Selection, Store};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Which facts a face asks for. All that is set has to hold.
///
/// An actor is named by any form of its name or by a last name, in any spelling; a state or body stands also for
/// those who hold a post of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Two actors that both have a part in the fact.
    pub between: Option<(String, String)>,
    /// One who has a part in it.
    pub actor: Option<String>,
    /// Topic id.
    pub topic: Option<String>,
    /// First day, ISO 8601 (`2017-08-21`, `2017-08`, `2017`).
    pub since: Option<String>,
    /// Last day; a month or year counts whole.
    pub until: Option<String>,
}

impl Filter {
    /// The actors of `between`, without those that both names stand for where that leaves any.
    pub(crate) fn sides(&self, store: &Store) -> Result<Option<[BTreeSet<String>; 2]>> {
        let Some((a, b)) = &self.between else { return Ok(None) };
        let (a, b) = (store.actors_named(a)?, store.actors_named(b)?);
        let less = |own: &BTreeSet<String>, other: &BTreeSet<String>| -> BTreeSet<String> {
            let rest: BTreeSet<String> = own.difference(other).cloned().collect();
            if rest.is_empty() { own.clone() } else { rest }
        };
        Ok(Some([less(&a, &b), less(&b, &a)]))
    }

    /// What the store is asked for: the roles that count for one actor, and those for two.
    pub(crate) fn selection(&self, store: &Store, actor: &[Role], between: &[Role]) -> Result<Selection> {
        let mut actors = Vec::new();
        let mut roles = actor;
        if let Some(name) = &self.actor {
            actors.push(store.actors_named(name)?);
        }
        if let Some(sides) = self.sides(store)? {
            actors.extend(sides);
            roles = between;
        }
        Ok(Selection {
            actors,
            roles: roles.to_vec(),
            topic: self.topic.clone(),
            since: self.since.clone(),
            until: self.until.clone(),
        })
    }
}

/// The names in a filter that no actor of the record bears.
pub fn unknown_actors(store: &Store, filter: &Filter) -> Result<Vec<String>> {
    let between = filter.between.iter().flat_map(|(a, b)| [a, b]);
    let mut unknown = Vec::new();
    for name in between.chain(&filter.actor) {
        if store.actors_named(name)?.is_empty() {
            unknown.push(name.clone());
        }
    }
    Ok(unknown)
}
