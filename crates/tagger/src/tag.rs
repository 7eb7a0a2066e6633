//! What a word is in a name: the letters of the tagger's alphabet, and the names that a row of them spells.

use std::ops::Range;

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Name {
    Person,
    Place,
    Body,
}

impl Name {
    /// All of them.
    pub const ALL: [Name; 3] = [Name::Person, Name::Place, Name::Body];
}

/// What a word is: outside of names, the first word of one, or one that goes on with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Tag {
    Outside,
    First(Name),
    Next(Name),
}

/// How many tags there are.
pub const TAGS: usize = 7;

impl Tag {
    /// All of them, by number.
    pub const ALL: [Tag; TAGS] = [
        Tag::Outside,
        Tag::First(Name::Person),
        Tag::Next(Name::Person),
        Tag::First(Name::Place),
        Tag::Next(Name::Place),
        Tag::First(Name::Body),
        Tag::Next(Name::Body),
    ];

    /// Its number.
    pub fn number(self) -> usize {
        match self {
            Tag::Outside => 0,
            Tag::First(n) => 1 + 2 * n as usize,
            Tag::Next(n) => 2 + 2 * n as usize,
        }
    }

    /// Whether it may stand after `before`; `None` is the beginning of a row.
    pub fn follows(self, before: Option<Tag>) -> bool {
        match self {
            Tag::Next(n) => matches!(before, Some(Tag::First(m) | Tag::Next(m)) if m == n),
            _ => true,
        }
    }
}

/// A name in a row of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// Its words.
    pub words: Range<usize>,
    /// What it stands for.
    pub name: Name,
}

/// The names that tags spell. A continuation without a beginning begins one.
pub fn marked(tags: &[Tag]) -> Vec<Marked> {
    let mut out: Vec<Marked> = Vec::new();
    for (i, tag) in tags.iter().enumerate() {
        match *tag {
            Tag::Outside => {}
            Tag::Next(_) if tag.follows(i.checked_sub(1).map(|b| tags[b])) => {
                if let Some(last) = out.last_mut() {
                    last.words.end = i + 1;
                }
            }
            Tag::First(name) | Tag::Next(name) => out.push(Marked { words: i..i + 1, name }),
        }
    }
    out
}

/// The tags of a row of `len` words with these names; of names that overlap the first one given.
pub fn tags(len: usize, names: &[Marked]) -> Vec<Tag> {
    let mut out = vec![Tag::Outside; len];
    for m in names {
        let Some(words) = out.get_mut(m.words.clone()) else { continue };
        if words.iter().any(|t| *t != Tag::Outside) {
            continue;
        }
        for (i, tag) in words.iter_mut().enumerate() {
            *tag = if i == 0 { Tag::First(m.name) } else { Tag::Next(m.name) };
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_tags_go_round() {
        let names = vec![
            Marked { words: 1..3, name: Name::Person },
            Marked { words: 3..4, name: Name::Person },
            Marked { words: 5..6, name: Name::Body },
        ];
        assert_eq!(marked(&tags(7, &names)), names);
        assert_eq!(tags(2, &[Marked { words: 1..3, name: Name::Place }]), [Tag::Outside; 2]);
    }

    #[test]
    fn a_continuation_alone_begins_a_name() {
        let next = [Tag::Outside, Tag::Next(Name::Place), Tag::Next(Name::Body), Tag::Next(Name::Body)];
        let spans: Vec<_> = marked(&next).into_iter().map(|m| m.words).collect();
        assert_eq!(spans, [1..2, 2..4]);
    }

    #[test]
    fn numbers_are_places_in_the_list() {
        assert!(Tag::ALL.iter().enumerate().all(|(i, t)| t.number() == i));
    }
}
