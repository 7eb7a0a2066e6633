//! A release build against annotated reports.
//!
//! The folder holds, for each task, the cases and the program that scores an answer:
//!
//! | cases                | answered by              | scored by         |
//! |----------------------|--------------------------|-------------------|
//! | `dev/articles.jsonl` | `musnad extract`         | `score.py` with `dev/gold.jsonl` |
//! | `dates/dev.jsonl`    | `musnad dates --jsonl`   | `score_dates.py`  |
//! | `names/dev.jsonl`    | `musnad match --jsonl`   | `score_names.py`  |
//! | `ner/dev.jsonl`      | `musnad extract`         | `score_ner.py`    |
//!
//! The repository's own annotations (`eval/reports/`, report ids and offsets without text) are measured too where a second
//! folder, the corpus, holds their texts as `*.jsonl.gz`: `work.jsonl` was in view while the grammar was written, `apart.jsonl`
//! never was, so that the difference between the two tells how far the grammar is fitted to what its makers have seen.
//! `first.jsonl` and `second.jsonl` are two readers' annotations of the same reports: how far careful readers agree.
//! In the end one table has the sets of reports side by side.

use crate::steps::{Outcome, cargo, root, step, target};
use flate2::read::MultiGzDecoder;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// How a task's cases reach the program.
enum Feed {
    Argument,
    StandardInput,
}

struct Task {
    name: &'static str,
    cases: &'static str,
    answer: &'static [&'static str],
    feed: Feed,
    score: &'static str,
    /// What the scorer calls the file that it holds answers against, and where that lies.
    key: (&'static str, &'static str),
}

const TASKS: [Task; 4] = [
    Task {
        name: "reports",
        cases: "dev/articles.jsonl",
        answer: &["extract"],
        feed: Feed::Argument,
        score: "score.py",
        key: ("--gold", "dev/gold.jsonl"),
    },
    Task {
        name: "dates",
        cases: "dates/dev.jsonl",
        answer: &["dates", "--jsonl"],
        feed: Feed::StandardInput,
        score: "score_dates.py",
        key: ("--cases", "dates/dev.jsonl"),
    },
    Task {
        name: "names",
        cases: "names/dev.jsonl",
        answer: &["match", "--jsonl"],
        feed: Feed::StandardInput,
        score: "score_names.py",
        key: ("--cases", "names/dev.jsonl"),
    },
    Task {
        name: "ner",
        cases: "ner/dev.jsonl",
        answer: &["extract"],
        feed: Feed::Argument,
        score: "score_ner.py",
        key: ("--gold", "ner/dev.jsonl"),
    },
];

/// What `score.py` tells of reports, in order of the table.
const FIGURES: [&str; 15] = [
    "attribution",
    "content",
    "cues",
    "mentions",
    "persons",
    "offices",
    "events",
    "events_dated",
    "undertakings",
    "instruments",
    "dates",
    "act",
    "direct",
    "via",
    "topics",
];

/// Measures every task that the folder holds cases for; a task that fails does not stop the others.
pub fn run(options: &[&str]) -> Outcome {
    let folder = folder(options, "--eval", "MUSNAD_EVAL")?
        .ok_or("yardstick: name the folder with the annotated reports: --eval DIR, or MUSNAD_EVAL=DIR")?;
    let corpus = self::folder(options, "--corpus", "MUSNAD_CORPUS")?;
    let present: Vec<&Task> = TASKS.iter().filter(|task| folder.join(task.cases).is_file()).collect();
    if present.is_empty() {
        return Err(format!("yardstick: {} holds no cases ({})", folder.display(), TASKS[0].cases));
    }

    step("build: cargo build --release -p musnad", cargo().args(["build", "--release", "--package", "musnad"]))?;
    let out = target().join("yardstick");
    std::fs::create_dir_all(&out).map_err(|why| format!("yardstick: {}: {why}", out.display()))?;

    let mut failed: Vec<String> = present.iter().filter_map(|task| measure(task, &folder, &out).err()).collect();
    match corpus {
        Some(corpus) => failed.extend(own(&folder, &corpus, &out).err()),
        None => println!("\n══ own annotations: skipped; --corpus DIR, or MUSNAD_CORPUS=DIR, names the folder with their texts"),
    }
    if failed.is_empty() { Ok(()) } else { Err(format!("yardstick: {}", failed.join("; "))) }
}

