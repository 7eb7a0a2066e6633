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

use crate::steps::{Outcome, cargo, root, step, target};
use std::fs::File;
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

/// Measures every task that the folder holds cases for; a task that fails does not stop the others.
pub fn run(folder: Option<&str>) -> Outcome {
    let folder = folder
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("MUSNAD_EVAL").map(PathBuf::from))
        .ok_or("yardstick: name the folder with the annotated reports: --eval DIR, or MUSNAD_EVAL=DIR")?;
    let folder = folder.canonicalize().map_err(|why| format!("yardstick: {}: {why}", folder.display()))?;
    let present: Vec<&Task> = TASKS.iter().filter(|task| folder.join(task.cases).is_file()).collect();
    if present.is_empty() {
        return Err(format!("yardstick: {} holds no cases ({})", folder.display(), TASKS[0].cases));
    }

    step("build: cargo build --release -p musnad", cargo().args(["build", "--release", "--package", "musnad"]))?;
    let out = target().join("yardstick");
    std::fs::create_dir_all(&out).map_err(|why| format!("yardstick: {}: {why}", out.display()))?;

    let failed: Vec<String> = present.iter().filter_map(|task| measure(task, &folder, &out).err()).collect();
    if failed.is_empty() { Ok(()) } else { Err(format!("yardstick: {}", failed.join("; "))) }
}

fn measure(task: &Task, folder: &Path, out: &Path) -> Outcome {
    let cases = folder.join(task.cases);
    let answers = out.join(format!("{}.jsonl", task.name));
    let said = |why: std::io::Error| format!("{}: {why}", task.name);

    println!("\n══ {}: {}", task.name, task.cases);
    let program = target().join("release").join(format!("musnad{}", std::env::consts::EXE_SUFFIX));
    let mut command = Command::new(program);
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
