//! Tests on one unit.

use crate::class::{Class, ClassSet};

/// A test on the classes of one unit.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Predicate {
    /// Has every class of `all` and none of `none`.
    Plain { all: ClassSet, none: ClassSet },
    /// Has at least one of the classes.
    SomeOf(ClassSet),
    /// Fails the test.
    Not(Box<Predicate>),
    /// Passes every test.
    Every(Vec<Predicate>),
    /// Passes at least one test.
    Either(Vec<Predicate>),
}

impl Predicate {
    /// Any unit.
    pub fn any() -> Self {
        Self::Plain { all: ClassSet::new(), none: ClassSet::new() }
    }

    /// A unit that has the class.
    pub fn has(class: Class) -> Self {
        Self::Plain { all: ClassSet::from_iter([class]), none: ClassSet::new() }
    }

    /// A unit that fails the test.
    pub fn negate(self) -> Self {
        match self {
            Self::SomeOf(none) => Self::Plain { all: ClassSet::new(), none },
            Self::Plain { all, none } if all.len() == 1 && none.is_empty() => Self::Plain { all: ClassSet::new(), none: all },
            Self::Plain { all, none } if all.is_empty() => Self::SomeOf(none),
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// A unit that passes every test. Plain tests are run together.
    pub fn every(parts: Vec<Self>) -> Self {
        let (mut all, mut none) = (ClassSet::new(), ClassSet::new());
        let mut rest = Vec::new();
        for part in parts {
            match part {
                Self::Plain { all: a, none: n } => (all, none) = (all.union(&a), none.union(&n)),
                other => rest.push(other),
            }
        }
        let plain = Self::Plain { all, none };
        if rest.is_empty() {
            return plain;
        }
        if plain != Self::any() {
            rest.insert(0, plain);
        }
        one_or(rest, Self::Every)
    }

    /// A unit that passes at least one test. Tests for a single class are run together.
    pub fn either(parts: Vec<Self>) -> Self {
        let mut some = ClassSet::new();
        let mut rest = Vec::new();
        for part in parts {
            match part {
                Self::Plain { all, none } if all.len() == 1 && none.is_empty() => some = some.union(&all),
                Self::SomeOf(classes) => some = some.union(&classes),
                other => rest.push(other),
            }
        }
        if rest.is_empty() {
            return Self::SomeOf(some);
        }
        if !some.is_empty() {
            rest.insert(0, Self::SomeOf(some));
        }
        one_or(rest, Self::Either)
    }

    /// Whether the unit passes.
    pub fn holds(&self, unit: &ClassSet) -> bool {
        match self {
            Self::Plain { all, none } => all.is_subset(unit) && !none.intersects(unit),
            Self::SomeOf(classes) => classes.intersects(unit),
            Self::Not(test) => !test.holds(unit),
            Self::Every(tests) => tests.iter().all(|test| test.holds(unit)),
            Self::Either(tests) => tests.iter().any(|test| test.holds(unit)),
        }
    }

    /// Classes of which every unit that passes has at least one; `None` where there is no such set.
    pub fn needs(&self) -> Option<ClassSet> {
        match self {
            Self::Plain { all, .. } => all.iter().next().map(|class| ClassSet::from_iter([class])),
            Self::SomeOf(classes) => Some(*classes),
            Self::Not(_) => None,
            Self::Every(tests) => tests.iter().filter_map(Self::needs).min_by_key(ClassSet::len),
            Self::Either(tests) => {
                tests.iter().map(Self::needs).try_fold(ClassSet::new(), |union, needs| Some(union.union(&needs?)))
            }
        }
    }
}

fn one_or(mut tests: Vec<Predicate>, several: fn(Vec<Predicate>) -> Predicate) -> Predicate {
    match tests.len() {
        1 => tests.remove(0),
        _ => several(tests),
    }
}
