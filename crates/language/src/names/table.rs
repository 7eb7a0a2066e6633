//! Letters and the sounds they stand for, compiled from `transcription.tsv` and `transcription-likeness.tsv`.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Cost of two letters that have nothing in common, in hundredths of a full consonant.
pub(super) const FULL: u16 = 100;

/// Letters of scripts that the table does not know share the numbers from here up.
const UNKNOWN: u8 = 224;

/// Cost of leaving out a vowel where both scripts write them.
const VOWEL: u8 = 30;

/// The longest spelling of one sound, in letters.
const LONGEST: usize = 5;

/// The scripts that the table has a column for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Script {
    /// Arabic, which leaves short vowels unwritten.
    Arabic,
    /// Latin, with the letters of European languages.
    Latin,
    /// Cyrillic.
    Cyrillic,
    /// Any other: letters are compared as they are.
    Other,
}

impl Script {
    /// The script of a letter; `None` for what is no letter.
    pub(super) fn of(c: char) -> Option<Script> {
        match c as u32 {
            0x0620..=0x06FF | 0x0750..=0x077F | 0x08A0..=0x08FF => Some(Script::Arabic),
            0x0041..=0x024F | 0x1E00..=0x1EFF if c.is_alphabetic() => Some(Script::Latin),
            0x0400..=0x052F => Some(Script::Cyrillic),
            _ if c.is_alphabetic() => Some(Script::Other),
            _ => None,
        }
    }
}

/// Number of a spelling: a letter or a group of letters that stands for one sound.
pub(super) type Letter = u8;

/// A sound pair that a letter may also be written out as.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    pub first: u8,
    pub second: u8,
    pub cost: u16,
}

/// The compiled table.
pub(super) struct Table {
    letters: HashMap<String, Places>,
    cost: Vec<u8>,
    sound_cost: Vec<u8>,
    parts: Vec<[Option<Parts>; 3]>,
    weight: Vec<u8>,
    edge: Vec<u8>,
    within: Vec<u8>,
    vowel: Vec<bool>,
    lateral: Vec<bool>,
    classes: Vec<Vec<u8>>,
    /// What is wrong with the data, kept for the tests.
    pub(super) faults: Vec<String>,
}

/// The letter that a spelling is in the middle, at the beginning and at the end of a word.
#[derive(Clone, Copy, Default)]
struct Places {
    inner: Option<Letter>,
    first: Option<Letter>,
    last: Option<Letter>,
}

struct Sound {
    name: String,
    parts: Option<(usize, usize)>,
    weight: u8,
    edge: u8,
    within: u8,
    class: u8,
}

pub(super) fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        Table::compile(
            include_str!("../../../../language/ar/lexicon/transcription.tsv"),
            include_str!("../../../../language/ar/lexicon/transcription-likeness.tsv"),
        )
    });
    &TABLE
}

/// The rows of a TSV file of the lexicon, without comments and the line of column names.
pub(super) fn rows(tsv: &str) -> impl Iterator<Item = Vec<&str>> {
    tsv.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .skip(1)
        .map(|line| line.split('\t').map(str::trim).collect())
}

/// The values of a column: parted by spaces, or by the Arabic comma U+060C.
pub(super) fn values(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([' ', '\u{060C}']).filter(|value| !value.is_empty())
}

/// A spelling as it is being read: which sounds, at what cost.
type Sounds = Vec<(usize, u8)>;

