//! The rules of one grammar, compiled, and how they are tried.

use crate::row::Doc;
use musnad_language::{Language, Rule};
use musnad_pattern::{ClassSet, Match, Pattern};

/// A rule and its pattern.
pub struct CompiledRule {
    /// As the file gives it.
    pub rule: Rule,
    pattern: Pattern,
    first: Option<ClassSet>,
}

/// The rules of one file, in order of preference.
pub struct Grammar {
    /// The rules.
    pub rules: Vec<CompiledRule>,
}

impl Grammar {
    /// Compiles the rules of `language/<lang>/rules/<name>.toml`.
    pub fn new(language: &Language, name: &str) -> Grammar {
        let compile = |rule: &Rule| {
            // The build script has parsed every pattern; one that fails here could only come from a foreign lexicon.
            let pattern = Pattern::parse(&rule.pattern, language.classes()).ok()?;
            Some(CompiledRule { rule: rule.clone(), first: pattern.first_classes(), pattern })
        };
        Grammar { rules: language.rules(name).filter_map(compile).collect() }
    }

    /// Matches that begin at a unit, one a rule, in order of preference.
    pub fn at<'g>(&'g self, row: &'g [ClassSet], at: usize) -> impl Iterator<Item = (&'g Rule, Match)> {
        self.rules.iter().filter_map(move |r| {
            if let (Some(first), Some(unit)) = (&r.first, row.get(at))
                && !first.intersects(unit)
            {
                return None;
            }
            r.pattern.match_at(row, at).filter(|m| !m.range.is_empty()).map(|m| (&r.rule, m))
        })
    }

    /// The longest match that begins at a unit of a sentence of `doc`; of equals the earlier rule's.
    pub fn longest<'g>(&'g self, doc: &Doc, s: usize, row: &'g [ClassSet], at: usize) -> Option<(&'g Rule, Match)> {
        let mut best: Option<(&Rule, Match)> = None;
        for (rule, m) in self.at(row, at) {
            let (over, worse) = match best.take() {
                Some((b, taken)) if m.range.len() <= taken.range.len() => ((b, taken), Some((rule, m))),
                before => ((rule, m), before),
            };
            if let Some((rule, m)) = worse {
                doc.log.against(&doc.sentences[s], &rule.name, &m, || format!("{} matches more, or comes first", over.0.name));
            }
            best = Some(over);
        }
        best
    }

    /// Every match of every rule, in order of its beginning, then of preference.
    pub fn all<'g>(&'g self, row: &'g [ClassSet]) -> impl Iterator<Item = (&'g Rule, Match)> {
        (0..row.len()).flat_map(move |at| self.at(row, at))
    }
}
