use crate::failure::{Done, Failure};
use crate::input::{Input, InputArgs, Told, nothing};
use crate::output::Out;
use crate::record::RecordArg;
use crate::{reading, summary};
use musnad_intake::{Place, Received};
use musnad_language::Language;
use musnad_reading::{DateValue, Findings, Reader};
use musnad_record::contribute;
use musnad_store::{Entry, Standing, Store};
use musnad_text::Text;
use musnad_view::{Overview, overview};
use serde::Serialize;

/// Read reports into a record, which is created if it is not there
///
/// What the record has already is skipped, so an interrupted run can be started again; what it has from another version of
/// Musnad is read anew. Fields of JSON Lines and
/// columns of CSV: id, source, url, published, title, text, lang.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    record: RecordArg,
    /// Print the summary as JSON
    #[arg(long)]
    json: bool,
}

/// How many of the most frequent a summary names.
const MOST: usize = 10;
/// So many reports of the record are read anew at a time.
const BATCH: usize = 256;

/// What a run came to.
#[derive(Serialize)]
struct Summary {
    record: String,
    #[serde(flatten)]
    run: Run,
    not_read: Told,
    holds: Overview,
}

/// What a run took in.
#[derive(Debug, Default, Serialize)]
struct Run {
    /// Reports new to the record, or of which it knows more now: a date, a source.
    read: usize,
    /// Reports that the record had.
    already_read: usize,
    /// Reports of the record that another version had read.
    read_anew: usize,
    #[serde(flatten)]
    dates: Dates,
}

/// Calendar expressions in the reports read.
#[derive(Debug, Default, Clone, Copy, Serialize)]
struct Dates {
    /// Those that the text and the day of publication settle.
    dates: usize,
    /// Those that they leave open.
    open_dates: usize,
}

impl Dates {
    fn of(findings: &Findings) -> Dates {
        let dates = findings.dates.iter().filter(|date| matches!(date.value, DateValue::Iso(_))).count();
        Dates { dates, open_dates: findings.dates.len() - dates }
    }

    fn add(&mut self, other: Dates) {
        self.dates += other.dates;
        self.open_dates += other.open_dates;
    }
}

/// A batch after reading.
#[derive(Default)]
struct Ready {
    entries: Vec<Entry>,
    /// Of each entry: where it stood in the input, and its dates.
    about: Vec<(Place, Dates)>,
}

pub fn run(args: Args) -> Done {
    let path = &args.record.path;
    let language = Language::arabic();
    let reader = Reader::new(&language);
    let version = reader.version();
    let mut intake = Intake { input: Input::open(&args.input), run: Run::default() };
    // A record is not created for nothing.
    let mut store = if path.exists() { Some(args.record.create()?) } else { None };
    let mut ready = Ready::default();
    loop {
        let batch = intake.input.batch();
        if batch.is_empty() && ready.entries.is_empty() {
            break;
        }
        let store = match &mut store {
            Some(store) => store,
            None => store.insert(args.record.create()?),
        };
        let wanted = intake.wanted(store, &version, batch)?;
        // While one batch is read, the one before it is written.
        let (put, read) = rayon::join(|| put(store, &ready.entries), || read(&reader, wanted));
        intake.count(&ready, put?);
        ready = intake.sort(read);
    }
    let Some(mut store) = store.filter(|_| intake.run.read + intake.run.already_read > 0) else {
        intake.input.close();
        return Err(nothing());
    };
    intake.read_anew(&mut store, &reader, &version)?;
    let Intake { input, run } = intake;
    input.working_on("joining what the reports say");
    store.finish()?;
    let holds = overview(&store, MOST)?;
    let summary = Summary { record: path.display().to_string(), run, not_read: input.close(), holds };
    let mut out = Out::stdout();
    if args.json {
        out.json(&summary)?
    } else {
        print(&mut out, &summary)?
    }
    Ok(out.close()?)
}

/// What became of one report of a batch.
type Made = Result<(Entry, (Place, Dates)), Place>;

fn read(reader: &Reader, batch: Vec<Received>) -> Vec<Made> {
    reading::read(reader, batch, |place, report, findings| {
        let contribution = contribute(&report, &Text::new(report.text.as_str()), &findings);
        (Entry::new(report, &contribution), (place.clone(), Dates::of(&findings)))
    })
}

