//! Who is who: which actor of the record a name in a report stands for.
//!
//! States and bodies are one where their common names fold together. Persons are judged by the comparison of names
//! and by the posts that reports give them (see [`persons`](crate::persons)).

use crate::contribution::Contribution;
use crate::fold::key;
use crate::id::id;
use crate::persons::Persons;
use musnad_reading::{ActorKind, ActorRef};
use std::collections::HashMap;

/// An actor of the record: index into [`Identity::actors`].
pub(crate) type ActorAt = usize;

/// What makes an actor one: kind and folded name; of several names that are one person's, the first in order.
pub(crate) struct Known {
    pub kind: ActorKind,
    pub key: String,
    pub id: String,
}

/// A person of a report.
#[derive(Clone, Copy)]
pub(crate) struct Resolved {
    pub actor: ActorAt,
    /// Whether the report gives only a last name, which is no name for the record to show.
    pub by_last_name: bool,
}

/// The judgement on all names of all reports.
pub(crate) struct Identity<'a> {
    pub actors: Vec<Known>,
    judged: Persons,
    by_key: HashMap<(ActorKind, String), ActorAt>,
    by_name: HashMap<(ActorKind, &'a str), ActorAt>,
    /// For each contribution, for each of its persons, the actor.
    persons: Vec<Vec<Option<Resolved>>>,
}

impl<'a> Identity<'a> {
    /// Judges the names of all reports together.
    pub fn of(contributions: &[&'a Contribution]) -> Self {
        let mut identity = Identity {
            actors: Vec::new(),
            judged: Persons::of(contributions),
            by_key: HashMap::new(),
            by_name: HashMap::new(),
            persons: Vec::with_capacity(contributions.len()),
        };
        for c in contributions {
            let persons = c.persons.iter().map(|person| {
                let fuller = identity.judged.fuller(c, person).map(str::to_string);
                let by_last_name = fuller.is_some();
                let actor = identity.known(ActorKind::Person, fuller.unwrap_or_else(|| key(&person.name)))?;
                Some(Resolved { actor, by_last_name })
            });
            let persons = persons.collect();
            identity.persons.push(persons);
        }
        identity
    }

    /// The actor for which person `person` of contribution `at` stands.
    pub fn person(&self, at: usize, person: usize) -> Option<Resolved> {
        self.persons[at][person]
    }

    /// The actor for which a name in contribution `at` stands; `None` for a name without a letter.
    pub fn actor(&mut self, at: usize, c: &Contribution, actor: &'a ActorRef) -> Option<ActorAt> {
        if let Some(found) = self.met(at, c, actor) {
            return Some(found);
        }
        let found = self.known(actor.kind, key(&actor.name))?;
        self.by_name.insert((actor.kind, &actor.name), found);
        Some(found)
    }

    /// The same, for a name that was met before.
    pub fn met(&self, at: usize, c: &Contribution, actor: &ActorRef) -> Option<ActorAt> {
        if actor.kind == ActorKind::Person {
            let same = |name: &String| *name == actor.name;
            let by_name = c.persons.iter().position(|p| same(&p.name));
            if let Some(i) = by_name.or_else(|| c.persons.iter().position(|p| p.forms.iter().any(same))) {
                return self.persons[at][i].map(|resolved| resolved.actor);
            }
        }
        self.by_name.get(&(actor.kind, actor.name.as_str())).copied()
    }

    fn known(&mut self, kind: ActorKind, mut key: String) -> Option<ActorAt> {
        if key.is_empty() {
            return None;
        }
        if kind == ActorKind::Person {
            key = self.judged.first_name_of(key);
        }
        let actors = &mut self.actors;
        let at = *self.by_key.entry((kind, key)).or_insert_with_key(|(kind, key)| {
            let id = id("a", [kind_name(*kind), key.as_str()]);
            actors.push(Known { kind: *kind, key: key.clone(), id });
            actors.len() - 1
        });
        Some(at)
    }
}

fn kind_name(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Person => "person",
        ActorKind::State => "state",
        ActorKind::Body => "body",
        ActorKind::Unnamed => "unnamed",
    }
}
