//! What holds of every pattern and row. Random patterns are written out, parsed and run, and compared
//! with a naive backtracking matcher over the tree that they were written from.

use std::fmt;
use std::ops::Range;

use musnad_pattern::{Class, ClassSet, Classes, Pattern};
use proptest::prelude::*;

const NAMES: [&str; 3] = ["A", "B", "C"];

fn classes() -> Classes {
    let mut classes = Classes::new();
    for name in NAMES {
        classes.intern(name);
    }
    classes
}

#[derive(Clone, Debug)]
enum Test {
    Any,
    Has(u16),
    Not(Box<Test>),
    All(Vec<Test>),
    Some(Vec<Test>),
}

#[derive(Clone, Debug)]
enum Tree {
    Unit(Test),
    Start,
    End,
    Next(bool, Test),
    Previous(bool, Test),
    Capture(&'static str, Box<Tree>),
    Sequence(Vec<Tree>),
    Choice(Vec<Tree>),
    Repeat(Box<Tree>, usize, Option<usize>, bool),
}

fn joined<T: fmt::Display>(items: &[T], between: &str) -> String {
    items.iter().map(T::to_string).collect::<Vec<_>>().join(between)
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Any => write!(f, "."),
            Self::Has(class) => write!(f, "{}", NAMES[usize::from(*class)]),
            // A list makes any test one that `!` and `&` can stand before.
            Self::Not(test) => write!(f, "![{test}]"),
            Self::All(tests) => write!(f, "[{}]", joined(tests, "&")),
            Self::Some(tests) => write!(f, "[{}]", joined(tests, " ")),
        }
    }
}

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let sign = |not: &bool| if *not { "!" } else { "" };
        match self {
            Self::Unit(test) => write!(f, "{test}"),
            Self::Start => write!(f, "^"),
            Self::End => write!(f, "$"),
            Self::Next(not, test) => write!(f, ">{}[{test}]", sign(not)),
            Self::Previous(not, test) => write!(f, "<{}[{test}]", sign(not)),
            Self::Capture(name, tree) => write!(f, "{name}:({tree})"),
            Self::Sequence(trees) => write!(f, "({})", joined(trees, " ")),
            Self::Choice(trees) => write!(f, "({})", joined(trees, " | ")),
            Self::Repeat(tree, least, most, greedy) => {
                write!(f, "({tree})")?;
                match (least, most) {
                    (0, Some(1)) => write!(f, "?"),
                    (0, None) => write!(f, "*"),
                    (1, None) => write!(f, "+"),
                    (m, Some(n)) if m == n => write!(f, "{{{m}}}"),
                    (m, Some(n)) => write!(f, "{{{m},{n}}}"),
                    (m, None) => write!(f, "{{{m},}}"),
                }?;
                write!(f, "{}", if *greedy { "" } else { "?" })
            }
        }
    }
}

fn test() -> impl Strategy<Value = Test> {
    let leaf = prop_oneof![1 => Just(Test::Any), 6 => (0..3u16).prop_map(Test::Has)];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|test| Test::Not(Box::new(test))),
            prop::collection::vec(inner.clone(), 1..3).prop_map(Test::All),
            prop::collection::vec(inner, 1..3).prop_map(Test::Some),
        ]
    })
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        12 => test().prop_map(Tree::Unit),
        1 => Just(Tree::Start),
        1 => Just(Tree::End),
        1 => (any::<bool>(), test()).prop_map(|(not, test)| Tree::Next(not, test)),
        1 => (any::<bool>(), test()).prop_map(|(not, test)| Tree::Previous(not, test)),
    ];
    leaf.prop_recursive(5, 20, 3, |inner| {
        let counts = prop_oneof![
            Just((0, Some(1))),
            Just((0, None)),
            Just((1, None)),
            (0..3usize, 0..3usize).prop_map(|(m, more)| (m, Some((m + more).max(1)))),
            (1..3usize).prop_map(|m| (m, None)),
        ];
        prop_oneof![
            (prop::sample::select(vec!["x", "y"]), inner.clone()).prop_map(|(name, tree)| Tree::Capture(name, Box::new(tree))),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Tree::Sequence),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Tree::Choice),
            (inner, counts, any::<bool>()).prop_map(|(tree, (m, n), greedy)| Tree::Repeat(Box::new(tree), m, n, greedy)),
        ]
    })
}

fn row() -> impl Strategy<Value = Vec<ClassSet>> {
    let unit = prop::collection::vec((0..3u16).prop_map(Class), 0..3);
    prop::collection::vec(unit.prop_map(ClassSet::from_iter), 0..9)
}

type Captures = Vec<(&'static str, Range<usize>)>;

/// Tries everything in order. `budget` is what it may still try; beyond it the answer is not known.
struct Naive<'a> {
    row: &'a [ClassSet],
    budget: usize,
}

