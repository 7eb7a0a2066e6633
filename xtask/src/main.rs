//! Repository chores: `cargo xtask help`.
//!
//! The laws of the house stand beside it as tests, in `tests/laws.rs`.

mod pages;
mod steps;
mod yardstick;

use std::process::ExitCode;

const HELP: &str = "\
Repository chores.

usage: cargo xtask COMMAND

  test                   formatting, lints, all tests, and (where cargo-deny is installed) licences
  yardstick [--eval DIR] [--corpus DIR]
                         hold a release build against annotated reports; --eval, or else the variable
                         MUSNAD_EVAL, names the folder with score.py and dev/articles.jsonl; --corpus, or
                         MUSNAD_CORPUS, the one with the texts of eval/reports (*.jsonl.gz)
  pages [--check]        run the commands of README.md and write what they print into it; or say where it differs
  help                   this text";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["test"] => steps::test(),
        ["yardstick"]
        | ["yardstick", "--eval" | "--corpus", _]
        | ["yardstick", "--eval" | "--corpus", _, "--eval" | "--corpus", _] => yardstick::run(&words[1..]),
        ["pages"] => pages::run(false),
        ["pages", "--check"] => pages::run(true),
        ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            Ok(())
        }
        _ => {
            eprintln!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("xtask: {why}");
            ExitCode::FAILURE
        }
    }
}
