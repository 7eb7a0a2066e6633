//! The small words of names and the list of Arabic names, compiled from `name-particles.tsv` and `name-native.tsv`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::parse;
use super::table::{rows, values};

/// What a small word does in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Servant,
    Father,
    Son,
    Article,
    Link,
    Title,
}

/// Number of a row of the list of Arabic names; 0 is none.
pub(super) type NativeId = u16;

/// An entry of the list: the rows that a form belongs to (two where it is ambiguous), and its use.
#[derive(Clone, Copy, Default)]
pub(super) struct Native {
    pub ids: [NativeId; 2],
    pub may_precede: bool,
}

static KINDS: LazyLock<HashMap<String, Kind>> =
    LazyLock::new(|| kinds(include_str!("../../../../language/ar/lexicon/name-particles.tsv")));

static NATIVE: LazyLock<HashMap<String, Native>> =
    LazyLock::new(|| native_names(include_str!("../../../../language/ar/lexicon/name-native.tsv")));

static ROOTS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    rows(include_str!("../../../../language/ar/lexicon/name-roots.tsv")).flat_map(|row| values(row[0])).collect()
});

/// What the word does, if it is one of the small words. The word is folded, with its article.
pub(super) fn kind(word: &str) -> Option<Kind> {
    KINDS.get(word).copied()
}

/// Cuts off the beginning of a word that is a small word of `kind`: the longest that leaves `rest` characters or more.
pub(super) fn cut_glued(word: &str, of: Kind, rest: usize) -> Option<&str> {
    word.char_indices()
        .rev()
        .skip(rest - 1)
        .map(|(at, _)| word.split_at(at))
        .find(|(head, _)| kind(head) == Some(of))
        .map(|(_, rest)| rest)
}

/// The row of the list for a word in its [`native_form`]; with a servant before it, it is another name.
pub(super) fn native(form: &str, servant: bool) -> Native {
    NATIVE.get(&native_key(form, servant)).copied().unwrap_or_default()
}

/// What a word is listed by.
pub(super) fn native_key(form: &str, servant: bool) -> String {
    if servant { format!("+{form}") } else { form.to_owned() }
}

/// Whether the word, in its [`native_form`], is built of a root of Arabic names: the consonants of the root in order, long
/// vowels between them, m before or n after.
pub(super) fn has_root(form: &str) -> bool {
    let is_vowel = |c: char| matches!(c, '\u{0627}' | '\u{0648}' | '\u{064A}' | '\u{0626}' | '\u{0621}');
    // Foreign names end in alef and waw.
    if form.ends_with(['\u{0627}', '\u{0648}']) {
        return false;
    }
    // An alef in front goes with the bare root only.
    if form.strip_prefix('\u{0627}').is_some_and(|rest| rest.contains(is_vowel)) {
        return false;
    }
    let form = form.strip_suffix('\u{0647}').unwrap_or(form);
    let skeleton: String =
        form.char_indices().filter(|&(at, c)| !is_vowel(c) || at == 0 && c != '\u{0627}').map(|(_, c)| c).collect();
    let known = |root: &str| ROOTS.contains(root);
    known(&skeleton)
        || skeleton.strip_prefix('\u{0645}').is_some_and(known)
        || skeleton.strip_suffix('\u{0646}').is_some_and(known)
}

/// How the list is looked up: what the press leaves open is folded further than for the comparison.
pub(super) fn native_form(word: &str) -> String {
    let fold = |c| match c {
        '\u{0649}' => '\u{064A}', // alef maksura, ya
        '\u{0629}' => '\u{0647}', // ta marbuta, ha
        c => c,
    };
    // The hamza at the end is often left out.
    let word = word.trim_end_matches('\u{0621}');
    word.chars().map(fold).collect()
}

fn kinds(tsv: &str) -> HashMap<String, Kind> {
    let mut kinds = HashMap::new();
    for row in rows(tsv) {
        let kind = match row[0] {
            "servant" => Kind::Servant,
            "father" => Kind::Father,
            "son" => Kind::Son,
            "article" => Kind::Article,
            "link" => Kind::Link,
            _ => Kind::Title,
        };
        for word in row[1..].iter().take(3).flat_map(|cell| values(cell)) {
            kinds.insert(parse::fold(word), kind);
        }
    }
    kinds
}

fn native_names(tsv: &str) -> HashMap<String, Native> {
    let mut native = HashMap::<String, Native>::new();
    for (n, row) in rows(tsv).enumerate() {
        let id = n as NativeId + 1;
        let may_precede = row.get(3).is_some_and(|cell| cell.contains("may-precede"));
        for word in row.iter().take(3).flat_map(|cell| values(cell)) {
            let Some(form) = parse::first_native_form(word) else {
                continue;
            };
            let entry = native.entry(form).or_default();
            entry.may_precede |= may_precede;
            match entry.ids {
                [0, _] => entry.ids[0] = id,
                [first, 0] if first != id => entry.ids[1] = id,
                _ => {}
            }
        }
    }
    native
}