impl Naive<'_> {
    fn passes(&self, test: &Test, at: Option<usize>) -> bool {
        let Some(unit) = at.and_then(|at| self.row.get(at)) else {
            return false;
        };
        match test {
            Test::Any => true,
            Test::Has(class) => unit.contains(Class(*class)),
            Test::Not(test) => !self.passes(test, at),
            Test::All(tests) => tests.iter().all(|test| self.passes(test, at)),
            Test::Some(tests) => tests.iter().any(|test| self.passes(test, at)),
        }
    }

    /// Whether `tree` matches at `at` so that `then` accepts what follows.
    fn run(
        &mut self,
        tree: &Tree,
        at: usize,
        captures: &Captures,
        then: &mut dyn FnMut(&mut Self, usize, &Captures) -> bool,
    ) -> bool {
        if self.budget == 0 {
            return false;
        }
        self.budget -= 1;
        match tree {
            Tree::Unit(test) => self.passes(test, Some(at)) && then(self, at + 1, captures),
            Tree::Start => at == 0 && then(self, at, captures),
            Tree::End => at == self.row.len() && then(self, at, captures),
            Tree::Next(not, test) => self.passes(test, Some(at)) != *not && then(self, at, captures),
            Tree::Previous(not, test) => self.passes(test, at.checked_sub(1)) != *not && then(self, at, captures),
            Tree::Capture(name, inner) => {
                let mut opened = captures.clone();
                opened.push((name, at..at));
                let number = opened.len() - 1;
                self.run(inner, at, &opened, &mut |naive, end, captures| {
                    let mut closed = captures.clone();
                    closed[number].1.end = end;
                    then(naive, end, &closed)
                })
            }
            Tree::Sequence(trees) => match trees.split_first() {
                None => then(self, at, captures),
                Some((first, rest)) => {
                    let rest = Tree::Sequence(rest.to_vec());
                    self.run(first, at, captures, &mut |naive, at, captures| naive.run(&rest, at, captures, then))
                }
            },
            Tree::Choice(trees) => trees.iter().any(|tree| self.run(tree, at, captures, then)),
            Tree::Repeat(inner, least, most, greedy) => self.repeat(inner, *least, *most, *greedy, at, captures, then),
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn repeat(
        &mut self,
        inner: &Tree,
        least: usize,
        most: Option<usize>,
        greedy: bool,
        at: usize,
        captures: &Captures,
        then: &mut dyn FnMut(&mut Self, usize, &Captures) -> bool,
    ) -> bool {
        if least == 0 && !greedy && then(self, at, captures) {
            return true;
        }
        let fewer = most.map(|most| most.saturating_sub(1));
        let again = most != Some(0)
            && self.run(inner, at, captures, &mut |naive, end, captures| {
                (least > 0 || end > at) && naive.repeat(inner, least.saturating_sub(1), fewer, greedy, end, captures, then)
            });
        again || (least == 0 && greedy && then(self, at, captures))
    }

    fn match_at(&mut self, tree: &Tree, at: usize) -> Option<(Range<usize>, Captures)> {
        let mut found = None;
        self.run(tree, at, &Vec::new(), &mut |_, end, captures| {
            found = Some((at..end, captures.clone()));
            true
        });
        found
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn agrees_with_backtracking(tree in tree(), row in row()) {
        let pattern = Pattern::parse(&tree.to_string(), &classes()).expect("a pattern that was written out");
        let mut naive = Naive { row: &row, budget: 200_000 };
        let matches: Vec<_> = (0..=row.len()).map(|at| naive.match_at(&tree, at)).collect();
        prop_assume!(naive.budget > 0);
        for from in 0..=row.len() {
            let plain = |found: musnad_pattern::Match| {
                let captures: Vec<_> = found.captures().map(|(name, range)| (name.to_owned(), range)).collect();
                (found.range.clone(), captures)
            };
            let expected = |found: &(Range<usize>, Captures)| {
                let captures = found.1.iter().map(|(name, range)| (name.to_string(), range.clone())).collect();
                (found.0.clone(), captures)
            };
            let here = matches[from].as_ref().map(expected);
            prop_assert_eq!(pattern.match_at(&row, from).map(plain), here, "match_at {}: {}", from, &tree);
            let onward = matches[from..].iter().flatten().next().map(expected);
            prop_assert_eq!(pattern.find_from(&row, from).map(plain), onward, "find_from {}: {}", from, &tree);
        }
    }

    #[test]
    fn a_match_begins_with_a_first_class(tree in tree(), row in row()) {
        let pattern = Pattern::parse(&tree.to_string(), &classes()).expect("a pattern that was written out");
        if let Some(first) = pattern.first_classes() {
            for found in pattern.find_all(&row) {
                prop_assert!(first.intersects(&row[found.range.start]), "{}", &tree);
            }
        }
    }

    #[test]
    fn matches_rise_and_do_not_overlap(tree in tree(), row in row()) {
        let pattern = Pattern::parse(&tree.to_string(), &classes()).expect("a pattern that was written out");
        let (mut from, mut count) = (0, 0);
        for found in pattern.find_all(&row) {
            prop_assert_eq!(pattern.find_from(&row, from), Some(found.clone()));
            prop_assert!(from <= found.range.start && found.range.end <= row.len());
            from = found.range.end + usize::from(found.range.is_empty());
            count += 1;
            prop_assert!(count <= row.len() + 1);
            for (_, range) in found.captures() {
                prop_assert!(found.range.start <= range.start && range.end <= found.range.end);
                prop_assert!(range.start <= range.end);
            }
        }
        prop_assert!(from > row.len() || pattern.find_from(&row, from).is_none());
    }

    #[test]
    fn no_source_makes_parsing_panic(src in any::<String>()) {
        let _ = Pattern::parse(&src, &classes());
    }

    #[test]
    fn no_near_miss_makes_parsing_panic(src in r"([ABC.&!<>^$|?*+(){}:,#\n x0-9é]|\[|\]|x:|\{1,2\}|>!){0,24}") {
        match Pattern::parse(&src, &classes()) {
            Ok(pattern) => drop(pattern.find_all(&[ClassSet::new(); 3]).count()),
            Err(error) => prop_assert!(error.offset <= src.len() && src.is_char_boundary(error.offset)),
        }
    }
}
