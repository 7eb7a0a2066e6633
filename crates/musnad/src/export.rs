use crate::failure::{Done, Failure};
use crate::output::Out;
use crate::record::RecordArg;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

/// Print a whole record in another form
#[derive(clap::Args)]
pub struct Args {
    /// The form
    #[arg(value_enum)]
    format: Format,
    #[command(flatten)]
    record: RecordArg,
    /// Write to a file instead of the standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// JSON, as always; for likeness with the other commands
    #[arg(long, hide = true)]
    json: bool,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// One document: reports, actors, tenures, statements, events, instruments, rounds, undertakings
    Json,
}

pub fn run(args: Args) -> Done {
    let store = args.record.open()?;
    let Format::Json = args.format;
    let Some(path) = args.output else {
        let mut out = Out::stdout();
        musnad_view::export_json(&store, out.writer())?;
        return Ok(out.close()?);
    };
    let say = |why| Failure::Nothing(format!("{}: cannot be written: {why}; name another file with -o", path.display()));
    let mut file = BufWriter::new(File::create(&path).map_err(say)?);
    musnad_view::export_json(&store, &mut file)?;
    file.flush().map_err(say)
}
