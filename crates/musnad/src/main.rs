//! The command: reads Arabic news reports about diplomacy and keeps a record of who met whom and who said what.

mod check;
mod dates;
mod explain;
mod export;
mod extract;
mod failure;
mod input;
mod output;
mod pairs;
mod read;
mod reading;
mod record;
mod search;
mod show;
mod summary;

use clap::{Parser, Subcommand};
use failure::Failure;
use std::process::ExitCode;

/// Reads Arabic news reports about diplomacy and keeps a record: who met whom, who said what, through whom.
#[derive(Parser)]
#[command(
    name = "musnad",
    version,
    max_term_width = 100,
    after_help = "\
Exit codes: 0 done, 1 nothing usable, 2 wrong use. NO_COLOR is heeded."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Read(read::Args),
    Extract(extract::Args),
    Show(show::Args),
    Search(search::Args),
    Explain(explain::Args),
    Export(export::Args),
    Check(check::Args),
    Dates(dates::Args),
    Match(pairs::Args),
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Read(args) => read::run(args),
        Command::Extract(args) => extract::run(args),
        Command::Show(args) => show::run(args),
        Command::Search(args) => search::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Export(args) => export::run(args),
        Command::Check(args) => check::run(args),
        Command::Dates(args) => dates::run(args),
        Command::Match(args) => pairs::run(args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever read the output has seen enough.
        Err(Failure::Write(why)) if why.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            output::complain("error", &failure.to_string());
            failure.code()
        }
    }
}