/// The folder that an option or else a variable names.
fn folder(options: &[&str], option: &str, variable: &str) -> Result<Option<PathBuf>, String> {
    let told = options.iter().position(|o| *o == option).and_then(|i| options.get(i + 1)).map(PathBuf::from);
    let Some(folder) = told.or_else(|| std::env::var_os(variable).map(PathBuf::from)) else { return Ok(None) };
    folder.canonicalize().map(Some).map_err(|why| format!("yardstick: {}: {why}", folder.display()))
}

/// The sets of annotated reports, side by side: the folder's, the repository's own halves, and one annotator against another.
fn own(folder: &Path, corpus: &Path, out: &Path) -> Outcome {
    let own = root().join("eval/reports");
    let sets = ["work", "apart", "first", "second"];
    let mut golds: Vec<Vec<Value>> = sets.iter().map(|set| lines(&own.join(format!("{set}.jsonl")))).collect::<Result<_, _>>()?;
    let texts = texts(corpus, &golds)?;
    let articles = out.join("own-articles.jsonl");
    write(&articles, texts.values())?;
    for (set, gold) in sets.iter().zip(&mut golds) {
        gold.iter_mut().try_for_each(|record| name_instruments(record, &texts))?;
        write(&out.join(format!("own-{set}.jsonl")), gold.iter())?;
    }
    let answers = out.join("own.jsonl");
    let answer = Command::new(program()).arg("extract").arg(&articles).stdout(File::create(&answers).map_err(said)?).status();
    if !answer.is_ok_and(|status| status.success()) {
        return Err("own annotations: musnad extract failed".into());
    }
    let gold = |set: &str| out.join(format!("own-{set}.jsonl"));
    let dev = (folder.join("dev/gold.jsonl"), out.join("reports.jsonl"), folder.join("dev/articles.jsonl"));
    let columns = [
        ("dev", dev.0, dev.1, dev.2),
        ("own, in view", gold("work"), answers.clone(), articles.clone()),
        ("own, apart", gold("apart"), answers, articles.clone()),
        ("two readers", gold("first"), gold("second"), articles),
    ];
    let mut scores: Vec<Map<String, Value>> = Vec::new();
    for (_, gold, answers, articles) in &columns {
        let mut score = Command::new("python3");
        score.arg(folder.join("score.py")).arg("--json").arg("--gold").arg(gold).arg("--pred").arg(answers);
        let told = score.arg("--articles").arg(articles).output().map_err(said)?;
        scores.push(
            serde_json::from_slice(&told.stdout)
                .map_err(|why| format!("own annotations: score.py: {why}: {}", String::from_utf8_lossy(&told.stderr)))?,
        );
    }
    let figure = |task: &str, column: &Map<String, Value>| {
        column.get(task).and_then(|v| v.get("f1").or(v.get("accuracy"))).and_then(Value::as_f64).unwrap_or(f64::NAN)
    };
    println!("\n══ reports: F1; for act, direct and via the share of matched statements");
    println!("{:14}{}", "", columns.each_ref().map(|c| format!("{:>14}", c.0)).concat());
    for task in FIGURES {
        println!("{task:14}{}", scores.iter().map(|c| format!("{:>14.3}", figure(task, c))).collect::<String>());
    }
    Ok(())
}

fn said(why: std::io::Error) -> String {
    format!("own annotations: {why}")
}

