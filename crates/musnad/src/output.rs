//! What goes to the terminal.
//!
//! Arabic is never padded, cut or coloured: widths of Arabic in terminals cannot be known, and colours inside
//! a word break its joining. One fact is a heading and indented lines `label: value`; on a terminal each value
//! stands in an isolate, so that it does not reorder what stands around it.

use anstyle::{AnsiColor, Style};
use serde::Serialize;
use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, Write};

const LABEL: Style = AnsiColor::Cyan.on_default();
const HEADING: Style = AnsiColor::Green.on_default().bold();
const TROUBLE: Style = AnsiColor::Red.on_default().bold();
const PLACE: Style = Style::new().dimmed();

/// The standard output.
pub struct Out {
    to: Box<dyn Write>,
    isolate: bool,
}

impl Out {
    /// With colours and isolates if it is a terminal that wants them.
    pub fn stdout() -> Out {
        Out { to: Box::new(BufWriter::new(anstream::stdout())), isolate: io::stdout().is_terminal() }
    }

    /// Opens a fact: its kind in English, and what names it, where something does.
    pub fn heading(&mut self, kind: &str, values: &[&str]) -> io::Result<()> {
        if values.is_empty() {
            return writeln!(self.to, "{HEADING}{kind}{HEADING:#}");
        }
        let values = self.values(values);
        writeln!(self.to, "{HEADING}{kind}{HEADING:#}: {values}")
    }

    /// A line of a fact; nothing, where there is no value.
    pub fn field(&mut self, label: &str, values: &[&str]) -> io::Result<()> {
        if values.is_empty() {
            return Ok(());
        }
        let (label, values) = (plain(label), self.values(values));
        writeln!(self.to, "  {LABEL}{label}{LABEL:#}: {values}")
    }

    /// The same for a value that may be lacking.
    pub fn maybe(&mut self, label: &str, value: Option<&str>) -> io::Result<()> {
        value.map_or(Ok(()), |value| self.field(label, &[value]))
    }

    /// A passage: its report, its place in code points, its words.
    pub fn passage(&mut self, report: &str, [start, end]: [usize; 2], words: &str) -> io::Result<()> {
        let (report, words) = (self.value(report), self.value(words));
        writeln!(self.to, "  {PLACE}[{PLACE:#}{report}{PLACE}:{start}-{end}]{PLACE:#} {words}")
    }

    /// A line of English.
    pub fn line(&mut self, words: impl Display) -> io::Result<()> {
        writeln!(self.to, "{words}")
    }

    /// A long text as it is, its lines kept.
    pub fn text(&mut self, text: &str) -> io::Result<()> {
        for line in text.lines() {
            let line = self.value(line);
            writeln!(self.to, "    {line}")?;
        }
        Ok(())
    }

    /// One value as indented JSON.
    pub fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut self.to, value)?;
        writeln!(self.to)
    }

    /// One value as a line of JSON.
    pub fn json_line(&mut self, value: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.to, value)?;
        writeln!(self.to)
    }

    /// For what writes by itself.
    pub fn writer(&mut self) -> &mut dyn Write {
        &mut self.to
    }

    /// Bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.to.write_all(bytes)
    }

    /// Writes out what is held back. Without it an error at the end would go unseen.
    pub fn close(mut self) -> io::Result<()> {
        self.to.flush()
    }

    fn values(&self, values: &[&str]) -> String {
        values.iter().map(|value| self.value(value)).collect::<Vec<_>>().join(", ")
    }

    fn value(&self, value: &str) -> String {
        let value = plain(value);
        if self.isolate && !value.is_ascii() { format!("\u{2068}{value}\u{2069}") } else { value }
    }
}

/// Words on one line, without what would steer a terminal or reorder the rest of the line.
fn plain(words: &str) -> String {
    let words = words.trim().replace("\r\n", " ");
    let steers = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    words.chars().map(|c| if c.is_whitespace() && c.is_control() { ' ' } else { c }).filter(|&c| !steers(c)).collect()
}

/// A value of a closed list, as JSON writes it, for people: `press_conference` is `press conference`.
pub fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word.replace('_', " "),
        _ => String::new(),
    }
}

/// `1 report`, `2 reports`.
pub fn counted(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

/// One line on the standard error. If that is closed, nobody is there to tell.
pub fn complain(kind: &str, what: &str) {
    let _ = writeln!(anstream::stderr(), "{TROUBLE}{kind}{TROUBLE:#}: {}", plain(what));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_left_out() {
        assert_eq!(plain("قال\r\n\u{1b}[31mنعم\u{7}\u{202e}\n"), "قال [31mنعم");
        assert_eq!(word(&musnad_reading::EventKind::PressConference), "press conference");
    }

    #[test]
    fn a_value_stands_in_an_isolate_on_a_terminal_alone() {
        let mut out = Out { to: Box::new(io::sink()), isolate: true };
        assert_eq!(out.value("روسيا"), "\u{2068}روسيا\u{2069}");
        assert_eq!(out.value("2017-08-21"), "2017-08-21");
        out.isolate = false;
        assert_eq!(out.value("روسيا"), "روسيا");
    }
}
