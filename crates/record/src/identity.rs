//! Who is who: which actor of the record a name in a report stands for.
//!
//! States and bodies are one where their common names fold together, persons where their full names do. A
//! person of whom a report gives only one name joins a fuller-named person if exactly one in the record has
//! that last name and an office in common; else the name stays by itself.

use crate::contribution::{Contribution, OfficeSeen, PersonSeen};
use crate::fold::{key, last_name};
use crate::id::id;
use musnad_reading::{ActorKind, ActorRef};
use std::collections::{BTreeSet, HashMap};

/// An actor of the record: index into [`Identity::actors`].
pub(crate) type ActorAt = usize;

/// What makes an actor one: kind and folded name.
pub(crate) struct Known {
    pub kind: ActorKind,
    pub key: String,
    pub id: String,
}

/// The judgement on all names of all reports.
pub(crate) struct Identity<'a> {
    pub actors: Vec<Known>,
    by_key: HashMap<(ActorKind, String), ActorAt>,
    by_name: HashMap<(ActorKind, &'a str), ActorAt>,
    /// For each contribution, for each of its persons, the actor.
    persons: Vec<Vec<Option<ActorAt>>>,
}

impl<'a> Identity<'a> {
    /// Judges the names of all reports together.
    pub fn of(contributions: &[&'a Contribution]) -> Self {
        let mut identity = Identity { actors: Vec::new(), by_key: HashMap::new(), by_name: HashMap::new(), persons: Vec::new() };
        let full = FullNames::of(contributions);
        for &c in contributions {
            let resolved = c.persons.iter().map(|p| {
                let own = key(&p.name);
                let joined = if is_full(&own) { own } else { full.fuller(&own, p).map_or(own, str::to_string) };
                identity.known(ActorKind::Person, joined)
            });
            let resolved = resolved.collect();
            identity.persons.push(resolved);
        }
        identity
    }

    /// The actor for which person `person` of contribution `at` stands.
    pub fn person(&self, at: usize, person: usize) -> Option<ActorAt> {
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
                return self.persons[at][i];
            }
        }
        self.by_name.get(&(actor.kind, actor.name.as_str())).copied()
    }

    fn known(&mut self, kind: ActorKind, key: String) -> Option<ActorAt> {
        if key.is_empty() {
            return None;
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

fn is_full(key: &str) -> bool {
    key.contains(' ')
}

/// A post, for comparison.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Post {
    title: String,
    of: Option<String>,
}

impl Post {
    fn of(office: &OfficeSeen) -> Post {
        Post { title: key(&office.title), of: office.of.as_ref().map(|a| key(&a.name)) }
    }

    /// Whether two posts speak for one holder: the same state or body, or the same title where one is silent on whose.
    fn agrees(&self, other: &Post) -> bool {
        match (&self.of, &other.of) {
            (Some(a), Some(b)) => a == b,
            _ => self.title == other.title,
        }
    }
}

/// All full names of the record with the posts that reports give them.
struct FullNames {
    posts: HashMap<String, BTreeSet<Post>>,
    by_last: HashMap<String, BTreeSet<String>>,
}

impl FullNames {
    fn of(contributions: &[&Contribution]) -> Self {
        let mut names = FullNames { posts: HashMap::new(), by_last: HashMap::new() };
        for person in contributions.iter().flat_map(|c| &c.persons) {
            let full = key(&person.name);
            if is_full(&full) {
                names.by_last.entry(last_name(&full).to_string()).or_default().insert(full.clone());
                names.posts.entry(full).or_default().extend(person.offices.iter().map(Post::of));
            }
        }
        names
    }

    /// The one full name with this last name and a post in common.
    fn fuller(&self, last: &str, person: &PersonSeen) -> Option<&str> {
        let posts: Vec<Post> = person.offices.iter().map(Post::of).collect();
        let mut fitting = self.by_last.get(last)?.iter().filter(|full| {
            let held = &self.posts[*full];
            posts.iter().any(|p| held.iter().any(|h| h.agrees(p)))
        });
        let one = fitting.next()?;
        fitting.next().is_none().then_some(one.as_str())
    }
}
