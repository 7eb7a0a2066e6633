//! Makes the weights of the tagger of names: `language/ar/names.weights`.
//!
//!     cargo run --release -p musnad-reading --example train -- \
//!         --corpus REPORTS.jsonl.gz … --names eval/names/*.jsonl [--out language/ar/names.weights]
//!
//! `--corpus`: reports, JSON Lines (`id`, `text`, `published`), plain or gzip; also those that are annotated. `--names`: their names,
//! by hand, in the form of `eval/names/README.md`. `--folds WEIGHTS` writes nothing: with the lore of
//! that file it measures on each fifth of the annotated reports what is learnt from the others.
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
const ROUNDS: usize = 8;

type Gold = BTreeMap<String, Vec<(usize, usize, Name)>>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut corpus, mut names, mut out, mut weights) = (Vec::new(), Vec::new(), "language/ar/names.weights".to_string(), None);
    let mut option = String::new();
    for argument in std::env::args().skip(1) {
        match (argument.as_str(), option.as_str()) {
            ("--corpus" | "--names" | "--out" | "--folds", _) => option = argument,
            (_, "--folds") => weights = Some(argument),
            (_, "--corpus") => corpus.push(argument),
            (_, "--names") => names.push(argument),
            (_, "--out") => out = argument,
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
    if let Some(path) = &weights {
        let (_, lore) = Model::from_bytes(&std::fs::read(path)?)?;
        let sight = Sight::new(language.classes(), lore);
        folds(&reader, &sight, &annotated, &gold);
        return Ok(());
    }
    let all: Vec<&Report> = annotated.iter().collect();
    let mut lore = tally(&reader, &rest, None).lore(LEAST);
    for round in 0..3 {
        let sight = Sight::new(language.classes(), lore);
        let (learner, words) = learnt(&reader, &sight, &all, &gold);
        let made_of = format!(
            "{words} words of {} reports annotated by hand, lore of {} words from {} reports",
            all.len(),
            sight.lore.len(),
            rest.len()
        );
        eprintln!("round {round}: {made_of}");
        let model = learner.model(&made_of);
        if round == 2 {
            let bytes = model.to_bytes(&sight.lore);
            std::fs::write(&out, &bytes)?;
            eprintln!("{out}: {} bytes", bytes.len());
            break;
        }
        lore = tally(&reader, &rest, Some((&sight, &model))).lore(LEAST);
    }
    Ok(())
}

/// What the tagger does not get to see while it learns, so that it does not lean on that alone.
#[derive(Clone, Copy, PartialEq)]
enum Hide {
    Nothing,
    /// The words of half of the names are seen as words that were never met: context gets its weight.
    Names,
    /// What the grammar found.
    Grammar,
}

/// Learns from the reports.
fn learnt(reader: &Reader, sight: &Sight, reports: &[&Report], gold: &Gold) -> (Learner, usize) {
    let seen = |hide: Hide| {
        reports.iter().flat_map(move |r| {
            let text = Text::new(r.text.as_str());
            examples(reader, sight, r, hide, |row| told(row, &text, &gold[&r.id]))
        })
    };
    let examples: Vec<Example> = [Hide::Nothing, Hide::Names, Hide::Grammar].into_iter().flat_map(seen).collect();
    let words = examples.iter().map(|e| e.tags.len()).sum::<usize>() / 3;
    let mut learner = Learner::new(ROWS);
    learner.learn(&examples, ROUNDS);
    (learner, words)
}

/// Measures on each fifth of the reports what was learnt from the others.
fn folds(reader: &Reader, sight: &Sight, reports: &[Report], gold: &Gold) {
    const FOLDS: usize = 5;
    let mut counts = HashMap::new();
    let fold = |k: usize| {
        let part = |held: bool| reports.iter().enumerate().filter(move |(i, _)| (i % FOLDS == k) == held).map(|(_, r)| r);
        let (learn, test): (Vec<_>, Vec<_>) = (part(false).collect(), part(true).collect());
        let mut counts = HashMap::new();
        let model = learnt(reader, sight, &learn, gold).0.model("");
        measure(reader, sight, &model, &test, gold, &mut counts);
        counts
    };
    let parts = std::thread::scope(|scope| {
        let work: Vec<_> = (0..FOLDS).map(|k| scope.spawn(move || fold(k))).collect();
        work.into_iter().map(|w| w.join().expect("measuring")).collect::<Vec<_>>()
    });
    for (name, part) in parts.into_iter().flatten() {
        let all: &mut [usize; 3] = counts.entry(name).or_default();
        all.iter_mut().zip(part).for_each(|(a, b): (&mut usize, usize)| *a += b);
    }
    for name in Name::ALL {
        let [hit, found, told] = counts.get(&name).copied().unwrap_or_default().map(|n| n as f64);
        let (p, r) = (hit / found, hit / told);
        eprintln!("  {name:?}: P {p:.3} R {r:.3} F1 {:.3}  {hit} / {found} / {told}", 2.0 * p * r / (p + r));
    }
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
fn examples(reader: &Reader, sight: &Sight, report: &Report, hide: Hide, names: impl Fn(&[Word]) -> Vec<Marked>) -> Vec<Example> {
    reader.words(report, |rows| {
        let names: Vec<Vec<Marked>> = rows.iter().map(|row| names(row)).collect();
        let right: Vec<Vec<Tag>> = rows.iter().zip(&names).map(|(row, n)| tags(row.len(), n)).collect();
        let mut seen: Vec<Vec<Word>> = rows.iter().map(|row| row.to_vec()).collect();
        if hide == Hide::Grammar {
            seen.iter_mut().flatten().for_each(|w| w.found = Default::default());
        }
        if hide == Hide::Names {
            for (i, (row, names)) in seen.iter_mut().zip(&names).enumerate() {
                for (_, name) in names.iter().enumerate().filter(|(j, _)| (i + j) % 2 == 0) {
                    row[name.words.clone()].iter_mut().for_each(|w| w.hidden = true);
                }
            }
        }
        let features = sight.features(&seen.iter().map(Vec::as_slice).collect::<Vec<_>>(), ROWS);
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
                let tags = match tagger {
                    Some((sight, model)) => sight.tags(rows, model),
                    None => rows.iter().map(|row| row.iter().map(by_grammar).collect()).collect(),
                };
                for (row, tags) in rows.iter().zip(tags) {
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
fn measure(
    reader: &Reader,
    sight: &Sight,
    model: &Model,
    reports: &[&Report],
    gold: &Gold,
    counts: &mut HashMap<Name, [usize; 3]>,
) {
    for report in reports {
        let text = Text::new(report.text.as_str());
        reader.words(report, |rows| {
            for (row, found) in rows.iter().zip(sight.tags(rows, model)) {
                let found = marked(&found);
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
}
