use crate::failure::{Done, Failure};
use crate::output::{Out, counted};
use crate::record::RecordArg;
use serde_json::json;

/// Check that a record is whole, and that every passage has the words of its report
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    record: RecordArg,
    /// Print the result as JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: Args) -> Done {
    let store = args.record.open()?;
    let problems = store.check()?;
    let reports = store.report_count()?;
    let facts: usize = store.counts()?.values().sum();
    let mut out = Out::stdout();
    if args.json {
        let problems: Vec<_> = problems.iter().map(|p| json!({"id": p.id, "what": p.what})).collect();
        out.json(&json!({"whole": problems.is_empty(), "reports": reports, "facts": facts, "problems": problems}))?;
    } else {
        for problem in &problems {
            out.heading("problem", &[problem.id.as_deref().unwrap_or("the file"), &problem.what])?;
        }
        if problems.is_empty() {
            out.line(format_args!(
                "whole: {}, {}, every passage has the words of its report",
                counted(reports, "report"),
                counted(facts, "fact")
            ))?;
        }
    }
    out.close()?;
    match problems.len() {
        0 => Ok(()),
        n => Err(Failure::Nothing(format!(
            "{}: {}; read the reports into a new record (musnad read … --record FILE)",
            args.record.path.display(),
            counted(n, "problem")
        ))),
    }
}
