//! Patterns and what they match.

use std::ops::Range;
use std::sync::Arc;

use crate::class::{ClassSet, Classes};
use crate::error::PatternError;
use crate::program::{MAX_INSTRUCTIONS, Program};
use crate::search::{Anchor, Scratch, search};
use crate::syntax;

/// A compiled pattern. See the [crate] for the syntax.
#[derive(Clone, Debug)]
pub struct Pattern {
    program: Program,
    names: Arc<[Box<str>]>,
}

impl Pattern {
    /// Reads and compiles a pattern. Every class that it names must be known.
    pub fn parse(src: &str, classes: &Classes) -> Result<Self, PatternError> {
        let (tree, names) = syntax::parse(src, classes)?;
        let program = Program::new(&tree).map_err(|_| {
            let problem = format!("the pattern unfolds to more than {MAX_INSTRUCTIONS} steps");
            PatternError::new(src, 0, problem, "lower the counts in `{m,n}`, or write `*` or `+` for the large ones")
        })?;
        Ok(Self { program, names: names.into() })
    }

    /// The names of the captures, in the order of their first mention.
    pub fn captures_names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|name| &**name)
    }

    /// Classes of which the first unit of every match has at least one; `None` where there is no such set,
    /// or where a match can be empty. With it, one who has many patterns runs those only that can match.
    pub fn first_classes(&self) -> Option<ClassSet> {
        self.program.first.classes
    }

    /// The preferred match that starts at `at`.
    pub fn match_at(&self, row: &[ClassSet], at: usize) -> Option<Match> {
        self.search(row, at, Anchor::Here, &mut Scratch::default())
    }

    /// The leftmost match that starts at `from` or later. What stands before `from` still counts for `^`
    /// and `<`.
    pub fn find_from(&self, row: &[ClassSet], from: usize) -> Option<Match> {
        self.search(row, from, Anchor::Onward, &mut Scratch::default())
    }

    /// The matches from left to right, each searched from the end of the one before. After an empty match,
    /// the search goes on one unit later.
    pub fn find_all(&self, row: &[ClassSet]) -> impl Iterator<Item = Match> {
        let mut from = 0;
        let mut scratch = Scratch::default();
        std::iter::from_fn(move || {
            let found = self.search(row, from, Anchor::Onward, &mut scratch)?;
            from = found.range.end + usize::from(found.range.is_empty());
            Some(found)
        })
    }

    fn search(&self, row: &[ClassSet], from: usize, anchor: Anchor, scratch: &mut Scratch) -> Option<Match> {
        let (range, captures) = search(&self.program, row, from, anchor, scratch)?;
        Some(Match { range, captures, names: Arc::clone(&self.names) })
    }
}

/// Where a pattern matched. Ranges count units of the row.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Match {
    /// The whole match.
    pub range: Range<usize>,
    captures: Vec<(usize, Range<usize>)>,
    names: Arc<[Box<str>]>,
}

impl Match {
    /// What the capture of this name took; of several iterations, the last.
    pub fn get(&self, name: &str) -> Option<Range<usize>> {
        self.captures().filter(|(known, _)| *known == name).last().map(|(_, range)| range)
    }

    /// What the capture of this name took in each iteration, in order.
    pub fn all(&self, name: &str) -> Vec<Range<usize>> {
        self.captures().filter(|(known, _)| *known == name).map(|(_, range)| range).collect()
    }

    /// The same match in the longer row that its own was picked from: `picked` has the place there of each unit.
    /// A range takes in what was left out inside it. Places that `picked` lacks stay as they are.
    pub fn within(mut self, picked: &[usize]) -> Match {
        let place = |i: usize| picked.get(i).copied().unwrap_or(i);
        let wide = |r: &Range<usize>| match r.is_empty() {
            true => place(r.start)..place(r.start),
            false => place(r.start)..place(r.end - 1) + 1,
        };
        self.range = wide(&self.range);
        for (_, range) in &mut self.captures {
            *range = wide(range);
        }
        self
    }

    /// Every capture with its name, in the order in which they started: one that holds others comes
    /// before them.
    pub fn captures(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        self.captures.iter().map(|(number, range)| (&*self.names[*number], range.clone()))
    }
}