impl Table {
    fn compile(transcription: &str, likeness: &str) -> Table {
        let mut faults = Vec::new();
        let (sounds, spellings) = read_sounds(transcription, &mut faults);
        let likeness = read_likeness(likeness, &sounds, &mut faults);
        let distance = sound_distances(&sounds, &likeness);

        let mut letters = HashMap::<String, Places>::new();
        let mut sets = Vec::<(char, Sounds)>::new();
        for (spelling, by_place) in spellings {
            let places = letters.entry(spelling.clone()).or_default();
            let head = spelling.chars().next().unwrap_or(' ');
            let mut add = |set: Sounds| {
                sets.push((head, set));
                u8::try_from(sets.len() - 1).ok().filter(|n| *n < UNKNOWN)
            };
            let [inner, first, last] = by_place;
            let with_inner = |extra: &Sounds| inner.iter().chain(extra).copied().collect::<Sounds>();
            places.first = (!first.is_empty()).then(|| add(with_inner(&first))).flatten();
            places.last = (!last.is_empty()).then(|| add(with_inner(&last))).flatten();
            places.inner = (!inner.is_empty()).then(|| add(inner.clone())).flatten();
        }
        if sets.len() > UNKNOWN as usize {
            faults.push(format!("{} spellings, more than {UNKNOWN}", sets.len()));
            sets.truncate(UNKNOWN as usize);
        }

        let silent = sounds.iter().position(|s| s.name == "silent");
        let mut table = Table {
            letters,
            cost: vec![FULL as u8; 256 * 256],
            sound_cost: vec![FULL as u8; sounds.len() * 256],
            parts: vec![[None; 3]; 256],
            weight: vec![FULL as u8; 256],
            edge: vec![FULL as u8; 256],
            within: vec![FULL as u8; 256],
            vowel: vec![false; 256],
            lateral: vec![false; 256],
            classes: vec![Vec::new(); 256],
            faults,
        };
        let heard = |set: &Sounds| set.iter().copied().filter(|(s, _)| Some(*s) != silent).collect::<Sounds>();
        for (g, (_, set)) in sets.iter().enumerate() {
            for (s, _) in sounds.iter().enumerate() {
                let best = heard(set).iter().map(|&(t, c)| distance[s][t] as u16 + c as u16).min();
                table.sound_cost[s * 256 + g] = best.unwrap_or(FULL).min(FULL) as u8;
            }
            let least =
                |of: fn(&Sound) -> u8| set.iter().map(|&(s, c)| of(&sounds[s]).saturating_add(c)).min().unwrap_or(FULL as u8);
            table.weight[g] = least(|s| s.weight);
            table.edge[g] = least(|s| s.edge);
            table.within[g] = least(|s| s.within);
            table.vowel[g] =
                set.iter().any(|&(s, c)| c == 0 && matches!(sounds[s].name.as_str(), "a" | "e" | "i" | "o" | "u" | "aa"));
            table.lateral[g] = set.iter().any(|&(s, c)| c == 0 && sounds[s].name == "l");
            let mut composed: Vec<Parts> = set
                .iter()
                .filter_map(|&(s, c)| {
                    let (first, second) = sounds[s].parts?;
                    Some(Parts { first: first as u8, second: second as u8, cost: c as u16 })
                })
                .collect();
            composed.sort_by_key(|p| p.cost);
            for (slot, parts) in table.parts[g].iter_mut().zip(composed) {
                *slot = Some(parts);
            }
            let mut by_cost = set.clone();
            by_cost.sort_by_key(|&(_, c)| c);
            for (s, c) in by_cost {
                let class = sounds[s].class;
                if c <= 25 && !table.classes[g].contains(&class) {
                    table.classes[g].push(class);
                }
            }
        }
        for (g, (head, set)) in sets.iter().enumerate() {
            for (h, (other, _)) in sets.iter().enumerate() {
                let by_sound =
                    heard(set).iter().map(|&(s, c)| c as u16 + table.sound_cost[s * 256 + h] as u16).min().unwrap_or(FULL);
                let by_letter = likeness
                    .get(&(head.to_string(), other.to_string()))
                    .filter(|_| Script::of(*head) == Some(Script::Arabic))
                    .map(|&c| c as u16);
                let cost = if head == other && set == &sets[h].1 { 0 } else { by_letter.unwrap_or(by_sound) };
                table.cost[g * 256 + h] = cost.min(FULL) as u8;
            }
        }
        for n in UNKNOWN as usize..256 {
            table.cost[n * 256 + n] = 0;
        }
        table
    }

    /// The next letter of a word that goes from `chars[at]`, and how many characters it takes.
    pub(super) fn next(&self, chars: &[char], at: usize) -> (Letter, usize) {
        let mut spelling = String::with_capacity(20);
        for take in (1..=LONGEST.min(chars.len() - at)).rev() {
            spelling.clear();
            spelling.extend(&chars[at..at + take]);
            let Some(places) = self.letters.get(&spelling) else {
                continue;
            };
            let first = places.first.filter(|_| at == 0);
            let last = places.last.filter(|_| at + take == chars.len());
            if let Some(letter) = first.or(last).or(places.inner) {
                return (letter, take);
            }
        }
        let hash = (chars[at] as u32).wrapping_mul(0x9E37_79B1) >> 27;
        (UNKNOWN + hash as u8, 1)
    }

    /// Whether the table has a row for this one character.
    pub(super) fn knows(&self, c: char) -> bool {
        self.letters.contains_key(c.encode_utf8(&mut [0; 4]) as &str)
    }

    /// Cost of the one standing for the other.
    #[inline]
    pub(super) fn cost(&self, a: Letter, b: Letter) -> u16 {
        self.cost[a as usize * 256 + b as usize] as u16
    }

    /// The two sounds that a letter may be written out as.
    #[inline]
    pub(super) fn parts(&self, a: Letter) -> &[Option<Parts>; 3] {
        &self.parts[a as usize]
    }