/// The objects of a JSON Lines file.
fn lines(path: &Path) -> Result<Vec<Value>, String> {
    let text = std::fs::read_to_string(path).map_err(|why| format!("{}: {why}", path.display()))?;
    let parsed = text
        .lines()
        .enumerate()
        .map(|(i, line)| serde_json::from_str(line).map_err(|why| format!("{}:{}: {why}", path.display(), i + 1)));
    parsed.collect()
}

fn write<'v>(path: &Path, values: impl Iterator<Item = &'v Value>) -> Outcome {
    let mut file = File::create(path).map_err(said)?;
    values.into_iter().try_for_each(|v| writeln!(file, "{v}")).map_err(said)
}

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap_or("")
}

/// The annotated reports by id, out of the corpus.
fn texts(corpus: &Path, golds: &[Vec<Value>]) -> Result<BTreeMap<String, Value>, String> {
    let wanted: Vec<&str> = golds.iter().flatten().map(id).collect();
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(corpus).map_err(|why| format!("{}: {why}", corpus.display()))? {
        let path = entry.map_err(said)?.path();
        if !path.to_string_lossy().ends_with(".jsonl.gz") {
            continue;
        }
        for line in BufReader::new(MultiGzDecoder::new(File::open(&path).map_err(said)?)).lines() {
            let report: Value = serde_json::from_str(&line.map_err(said)?).map_err(|why| format!("{}: {why}", path.display()))?;
            if wanted.contains(&id(&report)) {
                found.insert(id(&report).to_string(), report);
            }
        }
    }
    match wanted.iter().find(|id| !found.contains_key(**id)) {
        Some(lost) => Err(format!("own annotations: {} has no report {lost}", corpus.display())),
        None => Ok(found),
    }
}

/// Instruments are annotated by their place alone; the scorer wants their words.
fn name_instruments(record: &mut Value, texts: &BTreeMap<String, Value>) -> Outcome {
    let text: Vec<char> = texts[id(record)]["text"].as_str().unwrap_or("").chars().collect();
    for instrument in record["instruments"].as_array_mut().into_iter().flatten() {
        let place = |i: usize| instrument["span"][i].as_u64().map(|at| at as usize);
        let words = place(0).zip(place(1)).and_then(|(start, end)| text.get(start..end)).map(|w| w.iter().collect::<String>());
        instrument["name"] = words.ok_or("own annotations: a place outside its text")?.into();
    }
    Ok(())
}

fn program() -> PathBuf {
    target().join("release").join(format!("musnad{}", std::env::consts::EXE_SUFFIX))
}

fn measure(task: &Task, folder: &Path, out: &Path) -> Outcome {
    let cases = folder.join(task.cases);
    let answers = out.join(format!("{}.jsonl", task.name));
    let said = |why: std::io::Error| format!("{}: {why}", task.name);

    println!("\n══ {}: {}", task.name, task.cases);
    let mut command = Command::new(program());
    command.args(task.answer).current_dir(root()).stdout(File::create(&answers).map_err(said)?);
    match task.feed {
        Feed::Argument => command.arg(&cases).stdin(Stdio::null()),
        Feed::StandardInput => command.stdin(File::open(&cases).map_err(said)?),
    };
    let start = Instant::now();
    let status = command.status().map_err(said)?;
    if !status.success() {
        return Err(format!("{}: musnad {} failed ({status})", task.name, task.answer.join(" ")));
    }
    println!("   musnad {} took {:.2} s", task.answer.join(" "), start.elapsed().as_secs_f64());

    let (flag, key) = task.key;
    let mut score = Command::new("python3");
    score.arg(folder.join(task.score)).arg(flag).arg(folder.join(key)).arg("--pred").arg(&answers);
    let status = score.status().map_err(|why| format!("{}: cannot start python3: {why}", task.name))?;
    if status.success() { Ok(()) } else { Err(format!("{}: {} failed ({status})", task.name, task.score)) }
}
