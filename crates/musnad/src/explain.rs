use crate::failure::{Done, Failure};
use crate::input::{Input, InputArgs};
use crate::output::Out;
use crate::record::RecordArg;
use musnad_language::Language;
use musnad_reading::Reader;
use musnad_text::Report;
use musnad_view::Explained;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Tell why a passage is read as it is: which rules matched, with which words, what was made of them, what spoke against them
///
/// Without a place, of the whole report; with one, of the sentences that it touches.
#[derive(clap::Args)]
pub struct Args {
    /// A file with a report (- for standard input), or the id of a report in the record; after a colon a place in it, in
    /// code points, as passages print it: news.txt:120, r1:120-164
    #[arg(value_name = "REPORT[:OFFSET]")]
    report: String,
    /// Of a file with many reports: the one with this id
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// CSV with the columns path, source, url, published, title, which dates plain files
    #[arg(long, value_name = "CSV")]
    manifest: Option<PathBuf>,
    #[command(flatten)]
    record: RecordArg,
    /// Only what was taken
    #[arg(long)]
    taken: bool,
    /// Print it as JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: Args) -> Done {
    let (name, place) = parted(&args.report);
    let report = report(&args, name)?;
    let language = Language::arabic();
    let found = musnad_view::explain(&Reader::new(&language), &report, place);
    let Some(mut found) = found else {
        let long = report.text.chars().count();
        return Err(Failure::Use(format!("{}: there is no sentence at that place; the text has {long} characters", report.id)));
    };
    found.rules.retain(|r| r.taken || !args.taken);
    let mut out = Out::stdout();
    if args.json {
        out.json(&found)?
    } else {
        tell(&mut out, &found)?
    }
    Ok(out.close()?)
}

/// `REPORT:120`, `REPORT:120-164` or `REPORT`.
fn parted(report: &str) -> (&str, Option<Range<usize>>) {
    let place = |at: &str| {
        let (start, end) = at.split_once('-').unwrap_or((at, at));
        Some(start.parse().ok()?..end.parse().ok()?)
    };
    match report.rsplit_once(':').and_then(|(name, at)| Some((name, place(at)?))) {
        Some((name, place)) if !Path::new(report).exists() => (name, Some(place)),
        _ => (report, None),
    }
}

/// The report of that name: a file's, else the record's.
fn report(args: &Args, name: &str) -> Result<Report, Failure> {
    if name != "-" && !Path::new(name).exists() {
        let unknown = || {
            let record = args.record.path.display();
            Failure::Nothing(format!(
                "{name}: there is no such file, and no such report in {record}; `musnad show reports` lists its reports"
            ))
        };
        if !args.record.path.exists() {
            return Err(unknown());
        }
        return args.record.open()?.report(name)?.ok_or_else(unknown);
    }
    let mut input = Input::open(&InputArgs { paths: vec![name.into()], manifest: args.manifest.clone() });
    let mut found: Vec<Report> = Vec::new();
    loop {
        let batch = input.batch();
        if batch.is_empty() {
            break;
        }
        let wanted = batch.into_iter().map(|r| r.report).filter(|r| args.id.as_ref().is_none_or(|id| r.id == *id));
        found.extend(wanted.take(2 - found.len().min(2)));
        if found.len() > 1 {
            break;
        }
    }
    input.close();
    match (found.len(), &args.id) {
        (1, _) => Ok(found.remove(0)),
        (0, Some(id)) => Err(Failure::Nothing(format!("{name}: no report has the id {id}"))),
        (0, None) => Err(crate::input::nothing()),
        _ => Err(Failure::Use(format!("{name} holds many reports; name one: --id {}", found[0].id))),
    }
}

fn tell(out: &mut Out, found: &Explained) -> std::io::Result<()> {
    out.heading("passage", &[])?;
    out.passage(&found.report, found.span, &found.words)?;
    for r in &found.rules {
        out.heading(if r.taken { "taken" } else { "not taken" }, &[&r.rule])?;
        out.field(if r.taken { "found" } else { "because" }, &[&r.what])?;
        out.passage(&found.report, r.span, &r.words)?;
        for part in &r.parts {
            out.field(&part.part, &[&part.words])?;
        }
    }
    Ok(())
}
