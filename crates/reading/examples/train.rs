//! Makes the weights of the tagger of names: `language/ar/names.weights`.
//!
//!     cargo run --release -p musnad-reading --example train -- \
//!         --corpus REPORTS.jsonl.gz … --names eval/names/*.jsonl [--out language/ar/names.weights]
//!
//! `--silver N` adds rows of N reports of the corpus in which the grammar leaves no word open; what it knows of them is hidden from
//! the tagger, which so learns to tell names by what stands around them.
//!
//! `--corpus`: reports, JSON Lines (`id`, `text`, `published`), plain or gzip; also those that are annotated. `--names`: their names,
//! by hand, in the form of `eval/names/README.md`. Without `--out` every seventh report is held out and the tagger measured on
//! those; with it, it learns from all.
//!
//! Lore comes first from what the grammar finds in the corpus, then, twice, from what a tagger that has learnt so far finds in it;
//! annotated reports are left out of it, so that what the tagger learns from looks like what it will meet.

use musnad_language::Language;
use musnad_reading::Reader;
use musnad_tagger::learn::Example;
use musnad_tagger::{Learner, Marked, Model, Name, Sight, Tag, Tally, Word, marked, tags};
use musnad_text::{Kind, Report, Span, Text};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};

/// Features that the model tells apart: a power of two.
const ROWS: usize = 1 << 18;
/// How often a word stands in the corpus at least, to have lore.
const LEAST: u32 = 12;
/// How often the examples are gone over.
const ROUNDS: usize = 12;

type Gold = BTreeMap<String, Vec<(usize, usize, Name)>>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut corpus, mut names, mut out, mut silver) = (Vec::new(), Vec::new(), None, 0_usize);
    let mut option = String::new();
    for argument in std::env::args().skip(1) {
        match (argument.as_str(), option.as_str()) {
            ("--corpus" | "--names" | "--out" | "--silver", _) => option = argument,
            (_, "--silver") => silver = argument.parse()?,
            (_, "--corpus") => corpus.push(argument),
            (_, "--names") => names.push(argument),
            (_, "--out") => out = Some(argument),
            _ => return Err(format!("{argument}: see the head of this file").into()),
        }
    }
    let mut gold = Gold::new();
    for path in &names {
        for line in open(path)?.lines() {
            let row: Value = serde_json::from_str(&line?)?;
            let id = row["id"].as_str().unwrap_or_default().to_string();
            gold.insert(id, row["names"].as_array().into_iter().flatten().filter_map(place).collect());
        }
    }
    let mut reports: Vec<Report> = Vec::new();
    for path in &corpus {
        for line in open(path)?.lines() {
            let row: Value = serde_json::from_str(&line?)?;
            let field = |k: &str| row[k].as_str().map(str::to_string);
            let (id, text) = (field("id").unwrap_or_default(), field("text").unwrap_or_default());
            reports.push(Report { id, source: None, url: None, published: field("published"), title: None, text, lang: None });
        }
    }
    let (annotated, rest): (Vec<Report>, Vec<Report>) = reports.into_iter().partition(|r| gold.contains_key(&r.id));
    eprintln!("{} reports, {} of them annotated", annotated.len() + rest.len(), annotated.len());

    let language = Language::arabic();
    let reader = Reader::new(&language);
    let held_out = |i: usize| out.is_none() && i % 7 == 3;
    let (mut test, mut learn) = (Vec::new(), Vec::new());
    for (i, report) in annotated.iter().enumerate() {
        if held_out(i) { test.push(report) } else { learn.push(report) }
    }
    let mut lore = tally(&reader, &rest, None).lore(LEAST);
    for round in 0..3 {
        let sight = Sight::new(language.classes(), lore);
        let mut examples: Vec<Example> = learn.iter().flat_map(|r| examples(&reader, &sight, r, &gold[&r.id])).collect();
        if let Some(step) = rest.len().checked_div(silver) {
            examples.extend(rest.iter().step_by(step.max(1)).flat_map(|r| sure(&language, &reader, &sight, r)));
        }
        let mut learner = Learner::new(ROWS);
        let wrong = learner.learn(&examples, ROUNDS);
        let words: usize = examples.iter().map(|e| e.tags.len()).sum();
        let made_of = format!(
            "{words} words of {} reports annotated by hand and {silver} read by the grammar, lore of {} words from {} reports",
            learn.len(),
            sight.lore.len(),
            rest.len()
        );
        eprintln!("round {round}: {made_of}; {wrong} words wrong in the last pass");
        let model = learner.model(&made_of);
        measure(&reader, &sight, &model, &test, &gold);
        if round == 2 {
            if let Some(out) = &out {
                let bytes = model.to_bytes(&sight.lore);
                std::fs::write(out, &bytes)?;
                eprintln!("{out}: {} bytes", bytes.len());
            }
            break;
        }
        lore = tally(&reader, &rest, Some((&sight, &model))).lore(LEAST);
    }
    Ok(())
}

fn open(path: &str) -> std::io::Result<Box<dyn BufRead>> {
    let file = File::open(path)?;
    let bytes: Box<dyn Read> =
        if path.ends_with(".gz") { Box::new(flate2::read::MultiGzDecoder::new(file)) } else { Box::new(file) };
    Ok(Box::new(BufReader::new(bytes)))
}

fn place(row: &Value) -> Option<(usize, usize, Name)> {
    let name = match row[2].as_str()? {
        "person" => Name::Person,
        "place" => Name::Place,
        "body" => Name::Body,
        _ => return None,
    };
    Some((row[0].as_u64()? as usize, row[1].as_u64()? as usize, name))
}

