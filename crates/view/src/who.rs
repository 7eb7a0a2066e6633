//! Who is meant by a name, and for whom else a state or body stands.

use crate::Filter;
use musnad_language::names::{self, Why};
use musnad_language::{Language, Sense};
use musnad_reading::ActorKind;
use musnad_record::Actor;
use musnad_store::{Error, Result, Selection, Store};
use musnad_text::{Kind, Token, tokens};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Whom a name means in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// These actors; most often one. A last name means all who bear it.
    Actors(BTreeSet<String>),
    /// One of several, of these names.
    Several(Vec<String>),
    /// Nobody.
    Nobody,
}

/// What is wrong with a name in a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misnomer {
    /// Nobody in the record bears it.
    Nobody(String),
    /// It may mean any of these.
    Several(String, Vec<String>),
    /// Both names of `between` stand for the same.
    Same(String, String),
}

/// Kinds of bodies that act for the state to which they belong.
const OF_THE_STATE: [&str; 13] = [
    "ministry",
    "government",
    "presidency",
    "office",
    "mission",
    "council",
    "parliament",
    "committee",
    "authority",
    "delegation",
    "military",
    "security",
    "court",
];

static ARABIC: LazyLock<Language> = LazyLock::new(Language::arabic);

/// Whom a name means: an actor who bears it; else the state or body that it is another name of (an adjective, a
/// capital, the English name); else whom it has as one word of several; else the one person of whose name it
/// is another spelling, in any script.
pub fn meant(store: &Store, name: &str) -> Result<Meant> {
    let named = store.actors_named(name)?;
    if !named.is_empty() {
        return Ok(Meant::Actors(named));
    }
    let known = common_names(name);
    if !known.is_empty() {
        return in_record(store, known);
    }
    let with = store.actors_with(name)?;
    if !with.is_empty() {
        return Ok(Meant::Actors(with));
    }
    spelled_otherwise(store, name)
}

/// The names in a filter of which it is not clear whom they mean.
pub fn misnomers(store: &Store, filter: &Filter) -> Result<Vec<Misnomer>> {
    let mut misnomers = Vec::new();
    for name in filter.between.iter().flat_map(|(a, b)| [a, b]).chain(&filter.actor) {
        match meant(store, name)? {
            Meant::Actors(_) => {}
            Meant::Several(names) => misnomers.push(Misnomer::Several(name.clone(), names)),
            Meant::Nobody => misnomers.push(Misnomer::Nobody(name.clone())),
        }
    }
    if let (Some((a, b)), Some([one, two])) = (&filter.between, sides(store, filter)?)
        && one == two
        && !one.is_empty()
    {
        misnomers.push(Misnomer::Same(a.clone(), b.clone()));
    }
    Ok(misnomers)
}

/// All for whom the two names of `between` stand.
pub(crate) fn sides(store: &Store, filter: &Filter) -> Result<Option<[BTreeSet<String>; 2]>> {
    let Some((a, b)) = &filter.between else { return Ok(None) };
    Ok(Some([side(store, a)?, side(store, b)?]))
}

/// All for whom a name stands: whom it means; of a state also its bodies; of states and bodies those who hold a
/// post of theirs. Nobody, where it is not clear whom it means.
pub(crate) fn side(store: &Store, name: &str) -> Result<BTreeSet<String>> {
    let Meant::Actors(mut side) = meant(store, name)? else { return Ok(BTreeSet::new()) };
    let mut states = BTreeSet::new();
    for id in &side {
        let fact = store.fact::<Actor>(id)?.map(|row| row.fact.value);
        states.extend(fact.filter(|actor| actor.kind == ActorKind::State).map(|actor| actor.name));
    }
    if !states.is_empty() {
        store.each::<Actor, Error>(&Selection::default(), false, |row| {
            let Actor { name, kind, .. } = row.fact.value;
            if kind == ActorKind::Body && state_of(&name).is_some_and(|state| states.contains(state)) {
                side.insert(row.fact.id);
            }
            Ok(())
        })?;
    }
    for id in side.clone() {
        side.extend(store.holders(&id)?);
    }
    Ok(side)
}

/// Words of a name with what the lexicon knows of each: where it begins, how many words it takes, its senses.
fn known_words(tokens: &[Token]) -> impl Iterator<Item = (usize, usize, &'static Sense)> {
    let hits = (0..tokens.len()).flat_map(move |at| ARABIC.hits(tokens, at).into_iter().map(move |hit| (at, hit)));
    // What is parted from a name is its article at most.
    let whole = hits.filter(|(_, hit)| !hit.pronoun && hit.clitics.conjunction.is_none() && hit.clitics.preposition.is_none());
    whole.flat_map(|(at, hit)| hit.senses.iter().map(move |sense| (at, hit.len, sense)))
}

fn class(sense: &Sense) -> &'static str {
    ARABIC.lexicon().classes.get(usize::from(sense.class)).map_or("", String::as_str)
}

/// The state of which a word is a name, adjective or capital.
fn state(sense: &Sense) -> Option<&'static str> {
    let of_state = matches!(class(sense), "STATE" | "ADJ" | "PEOPLE" | "CAPITAL");
    let state = ARABIC.lexicon().states.get(sense.item as usize).filter(|_| of_state)?;
    Some(&state.name)
}

