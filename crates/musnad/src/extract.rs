use crate::failure::Done;
use crate::input::{Input, InputArgs, nothing};
use crate::output::Out;
use musnad_intake::Received;
use musnad_language::Language;
use musnad_reading::Reader;
use musnad_text::Text;
use musnad_view::findings;
use rayon::prelude::*;

/// Print what each report yields as JSON Lines, without a record
///
/// One object a report, in the order of the input; places are [start, end] in Unicode code points of the text.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    /// JSON Lines, as always; for likeness with the other commands
    #[arg(long, hide = true)]
    json: bool,
}

pub fn run(args: Args) -> Done {
    let language = Language::arabic();
    let reader = Reader::new(&language);
    let mut input = Input::open(&args.input);
    let mut out = Out::stdout();
    let mut read = 0;
    loop {
        let batch = input.batch();
        if batch.is_empty() {
            break;
        }
        read += batch.len();
        let lines: Vec<serde_json::Result<Vec<u8>>> = batch.into_par_iter().map(|received| line(&reader, received)).collect();
        for line in lines {
            let mut line = line.map_err(std::io::Error::from)?;
            line.push(b'\n');
            out.raw(&line)?;
        }
    }
    out.close()?;
    let told = input.close();
    if read == 0 {
        return Err(nothing());
    }
    if told.failed > 0 {
        crate::output::complain("note", &format!("{read} reports read, {} not", told.failed));
    }
    Ok(())
}

fn line(reader: &Reader, Received { report, .. }: Received) -> serde_json::Result<Vec<u8>> {
    let found = reader.read(&report);
    serde_json::to_vec(&findings(&report, &Text::new(report.text.as_str()), found))
}
