//! Which names are one person's.
//!
//! Two full names are one person's if they differ in spelling only; if they are transcriptions of one another, and no
//! posts speak against it; or if one leaves out words that the other has, and a post speaks for it. A name that could
//! be short for two fuller ones that are not one person's is neither's.
//!
//! A person of whom a report gives only a last name is the one bearer of it with a post in common; or, if the record has
//! but one bearer and the report gives no post, that one, where the report also names the state or body of one of his
//! posts. Else the name stays by itself.
//!
//! All of this is a function of the set of reports: which names there are, and which posts go with them.

use crate::contribution::{Contribution, OfficeSeen, PersonSeen};
use crate::fold::{key, last_name};
use musnad_language::names::{self, NameKey, Why};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Transcriptions further apart than this need a post in common.
const SURE: f32 = 0.9;

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

    /// Whether two posts speak for one holder: of the same state or body, or the same title where one is silent on whose.
    fn agrees(&self, other: &Post) -> bool {
        match (&self.of, &other.of) {
            (Some(a), Some(b)) => a == b,
            _ => self.title == other.title,
        }
    }
}

fn agree(some: &BTreeSet<Post>, others: &BTreeSet<Post>) -> bool {
    some.iter().any(|a| others.iter().any(|b| a.agrees(b)))
}

/// The full names of a record, and which of them are one person's.
pub(crate) struct Persons {
    /// For each full name that is not the first of its person's names in order: that first one.
    first: HashMap<String, String>,
    /// Last name -> first names in order of the persons who bear it.
    bearers: HashMap<String, BTreeSet<String>>,
    /// Of each person, by first name in order, the posts that all reports give.
    posts: HashMap<String, BTreeSet<Post>>,
}

impl Persons {
    /// Judges all full names of all reports together.
    pub fn of(contributions: &[&Contribution]) -> Self {
        let mut names: BTreeMap<String, BTreeSet<Post>> = BTreeMap::new();
        for person in contributions.iter().flat_map(|c| &c.persons) {
            let own = key(&person.name);
            if is_full(&own) {
                names.entry(own).or_default().extend(person.offices.iter().map(Post::of));
            }
        }
        let groups = groups(&names);
        let mut persons = Persons { first: HashMap::new(), bearers: HashMap::new(), posts: HashMap::new() };
        let keys: Vec<String> = names.keys().cloned().collect();
        for (at, (name, posts)) in names.into_iter().enumerate() {
            let first = keys[groups[at]].clone();
            persons.bearers.entry(last_name(&name).to_string()).or_default().insert(first.clone());
            persons.posts.entry(first.clone()).or_default().extend(posts);
            if first != name {
                persons.first.insert(name, first);
            }
        }
        persons
    }

    /// The first in order of the names of the person who bears this full name.
    pub fn first_name_of(&self, key: String) -> String {
        self.first.get(&key).cloned().unwrap_or(key)
    }

    /// The person whom a report means by a last name; `None` if it gives a full name, or means nobody known.
    pub fn fuller(&self, c: &Contribution, person: &PersonSeen) -> Option<&str> {
        let last = key(&person.name);
        let bearers = self.bearers.get(&last).filter(|_| !is_full(&last))?;
        let posts: BTreeSet<Post> = person.offices.iter().map(Post::of).collect();
        if let Some(one) = only(bearers.iter().filter(|name| agree(&posts, &self.posts[*name]))) {
            return Some(one);
        }
        let one = only(bearers.iter()).filter(|_| posts.is_empty())?;
        let posts_told = c.persons.iter().flat_map(|p| &p.offices).filter_map(|office| office.of.as_ref());
        let told: BTreeSet<String> = c.actors.iter().map(|a| &a.actor).chain(posts_told).map(|a| key(&a.name)).collect();
        let named = |of: &String| told.contains(of);
        self.posts[one].iter().filter_map(|post| post.of.as_ref()).any(named).then_some(one)
    }
}

fn is_full(key: &str) -> bool {
    key.contains(' ')
}

fn only<'s>(mut some: impl Iterator<Item = &'s String>) -> Option<&'s String> {
    let one = some.next()?;
    some.next().is_none().then_some(one)
}

/// For each name, by its place in order, the place of the first name of the same person.
fn groups(names: &BTreeMap<String, BTreeSet<Post>>) -> Vec<usize> {
    let posts: Vec<&BTreeSet<Post>> = names.values().collect();
    let keys: Vec<NameKey> = names.keys().map(|name| names::key(name)).collect();
    let words: Vec<usize> = names.keys().map(|name| name.split(' ').count()).collect();
    let mut groups: Vec<usize> = (0..keys.len()).collect();
    // For each name those of which it leaves out words, with a post in common.
    let mut fuller: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (a, b) in pairs(&keys) {
        let verdict = names::compare_keys(&keys[a], &keys[b]);
        let posts_agree = || agree(posts[a], posts[b]);
        let silent = || posts[a].is_empty() || posts[b].is_empty();
        match verdict.why {
            _ if !verdict.same => {}
            Why::Written | Why::Spelling => unite(&mut groups, a, b),
            Why::Sound if posts_agree() || (silent() && verdict.score >= SURE) => unite(&mut groups, a, b),
            Why::LeftOut if posts_agree() => {
                let (short, long) = if words[a] <= words[b] { (a, b) } else { (b, a) };
                fuller.entry(short).or_default().insert(long);
            }
            _ => {}
        }
    }
    for (short, long) in fuller {
        let all: Vec<usize> = long.into_iter().collect();
        let one = |(n, &a): (usize, &usize)| all[n + 1..].iter().all(|&b| names::compare_keys(&keys[a], &keys[b]).same);
        if all.iter().enumerate().all(one) {
            all.iter().for_each(|&long| unite(&mut groups, short, long));
        }
    }
    (0..groups.len()).map(|at| root(&groups, at)).collect()
}

/// Pairs of names that may be one person's, each once.
fn pairs(keys: &[NameKey]) -> BTreeSet<(usize, usize)> {
    let mut blocks: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, name) in keys.iter().enumerate() {
        for block in names::block_keys(name) {
            blocks.entry(block).or_default().push(at);
        }
    }
    let mut pairs = BTreeSet::new();
    for block in blocks.values() {
        for (n, &a) in block.iter().enumerate() {
            pairs.extend(block[n + 1..].iter().map(|&b| (a, b)));
        }
    }
    pairs
}

fn root(groups: &[usize], mut at: usize) -> usize {
    while groups[at] != at {
        at = groups[at];
    }
    at
}

/// The root of a group is its first name in order, so that it does not depend on the order of judgements.
fn unite(groups: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(groups, a), root(groups, b));
    groups[a.max(b)] = a.min(b);
}
