//! Compares names: JSON Lines `{"id", "a", "b"}` in, `{"id", "same", "score", "reason"}` out.

use std::io::{self, BufRead, Write};

use musnad_language::names::compare;
use serde_json::{Value, json};

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        let Ok(case) = serde_json::from_str::<Value>(&line) else {
            continue;
        };
        let name = |field: &str| case[field].as_str().unwrap_or_default();
        let found = compare(name("a"), name("b"));
        let answer = json!({"id": case["id"], "same": found.same, "score": found.score, "reason": found.reason});
        writeln!(out, "{answer}")?;
    }
    Ok(())
}
