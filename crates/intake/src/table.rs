//! CSV with a header: reports, and the rows of a manifest.

use crate::bytes::{Guarded, Input, Shut};
use crate::draft::{Draft, Drafts};
use crate::trouble::{Place, Problem, Trouble};
use std::io;

/// A row: its line and its fields by the header's names.
pub(crate) struct Row {
    pub line: u64,
    pub fields: Vec<(String, String)>,
}

impl Row {
    /// A column's value.
    pub fn get(&self, column: &str) -> Option<&str> {
        self.fields.iter().find(|(name, _)| name == column).map(|(_, value)| value.as_str())
    }
}

/// The rows of a table whose header has the column `needed`.
pub(crate) struct Rows {
    reader: csv::Reader<Guarded>,
    header: Vec<String>,
    place: Place,
    limit: usize,
    over: bool,
}

impl Rows {
    /// Reads the header; `lacking` says what is wrong where it has no such column.
    pub fn of(
        input: Input,
        place: &Place,
        limit: usize,
        needed: &str,
        lacking: impl FnOnce(String) -> Problem,
    ) -> Result<Rows, Trouble> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(Guarded::new(input, limit));
        let header = match reader.byte_headers() {
            Ok(header) => header.clone(),
            Err(why) => return Err(problem(why, limit).at(place.line(1))),
        };
        let header: Vec<String> = header
            .iter()
            .map(|name| String::from_utf8_lossy(name).trim().trim_start_matches('\u{feff}').to_lowercase())
            .collect();
        if !header.iter().any(|name| name == needed) {
            let names = header.iter().filter(|name| !name.is_empty()).take(12).map(String::as_str).collect::<Vec<_>>().join(", ");
            let names = if names.is_empty() { "nothing".to_string() } else { names };
            return Err(lacking(names).at(place.line(1)));
        }
        Ok(Rows { reader, header, place: place.clone(), limit, over: false })
    }
}

impl Iterator for Rows {
    type Item = Result<Row, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        self.reader.get_mut().allow(self.limit);
        let from = self.reader.position().line();
        let mut record = csv::ByteRecord::new();
        match self.reader.read_byte_record(&mut record) {
            Ok(false) => None,
            Ok(true) => {
                let line = record.position().map_or(from, csv::Position::line);
                let mut fields = Vec::with_capacity(self.header.len());
                for (name, value) in self.header.iter().zip(&record) {
                    let Ok(value) = std::str::from_utf8(value) else {
                        return Some(Err(Problem::ColumnNotUtf8 { column: name.clone() }.at(self.place.line(line))));
                    };
                    fields.push((name.clone(), value.to_string()));
                }
                Some(Ok(Row { line, fields }))
            }
            Err(why) => {
                self.over = true;
                Some(Err(problem(why, self.limit).at(self.place.line(from))))
            }
        }
    }
}

fn problem(why: csv::Error, limit: usize) -> Problem {
    let text = why.to_string();
    match why.into_kind() {
        csv::ErrorKind::Io(why) if is_shut(&why) => Problem::NotCsv { why: format!("it runs over {limit} bytes") },
        csv::ErrorKind::Io(source) => Problem::Io { source },
        _ => Problem::NotCsv { why: text },
    }
}

fn is_shut(why: &io::Error) -> bool {
    why.get_ref().is_some_and(|inner| inner.is::<Shut>())
}

/// Reports from CSV with a header.
pub(crate) fn reports(input: Input, place: Place, limit: usize) -> Drafts {
    match Rows::of(input, &place, limit, "text", |columns| Problem::NoTextColumn { columns }) {
        Err(trouble) => Box::new(std::iter::once(Err(trouble))),
        Ok(rows) => Box::new(rows.map(move |row| {
            let row = row?;
            let text = row.get("text").unwrap_or_default().to_string();
            Draft::new(text, place.line(row.line), |name| row.get(name).map(str::to_string))
        })),
    }
}
