use crate::failure::{Done, Failure};
use crate::output::{Out, complain};
use crate::record::RecordArg;

/// Find reports by their words, in any form of the words
///
/// Words in quotation marks have to follow each other.
#[derive(clap::Args)]
pub struct Args {
    /// What to look for
    #[arg(required = true)]
    words: Vec<String>,
    #[command(flatten)]
    record: RecordArg,
    /// The most reports to show
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// Print the reports found as JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: Args) -> Done {
    let question = args.words.join(" ");
    if !musnad_view::is_question(&question) {
        return Err(Failure::Use("there is no word to look for; give at least one: musnad search WORDS".into()));
    }
    let hits = musnad_view::search(&args.record.open()?, &question, args.limit)?;
    let mut out = Out::stdout();
    if args.json {
        out.json(&hits)?;
        return Ok(out.close()?);
    }
    for hit in &hits {
        out.heading("report", &[hit.title.as_deref().unwrap_or(&hit.report)])?;
        out.maybe("source", hit.source.as_deref())?;
        out.maybe("published", hit.published.as_deref())?;
        out.passage(&hit.report, [hit.start, hit.end], &hit.snippet)?;
    }
    out.close()?;
    if hits.is_empty() {
        complain("note", "no report has all of these words; try fewer");
    } else if hits.len() == args.limit {
        complain("note", &format!("only the best are shown ({}); --limit shows more", args.limit));
    }
    Ok(())
}