fn put(store: &mut Store, entries: &[Entry]) -> Result<Vec<Standing>, Failure> {
    Ok(if entries.is_empty() { Vec::new() } else { store.put(entries)? })
}

/// The input, and what became of it so far.
struct Intake {
    input: Input,
    run: Run,
}

impl Intake {
    /// The reports of a batch that the record has to take in.
    fn wanted(&mut self, store: &Store, version: &str, batch: Vec<Received>) -> Result<Vec<Received>, Failure> {
        let mut wanted = Vec::with_capacity(batch.len());
        for Received { report, place } in batch {
            match store.standing(&report, version)? {
                // What another version read is read anew when all is in, as the record has it.
                Standing::Same | Standing::Outdated => self.run.already_read += 1,
                Standing::Conflict(fields) => self.conflict(&place, &report.id, &fields),
                _ => wanted.push(Received { report, place }),
            }
        }
        Ok(wanted)
    }

    /// Counts what was put into the record. Another process may have put the same before.
    fn count(&mut self, put: &Ready, standings: Vec<Standing>) {
        for ((entry, (place, dates)), standing) in put.entries.iter().zip(&put.about).zip(standings) {
            match standing {
                Standing::Conflict(fields) => self.conflict(place, &entry.report().id, &fields),
                Standing::Same => self.run.already_read += 1,
                Standing::Outdated => {
                    self.run.read_anew += 1;
                    self.run.dates.add(*dates);
                }
                Standing::New | Standing::Fuller => {
                    self.run.read += 1;
                    self.run.dates.add(*dates);
                }
            }
        }
    }

    /// Reads anew what the record has from another version, so that all of it is of one.
    fn read_anew(&mut self, store: &mut Store, reader: &Reader, version: &str) -> Result<(), Failure> {
        let mut after = String::new();
        loop {
            let ids = store.outdated(version, &after, BATCH)?;
            let Some(last) = ids.last() else { return Ok(()) };
            after.clone_from(last);
            self.input.working_on("reading anew what another version read");
            let mut batch = Vec::with_capacity(ids.len());
            for id in ids {
                let place = Place::file(store.path());
                batch.extend(store.report(&id)?.map(|report| Received { report, place }));
            }
            let ready = self.sort(read(reader, batch));
            let standings = put(store, &ready.entries)?;
            self.count(&ready, standings);
        }
    }

    /// What can be put into the record.
    fn sort(&mut self, read: Vec<Made>) -> Ready {
        let mut ready = Ready::default();
        for made in read {
            match made {
                Ok((entry, about)) => {
                    ready.entries.push(entry);
                    ready.about.push(about);
                }
                Err(place) => reading::fault(&mut self.input, place),
            }
        }
        ready
    }

    fn conflict(&mut self, place: &Place, id: &str, fields: &[&str]) {
        let fields = fields.join(", ");
        let what = format!("the record has another report {id} (it differs in {fields}); give this one an id of its own");
        self.input.lose(place, "id taken", what);
    }
}

fn print(out: &mut Out, summary: &Summary) -> std::io::Result<()> {
    let Summary { record, run, not_read, holds } = summary;
    out.heading("read into", &[record])?;
    out.field("reports read", &[&run.read.to_string()])?;
    out.field("already in the record", &[&run.already_read.to_string()])?;
    if run.read_anew > 0 {
        out.field("read anew, as another version had read them", &[&run.read_anew.to_string()])?;
    }
    out.field("not read", &[&not_read.failed.to_string()])?;
    let Dates { dates, open_dates } = run.dates;
    out.field("dates in the reports read", &[&format!("{dates} settled"), &format!("{open_dates} open")])?;
    summary::print(out, "the record holds", holds)?;
    if not_read.failed > 0 {
        let reasons: Vec<String> = not_read.reasons.iter().map(|(reason, times)| format!("{reason} ({times})")).collect();
        let reasons: Vec<&str> = reasons.iter().map(String::as_str).collect();
        out.heading("not read", &reasons)?;
        for lost in &not_read.first {
            let place = lost.line.map_or_else(|| lost.file.clone(), |line| format!("{}:{line}", lost.file));
            out.field(&place, &[&lost.what])?;
        }
        let more = not_read.failed - not_read.first.len();
        if more > 0 {
            out.line(format_args!("  and {more} more, named above"))?;
        }
    }
    out.heading("go on with", &[&format!("musnad show events --record {record}")])
}
