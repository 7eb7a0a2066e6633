//! A name as written -> [`NameKey`]: folded, cut into words, the small words seen to, the letters numbered.

use std::hash::{DefaultHasher, Hash, Hasher};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::table::{FULL, Letter, Script, table};
use super::words::{self, Kind, Native, NativeId};

/// Words of a name beyond this are left out: no person has more.
pub(super) const MOST_WORDS: usize = 8;

/// Letters of a word beyond this are left out.
pub(super) const MOST_LETTERS: usize = 24;

/// What is known of a name before it meets another; see [`super::key`].
#[derive(Clone, Debug)]
pub struct NameKey {
    pub(super) script: Script,
    pub(super) letters: Box<[Unit]>,
    pub(super) words: Box<[Word]>,
    /// Words that are no particles.
    pub(super) significant: u8,
    /// Hash of the folded letters without spaces; 0 where there are none.
    pub(super) folded: u64,
    /// Hash of the name as it stands.
    pub(super) written: u64,
}

/// A letter in its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub letter: Letter,
    /// Cost of leaving it out, by [`Contrast`].
    pub weights: [u8; 3],
}

/// Which scripts meet: that decides what leaving a letter out costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Contrast {
    WithinArabic,
    AcrossArabic,
    Voweled,
}

/// A word of a name: a stretch of its letters.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    pub start: u16,
    pub end: u16,
    /// Letters of the glued article at the beginning.
    pub article: u8,
    pub servant: bool,
    pub father: bool,
    pub son: bool,
    pub particle: bool,
    pub initial: bool,
    pub may_precede: bool,
    pub native: [NativeId; 2],
    /// Hash of the word where it is an Arabic one, by list or by root; 0 for others.
    pub form: u64,
}

/// A key, and the words as a person would read them.
pub(super) struct Parsed {
    pub key: NameKey,
    pub shown: Vec<String>,
}

/// A word in the making.
#[derive(Clone, Default)]
struct Draft {
    shown: String,
    folded: String,
    /// Whether the word begins with an alef without a hamza, as the article does.
    plain_alef: bool,
    hyphen_after: bool,
    dot_after: bool,
    word: Word,
}

pub(super) fn parse(name: &str) -> Parsed {
    let normal: String = name.nfkc().collect();
    let drafts = merge(split(&reorder(&normal)));
    let script = drafts.iter().find_map(|d| d.folded.chars().find_map(Script::of)).unwrap_or(Script::Other);
    let mut letters = Vec::new();
    let mut words = Vec::new();
    let mut shown = Vec::new();
    for draft in drafts.into_iter().take(MOST_WORDS) {
        let mut word = draft.word;
        word.start = letters.len() as u16;
        spell(&draft.folded, &mut letters);
        word.end = letters.len() as u16;
        let bare = words::native_form(&draft.folded[article_bytes(&draft)..]);
        let Native { ids, may_precede } = words::native(&bare, word.servant);
        let form = if ids[0] != 0 || words::has_root(&bare) { hash(&bare) } else { 0 };
        word.native = ids;
        word.form = form;
        word.may_precede = may_precede;
        word.article = if article_bytes(&draft) > 0 { 2 } else { 0 };
        words.push(word);
        shown.push(draft.shown);
    }
    if words.iter().all(|w| w.particle) {
        words.iter_mut().for_each(|w| w.particle = false);
    }
    let significant = words.iter().filter(|w| !w.particle && !w.initial).count() as u8;
    let joined: String = fold(&normal).chars().filter(|c| c.is_alphanumeric()).collect();
    let key = NameKey {
        script,
        letters: letters.into(),
        words: words.into(),
        significant,
        folded: if joined.is_empty() { 0 } else { hash(&words::native_form(&joined)) },
        written: if name.is_empty() { 0 } else { hash(name) },
    };
    Parsed { key, shown }
}

/// The form by which the list of Arabic names knows a word.
pub(super) fn first_native_form(word: &str) -> Option<String> {
    let draft = merge(split(word)).into_iter().next()?;
    let bare = words::native_form(&draft.folded[article_bytes(&draft)..]);
    Some(words::native_key(&bare, draft.word.servant))
}

/// Folds what spelling leaves open: case, marks, the seats of hamza, Persian forms of letters.
pub(super) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        match c {
            // alef with hamza or madda, alef wasla
            '\u{0622}' | '\u{0623}' | '\u{0625}' | '\u{0671}' => folded.push('\u{0627}'),
            '\u{0624}' => folded.push('\u{0648}'),              // waw with hamza
            '\u{06A9}' => folded.push('\u{0643}'),              // Persian kaf
            '\u{06CC}' | '\u{06D0}' => folded.push('\u{064A}'), // Persian ya
            '\u{06C1}' | '\u{06D5}' => folded.push('\u{0647}'), // Urdu and Kurdish ha
            '\u{0640}' => {}                                    // tatweel
            c if is_combining_mark(c) => {}
            c if Script::of(c) == Some(Script::Latin) && !table().knows(c) => {
                folded.extend(c.nfd().filter(|c| !is_combining_mark(*c)));
            }
            c => folded.push(c),
        }
    }
    folded
}

/// "Surname, Given" as "Given Surname".
fn reorder(name: &str) -> String {
    match name.split_once([',', '\u{060C}']) {
        Some((surname, given)) if !given.trim().is_empty() => format!("{given} {surname}"),
        _ => name.to_owned(),
    }
}

