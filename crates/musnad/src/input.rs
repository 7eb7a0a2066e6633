//! The reports that a command line names.

use crate::failure::Failure;
use crate::output::complain;
use indicatif::{ProgressBar, ProgressStyle};
use musnad_intake::{Options, Place, Received, Reports, Trouble, objects, reports, size};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where reports come from.
#[derive(clap::Args)]
pub struct InputArgs {
    /// Files, folders, globs, or - for standard input: .txt, .md, .jsonl, .csv, plain or gzip
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// CSV with the columns path, source, url, published, title, which dates plain files
    #[arg(long, value_name = "CSV")]
    pub manifest: Option<PathBuf>,
}

/// How many troubles a summary names one by one.
const NAMED: usize = 10;
/// A batch is read in parallel and held in memory: so many reports, and about so many bytes of text.
const BATCH: usize = 256;
const BATCH_BYTES: usize = 8 << 20;

/// The reports, in batches; what cannot be read is told on the standard error, and remembered.
pub struct Input {
    reports: Reports,
    bar: ProgressBar,
    told: Told,
}

/// What could not be read.
#[derive(Debug, Default, Serialize)]
pub struct Told {
    /// How many reports, lines or files were lost.
    pub failed: usize,
    /// How many of each kind.
    pub reasons: BTreeMap<&'static str, usize>,
    /// The first of them.
    pub first: Vec<Lost>,
    /// How many remarks there were on what was read all the same.
    pub notes: usize,
}

/// Something that could not be read.
#[derive(Debug, Serialize)]
pub struct Lost {
    /// Its file; `-` for standard input.
    pub file: String,
    /// Its line, from 1.
    pub line: Option<u64>,
    /// What is wrong, and what to do about it.
    pub what: String,
}

impl Input {
    /// Opens what the command line names. The bar is drawn only if the standard error is a terminal.
    pub fn open(args: &InputArgs) -> Input {
        let options = Options { manifest: args.manifest.clone(), ..Options::default() };
        Input { reports: reports(&args.paths, options), bar: bar(&args.paths), told: Told::default() }
    }

    /// The next reports; none at the end.
    pub fn batch(&mut self) -> Vec<Received> {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < BATCH && bytes < BATCH_BYTES {
            match self.reports.next() {
                Some(Ok(received)) => {
                    bytes += received.report.text.len();
                    batch.push(received);
                }
                Some(Err(trouble)) => self.tell(trouble),
                None => break,
            }
        }
        self.bar.set_position(self.reports.taken());
        batch
    }

    fn tell(&mut self, trouble: Trouble) {
        if trouble.problem.is_note() {
            self.told.notes += 1;
            self.bar.suspend(|| complain("note", &trouble.to_string()));
        } else {
            self.lose(&trouble.place, trouble.problem.name(), trouble.problem.to_string());
        }
    }

    /// Tells of a report that is lost, and remembers it.
    pub fn lose(&mut self, place: &Place, reason: &'static str, what: String) {
        self.bar.suspend(|| complain("error", &format!("{place}: {what}")));
        self.told.failed += 1;
        *self.told.reasons.entry(reason).or_default() += 1;
        if self.told.first.len() < NAMED {
            let file = place.file.to_string_lossy().into_owned();
            self.told.first.push(Lost { file, line: place.line, what });
        }
    }

    /// Shows what goes on when all is read.
    pub fn working_on(&self, what: &'static str) {
        self.bar.set_message(what);
    }

    /// What could not be read.
    pub fn close(self) -> Told {
        self.bar.finish_and_clear();
        self.told
    }
}

/// Why a line was not answered.
pub enum Unanswered {
    /// What is wrong with it, and what to do about it.
    Line(&'static str),
    /// The answer cannot be written.
    Write(io::Error),
}

impl From<&'static str> for Unanswered {
    fn from(what: &'static str) -> Self {
        Unanswered::Line(what)
    }
}

impl From<io::Error> for Unanswered {
    fn from(why: io::Error) -> Self {
        Unanswered::Write(why)
    }
}

/// Answers the lines of JSON Lines from the standard input, each with its `id`; tells of bad ones and goes on. Gives
/// how many were answered.
pub fn each_object(mut answer: impl FnMut(Value, Map<String, Value>) -> Result<(), Unanswered>) -> io::Result<usize> {
    let mut answered = 0;
    for (place, object) in objects(io::stdin(), Path::new("-"), Options::default().limit) {
        let done = match object {
            Ok(mut fields) => answer(fields.remove("id").unwrap_or_default(), fields),
            Err(trouble) => {
                complain("error", &trouble.to_string());
                continue;
            }
        };
        match done {
            Ok(()) => answered += 1,
            Err(Unanswered::Line(what)) => complain("error", &format!("{place}: {what}")),
            Err(Unanswered::Write(why)) => return Err(why),
        }
    }
    Ok(answered)
}

/// What a command that needs reports says when it got none.
pub fn nothing() -> Failure {
    Failure::Nothing("nothing could be read; see the errors above, and `musnad help read` for what can be".into())
}

fn bar(paths: &[PathBuf]) -> ProgressBar {
    let bar = ProgressBar::hidden();
    if !io::IsTerminal::is_terminal(&io::stderr()) {
        return bar;
    }
    let total = size(paths);
    let (bar, template) = match total {
        0 => (ProgressBar::new_spinner(), "{spinner} {bytes} {msg}"),
        _ => (ProgressBar::new(total), "{bar:40} {bytes}/{total_bytes} {eta} {msg}"),
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
