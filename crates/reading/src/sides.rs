//! Whose side an actor is on: the state that a speaker speaks for.

use crate::findings::{ActorKind, ActorRef};
use crate::names::Names;
use crate::row::{Doc, Thing, Unit};
use musnad_pattern::Class;

/// Tells the sides of one report apart.
pub struct Sides<'a, 'l> {
    doc: &'a Doc<'l>,
    names: &'a Names,
    own: Class,
    named: [Class; 3],
}

impl<'a, 'l> Sides<'a, 'l> {
    /// For one report.
    pub fn new(doc: &'a Doc<'l>, names: &'a Names) -> Self {
        let c = |n: &str| doc.language.class(n);
        Sides { doc, names, own: c("SELF"), named: [c("STATE"), c("CAPITAL"), c("ADJ")] }
    }

    /// The state that an actor speaks for: itself, that of an office held, or the one that its name tells.
    pub fn home(&self, actor: &ActorRef) -> Option<String> {
        match actor.kind {
            ActorKind::State => Some(actor.name.clone()),
            ActorKind::Person => {
                let person = self.names.persons.iter().find(|p| p.name == actor.name)?;
                let mut of = person.offices.iter().filter_map(|o| self.names.offices[*o].of.as_ref());
                of.find_map(|a| if a.kind == ActorKind::Person { None } else { self.home(a) })
            }
            ActorKind::Body | ActorKind::Unnamed => {
                let tokens = musnad_text::tokens(&actor.name);
                let hits = (0..tokens.len()).flat_map(|at| self.doc.language.hits(&tokens, at));
                let mut senses = hits.filter(|h| !h.pronoun).flat_map(|h| h.senses);
                senses
                    .find(|s| self.named.iter().any(|c| c.0 == s.class))
                    .map(|s| self.doc.language.lexicon().states[s.item as usize].name.clone())
            }
        }
    }

    /// The states that some speakers speak for, each once.
    pub fn homes(&self, speakers: &[ActorRef]) -> Vec<String> {
        let mut homes: Vec<String> = speakers.iter().filter_map(|a| self.home(a)).collect();
        homes.sort();
        homes.dedup();
        homes
    }

    /// Whether a unit names or stands for one of the speakers or their state; `None` where it names nobody.
    pub fn is_own(&self, unit: &Unit, speakers: &[ActorRef], homes: &[String]) -> Option<bool> {
        if unit.classes.contains(self.own) {
            return Some(true);
        }
        match unit.thing.as_ref()? {
            // A mission of the United Nations speaks for them: its name ends with theirs, or has it within.
            Thing::Named(_, name) => Some(homes.contains(name) || speakers.iter().any(|s| names(&s.name, name))),
            Thing::Person(p) => Some(speakers.iter().any(|s| s.name == self.names.persons[*p].name)),
            Thing::Office(_) | Thing::Date(_) => None,
        }
    }
}

/// Whether a name is, or holds as whole words, another.
fn names(whole: &str, part: &str) -> bool {
    format!(" {whole} ").contains(&format!(" {part} "))
}
