//! Which part of a record is asked for.

use crate::who::{side, sides};
use musnad_record::Role;
use musnad_store::{Between, Result, Selection, Store};
use serde::{Deserialize, Serialize};

/// Which facts a face asks for. All that is set has to hold.
///
/// An actor is named as [`meant`](crate::meant) says. A state stands also for the bodies that act for it, and a state
/// or body for those who hold a post of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Two sides that both have a part in the fact, by one actor each: who stands on both sides is but one of the two.
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
    /// What the store is asked for: the ties that count for one actor; of two, how one of them is tied to the fact, and how
    /// the other.
    pub(crate) fn selection(&self, store: &Store, actor: &[Role], lead: &[Role], other: &[Role]) -> Result<Selection> {
        let actors = self.actor.iter().map(|name| side(store, name)).collect::<Result<_>>()?;
        let sides = sides(store, self)?;
        Ok(Selection {
            actors,
            roles: actor.to_vec(),
            between: sides.map(|sides| Between { sides, lead: lead.to_vec(), other: other.to_vec() }),
            topic: self.topic.clone(),
            since: self.since.clone(),
            until: self.until.clone(),
        })
    }
}
