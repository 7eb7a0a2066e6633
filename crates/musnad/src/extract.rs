use crate::failure::Done;
use crate::input::{Input, InputArgs, nothing};
use crate::output::{Out, counted};
use crate::reading::{fault, read};
use musnad_language::Language;
use musnad_reading::Reader;
use musnad_text::Text;
use musnad_view::findings;

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
    let mut done = 0;
    loop {
        let batch = input.batch();
        if batch.is_empty() {
            break;
        }
        let lines = read(&reader, batch, |_, report, found| {
            serde_json::to_vec(&findings(&report, &Text::new(report.text.as_str()), found))
        });
        for line in lines {
            match line {
                Ok(line) => {
                    let mut line = line.map_err(std::io::Error::from)?;
                    line.push(b'\n');
                    out.raw(&line)?;
                    done += 1;
                }
                Err(place) => fault(&mut input, place),
            }
        }
    }
    out.close()?;
    let told = input.close();
    if done == 0 {
        return Err(nothing());
    }
    if told.failed > 0 {
        crate::output::complain("note", &format!("{} read, {} not", counted(done, "report"), told.failed));
    }
    Ok(())
}
