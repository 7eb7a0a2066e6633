//! Rule files: token patterns over class names, each with a sentence it must find and one it must not.
//!
//! A table `[define]` names pieces that several patterns share; `$NAME` in a pattern stands for the piece.

use crate::model::Rule;
use musnad_pattern::{Classes, Pattern};

/// Parses one file of `rules/`; a rule without both examples, or with a pattern that does not parse, is an error.
pub fn parse(path: &str, grammar: &str, contents: &str, class_names: &[String]) -> Result<Vec<Rule>, Vec<String>> {
    let table: toml::Table = contents.parse().map_err(|e| vec![format!("{path}: {e}")])?;
    let mut classes = Classes::new();
    for name in class_names {
        classes.intern(name);
    }
    let defined: Vec<(String, String)> = table
        .get("define")
        .and_then(|d| d.as_table())
        .into_iter()
        .flatten()
        .map(|(k, v)| (format!("${k}"), piece(v.as_str().unwrap_or(""))))
        .collect();
    let (mut rules, mut errors) = (Vec::<Rule>::new(), Vec::new());
    let entries = table.get("rule").and_then(|r| r.as_array()).cloned().unwrap_or_default();
    for (i, entry) in entries.iter().enumerate() {
        let text = |key: &str| entry.get(key).and_then(|v| v.as_str()).unwrap_or("").trim().to_string();
        let name = text("name");
        let place = format!("{path}: rule {} ({name})", i + 1);
        for key in ["name", "pattern", "yes", "no"] {
            if text(key).is_empty() {
                errors.push(format!(
                    "{place}: `{key}` is missing: every rule has a name, a pattern, and a sentence for `yes` and for `no`"
                ));
            }
        }
        if rules.iter().any(|r| r.name == format!("{grammar}.{name}")) {
            errors.push(format!("{place}: the name is taken"));
        }
        let mut pattern = text("pattern");
        // A piece may speak of other pieces; longer names first, so that none is cut short by another.
        for _ in 0..4 {
            let mut by_length: Vec<_> = defined.iter().collect();
            by_length.sort_by_key(|(k, _)| std::cmp::Reverse(k.len()));
            by_length.iter().for_each(|(k, v)| pattern = pattern.replace(k.as_str(), v));
        }
        if let Err(e) = Pattern::parse(&pattern, &classes) {
            errors.push(format!("{place}: {e}"));
        }
        let set = entry.get("set").and_then(|v| v.as_table()).into_iter().flatten();
        let set = set.map(|(k, v)| (k.clone(), v.as_str().map_or_else(|| v.to_string(), str::to_string))).collect();
        rules.push(Rule {
            name: format!("{grammar}.{name}"),
            grammar: grammar.into(),
            pattern,
            set,
            yes: text("yes"),
            no: text("no"),
        });
    }
    if errors.is_empty() { Ok(rules) } else { Err(errors) }
}

/// A piece as it is put into a pattern: a test on one unit as it is, anything longer in brackets.
fn piece(p: &str) -> String {
    let mut depth = 0;
    let one = p.chars().all(|c| {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        depth > 0 || !(c.is_whitespace() || matches!(c, '(' | ')' | ':' | '{' | '?' | '*' | '+'))
    });
    if one { p.to_string() } else { format!("({p})") }
}