/// The rows of a report with their right tags.
fn examples(reader: &Reader, sight: &Sight, report: &Report, gold: &[(usize, usize, Name)]) -> Vec<Example> {
    let text = Text::new(report.text.as_str());
    reader.words(report, |rows| {
        let features = sight.features(rows, ROWS);
        let right = rows.iter().map(|row| tags(row.len(), &told(row, &text, gold)));
        features.into_iter().zip(right).map(|(features, tags)| Example { features, tags }).collect()
    })
}

/// The rows of a report in which the grammar leaves no word open, as it tags them, without what it knows.
fn sure(language: &Language, reader: &Reader, sight: &Sight, report: &Report) -> Vec<Example> {
    let class = |n: &str| language.class(n);
    let (unknown, def) = (class("UNKNOWN"), class("DEF"));
    let names = ["GIVEN", "GIVEN_SURE", "SURNAME", "SURNAME_SURE", "PLACE", "BODY", "OUTLET"].map(class);
    reader.words(report, |rows| {
        let open = |w: &Word| w.classes.contains(unknown) && !w.classes.contains(def) && w.found.name.is_none();
        let kept = rows.iter().filter(|row| row.iter().any(|w| w.found.name.is_some()) && !row.iter().any(open));
        let (hidden, right): (Vec<Vec<Word>>, Vec<Vec<Tag>>) = kept
            .map(|row| {
                let mut seen: Vec<Word> = row.to_vec();
                for w in &mut seen {
                    if w.found.name.is_some() {
                        names.iter().for_each(|n| w.classes.remove(*n));
                        w.classes.insert(unknown);
                        w.found = Default::default();
                    }
                }
                (seen, row.iter().map(by_grammar).collect::<Vec<_>>())
            })
            .unzip();
        let hidden: Vec<&[Word]> = hidden.iter().map(Vec::as_slice).collect();
        let features = sight.features(&hidden, ROWS);
        features.into_iter().zip(right).map(|(features, tags)| Example { features, tags }).collect()
    })
}

/// The names of a row as they were annotated.
fn told(row: &[Word], text: &Text, gold: &[(usize, usize, Name)]) -> Vec<Marked> {
    let words = |&(start, end, name): &(usize, usize, Name)| {
        let span = Span::new(text.byte(start)?, text.byte(end)?);
        let from = row.iter().position(|w| w.span.overlaps(span))?;
        let to = row.iter().rposition(|w| w.span.overlaps(span))? + 1;
        Some(Marked { words: from..to, name })
    };
    gold.iter().filter_map(words).collect()
}

/// Counts what the grammar, or a tagger, takes each word of the reports for.
fn tally(reader: &Reader, reports: &[Report], tagger: Option<(&Sight, &Model)>) -> Tally {
    let parts = std::thread::available_parallelism().map_or(1, |n| n.get());
    let count = |part: &[Report]| {
        let mut tally = Tally::new();
        for report in part {
            reader.words(report, |rows| {
                let features = tagger.map(|(sight, model)| sight.features(rows, model.rows()));
                for (i, row) in rows.iter().enumerate() {
                    let tags: Vec<Tag> = match (&features, tagger) {
                        (Some(features), Some((_, model))) => model.tag(&features[i]),
                        _ => row.iter().map(by_grammar).collect(),
                    };
                    for (word, tag) in row.iter().zip(tags).filter(|(w, _)| w.kind == Kind::Word) {
                        tally.add(word.folded, tag);
                    }
                }
            });
        }
        tally
    };
    let mut all = Tally::new();
    std::thread::scope(|scope| {
        let work: Vec<_> =
            reports.chunks(reports.len().div_ceil(parts).max(1)).map(|part| scope.spawn(move || count(part))).collect();
        work.into_iter().for_each(|w| all.join(w.join().expect("counting")));
    });
    all
}

fn by_grammar(word: &Word) -> Tag {
    match word.found.name {
        Some(name) if word.found.inside => Tag::Next(name),
        Some(name) => Tag::First(name),
        None => Tag::Outside,
    }
}

/// Exact names found in the reports held out.
fn measure(reader: &Reader, sight: &Sight, model: &Model, reports: &[&Report], gold: &Gold) {
    let mut counts: HashMap<Name, [usize; 3]> = HashMap::new();
    for report in reports {
        let text = Text::new(report.text.as_str());
        reader.words(report, |rows| {
            for (row, features) in rows.iter().zip(sight.features(rows, model.rows())) {
                let found = marked(&model.tag(&features));
                let told = marked(&tags(row.len(), &told(row, &text, &gold[&report.id])));
                for name in Name::ALL {
                    let count = counts.entry(name).or_default();
                    count[0] += found.iter().filter(|m| m.name == name && told.contains(m)).count();
                    count[1] += found.iter().filter(|m| m.name == name).count();
                    count[2] += told.iter().filter(|m| m.name == name).count();
                }
            }
        });
    }
    for name in Name::ALL.iter().filter(|_| !reports.is_empty()) {
        let [hit, found, told] = counts.get(name).copied().unwrap_or_default().map(|n| n as f64);
        let (p, r) = (hit / found, hit / told);
        eprintln!("  {name:?}: P {p:.3} R {r:.3} F1 {:.3}  {hit} / {found} / {told}", 2.0 * p * r / (p + r));
    }
}