    /// Cost of a letter standing for a sound.
    #[inline]
    pub(super) fn sound_cost(&self, sound: u8, letter: Letter) -> u16 {
        self.sound_cost[sound as usize * 256 + letter as usize] as u16
    }

    /// Cost of leaving a letter out, inside a word or at its edge: within Arabic, between Arabic and a script that writes
    /// its vowels, and between two of those.
    pub(super) fn weights(&self, letter: Letter, at_edge: bool) -> [u8; 3] {
        let n = letter as usize;
        let [within, across] = match at_edge {
            true => [self.within[n].max(self.edge[n]), self.edge[n]],
            false => [self.within[n], self.weight[n]],
        };
        [within, across, if self.vowel[n] { across.max(VOWEL) } else { across }]
    }

    /// Whether the letter is first of all a vowel.
    pub(super) fn is_vowel(&self, letter: Letter) -> bool {
        self.vowel[letter as usize]
    }

    /// Whether the letter is an l, as in an article.
    pub(super) fn is_lateral(&self, letter: Letter) -> bool {
        self.lateral[letter as usize]
    }

    /// The coarse classes that a letter may belong to, likeliest first.
    pub(super) fn classes(&self, letter: Letter) -> &[u8] {
        &self.classes[letter as usize]
    }
}

type Spellings = Vec<(String, [Sounds; 3])>;

fn read_sounds(tsv: &str, faults: &mut Vec<String>) -> (Vec<Sound>, Spellings) {
    let rows: Vec<_> = rows(tsv).collect();
    let number: HashMap<&str, usize> = rows.iter().enumerate().map(|(n, row)| (row[0], n)).collect();
    let mut sounds = Vec::new();
    let mut spellings = Spellings::new();
    let mut index = HashMap::<String, usize>::new();
    let mut unknown = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        let cell = |column: usize| row.get(column).copied().unwrap_or_default();
        let mut small = |text: &str| {
            text.parse::<u8>().unwrap_or_else(|_| {
                faults.push(format!("sound {}: {text} is no cost", row[0]));
                FULL as u8
            })
        };
        let mut parts = values(cell(1)).map(|part| number.get(part).copied());
        unknown
            .extend(values(cell(1)).filter(|part| !number.contains_key(part)).map(|part| format!("sound {part} is not known")));
        let (weight, edge) = (small(cell(2)), small(cell(3)));
        sounds.push(Sound {
            name: row[0].to_owned(),
            parts: parts.next().flatten().zip(parts.next().flatten()),
            weight,
            edge,
            within: if cell(4).is_empty() { weight } else { small(cell(4)) },
            class: cell(5).bytes().next().unwrap_or(b'-'),
        });
        for value in values(cell(6)).chain(values(cell(7))).chain(values(cell(8))) {
            let (spelling, cost) = match value.split_once(':') {
                Some((spelling, cost)) => (spelling, small(cost)),
                None => (value, 0),
            };
            let (spelling, place) = match (spelling.strip_prefix('^'), spelling.strip_suffix('$')) {
                (Some(spelling), _) => (spelling, 1),
                (None, Some(spelling)) => (spelling, 2),
                (None, None) => (spelling, 0),
            };
            let at = *index.entry(spelling.to_owned()).or_insert_with(|| {
                spellings.push((spelling.to_owned(), Default::default()));
                spellings.len() - 1
            });
            spellings[at].1[place].push((n, cost));
        }
    }
    faults.extend(unknown);
    (sounds, spellings)
}

type Likeness = HashMap<(String, String), u8>;

fn read_likeness(tsv: &str, sounds: &[Sound], faults: &mut Vec<String>) -> Likeness {
    let mut likeness = Likeness::new();
    for row in rows(tsv) {
        let [a, b, cost, ..] = row[..] else { continue };
        for name in [a, b] {
            if name.is_ascii() && !sounds.iter().any(|s| s.name == name) {
                faults.push(format!("likeness: sound {name} is not known"));
            }
        }
        let cost = cost.parse().unwrap_or(FULL as u8);
        likeness.insert((a.to_owned(), b.to_owned()), cost);
        likeness.insert((b.to_owned(), a.to_owned()), cost);
    }
    likeness
}

fn sound_distances(sounds: &[Sound], likeness: &Likeness) -> Vec<Vec<u8>> {
    let of = |a: &Sound, b: &Sound| match likeness.get(&(a.name.clone(), b.name.clone())) {
        _ if a.name == b.name => 0,
        Some(&cost) => cost,
        None => FULL as u8,
    };
    sounds.iter().map(|a| sounds.iter().map(|b| of(a, b)).collect()).collect()
}