/// The states and bodies of which a name is another name, by the name that the record has for them.
fn common_names(name: &str) -> BTreeSet<(ActorKind, &'static str)> {
    let lexicon = ARABIC.lexicon();
    let latin = |other: &str| !other.is_empty() && other.eq_ignore_ascii_case(name.trim());
    let mut known = BTreeSet::new();
    known.extend(lexicon.states.iter().filter(|s| latin(&s.latin)).map(|s| (ActorKind::State, s.name.as_str())));
    known.extend(lexicon.bodies.iter().filter(|b| latin(&b.latin)).map(|b| (ActorKind::Body, b.name.as_str())));
    let tokens = tokens(name);
    for (_, _, sense) in known_words(&tokens).filter(|(at, len, _)| *at == 0 && *len == tokens.len()) {
        known.extend(state(sense).map(|name| (ActorKind::State, name)));
        let body = lexicon.bodies.get(sense.item as usize).filter(|_| class(sense) == "BODY");
        known.extend(body.map(|body| (ActorKind::Body, body.name.as_str())));
    }
    known
}

/// The one of these that the record has.
fn in_record(store: &Store, known: BTreeSet<(ActorKind, &str)>) -> Result<Meant> {
    let mut found = BTreeMap::new();
    for (kind, name) in known {
        for id in store.actors_named(name)? {
            if store.fact::<Actor>(&id)?.is_some_and(|row| row.fact.value.kind == kind) {
                found.insert(id, name.to_string());
            }
        }
    }
    Ok(one_of(found))
}

fn one_of(found: BTreeMap<String, String>) -> Meant {
    match found.len() {
        0 => Meant::Nobody,
        1 => Meant::Actors(found.into_keys().collect()),
        _ => Meant::Several(found.into_values().collect::<BTreeSet<_>>().into_iter().collect()),
    }
}

/// The person of whose name this is another spelling.
fn spelled_otherwise(store: &Store, name: &str) -> Result<Meant> {
    let key = names::key(name);
    // Those whose whole name it is come before those of whose name it leaves something out.
    let (mut whole, mut part) = (BTreeMap::new(), BTreeMap::new());
    store.each::<Actor, Error>(&Selection::default(), false, |row| {
        let actor = row.fact.value;
        if actor.kind != ActorKind::Person {
            return Ok(());
        }
        for form in &actor.forms {
            let verdict = names::compare_keys(&key, &names::key(form));
            let found = match verdict.why {
                _ if !verdict.same => continue,
                Why::Written | Why::Spelling | Why::Sound => &mut whole,
                _ => &mut part,
            };
            found.insert(row.fact.id.clone(), actor.name.clone());
        }
        Ok(())
    })?;
    Ok(one_of(if whole.is_empty() { part } else { whole }))
}

/// The state for which a body acts; `None` for one of no state, or of private people.
fn state_of(body: &str) -> Option<&'static str> {
    let lexicon = ARABIC.lexicon();
    let tokens: Vec<Token> = tokens(body).into_iter().filter(|t| t.kind == Kind::Word).collect();
    let known: Vec<_> = known_words(&tokens).collect();
    let acts_for = |kind: &str| OF_THE_STATE.contains(&kind);
    let listed = known.iter().find(|(at, len, sense)| *at == 0 && *len == tokens.len() && class(sense) == "BODY");
    if let Some(body) = listed.and_then(|(_, _, sense)| lexicon.bodies.get(sense.item as usize)) {
        return Some(body.of.as_str()).filter(|of| !of.is_empty() && acts_for(&body.kind));
    }
    let head = known.iter().filter(|(at, _, sense)| *at == 0 && class(sense) == "BODYHEAD").max_by_key(|(_, len, _)| *len);
    let head = lexicon.body_heads.get(head?.2.item as usize).filter(|head| acts_for(&head.kind));
    head.and_then(|_| known.iter().filter(|(at, ..)| *at > 0).find_map(|(_, _, sense)| state(sense)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_acts_for_the_state_that_its_name_tells() {
        for (body, state) in [
            ("وزارة الخارجية المصرية", Some("مصر")),
            ("الخارجية الروسية", Some("روسيا")),
            ("سفارة إيطاليا في القاهرة", Some("إيطاليا")),
            ("الحكومة الألمانية", Some("ألمانيا")),
            ("جامعة الدول العربية", None),
            ("الأمم المتحدة", None),
            ("وكالة الأنباء السعودية", None),
            ("المصري", None),
            ("", None),
        ] {
            assert_eq!(state_of(body), state, "{body}");
        }
    }

    #[test]
    fn a_state_is_known_by_its_other_names() {
        let only = |name: &str| common_names(name).into_iter().map(|(_, name)| name).collect::<Vec<_>>();
        for name in ["Egypt", "egypt", "المصري", "مصرية", "القاهرة"] {
            assert_eq!(only(name), ["مصر"], "{name}");
        }
        assert_eq!(only("United Nations"), ["الأمم المتحدة"]);
        assert!(only("للمصري").is_empty() && only("").is_empty());
    }
}