fn split(name: &str) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut shown = String::new();
    let mut finish = |shown: &mut String, end: Option<char>| {
        let shown = std::mem::take(shown);
        let folded: String = fold(&shown).chars().filter(|c| c.is_alphanumeric()).collect();
        if folded.is_empty() {
            return;
        }
        drafts.push(Draft {
            plain_alef: shown.starts_with('\u{0627}'),
            folded,
            shown,
            hyphen_after: matches!(end, Some('-' | '\u{2010}' | '\u{2011}' | '\u{2013}')),
            dot_after: end == Some('.'),
            word: Word::default(),
        });
    };
    for c in name.chars() {
        // Apostrophes and the like stand for hamza or ayn inside a word; marks and tatweel belong to it.
        let inside = c.is_alphanumeric()
            || is_combining_mark(c)
            || matches!(c, '\'' | '`' | '\u{2018}' | '\u{2019}' | '\u{02BC}'..='\u{02BF}' | '\u{0640}' | '\u{200C}' | '\u{200D}');
        if inside {
            shown.push(c);
        } else {
            finish(&mut shown, Some(c));
        }
    }
    finish(&mut shown, None);
    drafts
}

/// Sees to the small words: joins, marks or leaves out.
fn merge(drafts: Vec<Draft>) -> Vec<Draft> {
    let count = drafts.len();
    let mut merged = Vec::<Draft>::with_capacity(count);
    let mut pending = Draft::default();
    for (n, mut draft) in drafts.into_iter().enumerate() {
        let more = n + 1 < count;
        let kind = words::kind(&draft.folded);
        let begins = merged.is_empty() && pending.shown.is_empty();
        match kind {
            Some(Kind::Servant) if more => pending.word.servant = true,
            Some(Kind::Father) if more => pending.word.father = true,
            Some(Kind::Article) if more && (!begins || draft.hyphen_after || draft.folded.starts_with('\u{0627}')) => {}
            Some(Kind::Title) if begins && count - n > 2 => continue,
            _ => {
                draft.word.son = kind == Some(Kind::Son);
                draft.word.particle = draft.word.son || kind == Some(Kind::Link);
                draft.word.initial = draft.dot_after && draft.folded.chars().count() == 1;
                draft.word.servant = pending.word.servant;
                draft.word.father = pending.word.father;
                cut_glued(&mut draft);
                if !pending.shown.is_empty() {
                    draft.shown = format!("{} {}", pending.shown, draft.shown);
                }
                pending = Draft::default();
                merged.push(draft);
                continue;
            }
        }
        let gap = if pending.shown.is_empty() { "" } else { " " };
        pending.shown = format!("{}{gap}{}", pending.shown, draft.shown);
    }
    merged
}

/// Cuts off a glued servant or father, and after either the article.
fn cut_glued(draft: &mut Draft) {
    let joined = draft.word.servant || draft.word.father;
    if !joined && !draft.word.particle {
        if let Some(rest) = cut_servant(&draft.folded) {
            draft.folded = rest;
            draft.word.servant = true;
        } else if let Some(rest) = words::cut_glued(&draft.folded, Kind::Father, 3) {
            draft.folded = rest.to_owned();
            draft.word.father = true;
        }
    }
    if draft.word.servant || draft.word.father {
        if let Some(rest) = draft.folded.strip_prefix("\u{0627}\u{0644}").filter(|r| r.chars().count() > 1) {
            draft.folded = rest.to_owned();
        }
        draft.plain_alef = false;
    }
}

/// The name of God after a glued `abd`: with its article in Arabic; in Latin and Cyrillic after a vowel and an l, or after a
/// vowel and a doubled consonant into which the l went (Abderrahmane); without an article where a consonant follows.
fn cut_servant(word: &str) -> Option<String> {
    let chars: Vec<char> = word.chars().collect();
    let (head, rest) = chars.split_at_checked(3)?;
    if words::kind(&head.iter().collect::<String>()) != Some(Kind::Servant) {
        return None;
    }
    let is = |c: char, test: fn(Letter) -> bool| test(table().next(&[' ', c, ' '], 1).0);
    let vowels = rest.iter().take_while(|c| is(**c, |l| table().is_vowel(l))).count();
    let after = &rest[vowels..];
    let cut = match after {
        _ if vowels == 0 && rest.len() < 3 => return None,
        _ if vowels == 0 => rest,
        [l, rest @ ..] if is(*l, |l| table().is_lateral(l)) && rest.len() >= 2 => {
            // the soft sign of Cyrillic
            if rest[0] == '\u{044C}' { &rest[1..] } else { rest }
        }
        [_, _, _, _, ..] => after,
        _ => return None,
    };
    Some(cut.iter().collect())
}

/// Length of the glued Arabic article.
fn article_bytes(draft: &Draft) -> usize {
    let long_enough = draft.folded.chars().count() > 3;
    let article = "\u{0627}\u{0644}";
    if draft.plain_alef && long_enough && draft.folded.starts_with(article) { article.len() } else { 0 }
}

/// Numbers the letters of a word; one that is doubled for its length counts once.
fn spell(word: &str, letters: &mut Vec<Unit>) {
    let table = table();
    let chars: Vec<char> = word.chars().collect();
    let start = letters.len();
    let mut at = 0;
    while at < chars.len() && letters.len() - start < MOST_LETTERS {
        let (letter, taken) = table.next(&chars, at);
        let end = at + taken;
        let weights = table.weights(letter, at == 0 || end == chars.len());
        at = end;
        let doubled = letters.len() > start && letters.last().is_some_and(|unit: &Unit| unit.letter == letter);
        // Arabic does not double a consonant for its length: two of them have a vowel between.
        let means_two = Script::of(chars[at - taken]) == Some(Script::Arabic) && weights[0] >= FULL as u8;
        if !doubled || means_two {
            letters.push(Unit { letter, weights });
        }
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish().max(1)
}
