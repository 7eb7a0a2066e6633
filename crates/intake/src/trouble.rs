use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// Where in the input something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file; `-` for standard input.
    pub file: Arc<Path>,
    /// The line, from 1; `None` where the file as a whole is meant.
    pub line: Option<u64>,
}

impl Place {
    /// A whole file.
    pub fn file(file: impl AsRef<Path>) -> Place {
        Place { file: Arc::from(file.as_ref()), line: None }
    }

    /// A line of the same file.
    pub fn line(&self, line: u64) -> Place {
        Place { file: self.file.clone(), line: Some(line) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A file name may hold anything; one trouble stays one line.
        for c in self.file.to_string_lossy().chars() {
            if c.is_control() { write!(f, "{}", c.escape_default())? } else { write!(f, "{c}")? }
        }
        self.line.map_or(Ok(()), |line| write!(f, ":{line}"))
    }
}

/// Something in the input that could not be taken as it is.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct Trouble {
    /// Where.
    pub place: Place,
    /// What, and what to do about it.
    pub problem: Problem,
}

/// What is wrong with a place in the input, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum Problem {
    #[error("there is no such file or folder; check the path")]
    Missing,
    #[error("no file matches this pattern; check it, and quote it so that the shell leaves it alone")]
    NoMatch,
    #[error("this pattern cannot be read ({why}); see the forms `*`, `?`, `[ab]`, `**`")]
    Pattern { why: String },
    #[error("cannot be read: {source}; check that it may be read and is whole")]
    Io { source: std::io::Error },
    #[error("`.{extension}` files are not read; convert it to .txt, .md, .jsonl or .csv (plain or .gz)")]
    Format { extension: String },
    #[error("skipped: not a kind of file that holds reports")]
    NotReports,
    #[error("not UTF-8 at byte {byte}; if it is Windows Arabic, convert it: iconv -f WINDOWS-1256 -t UTF-8")]
    NotUtf8 { byte: u64 },
    #[error("column `{column}` is not UTF-8; if the file is Windows Arabic, convert it: iconv -f WINDOWS-1256 -t UTF-8")]
    ColumnNotUtf8 { column: String },
    #[error("UTF-16, not UTF-8; convert it: iconv -f UTF-16 -t UTF-8")]
    Utf16,
    #[error("compressed with zstd, which is not read; unpack it first: zstd -d")]
    Zstd,
    #[error("over {limit} bytes for one report; split it, one report a file or a line")]
    TooLong { limit: usize },
    #[error("no text; leave it out or fill it in")]
    Empty,
    #[error("not JSON ({why}); write one object a line")]
    NotJson { why: String },
    #[error("not a JSON object; write one object a line, as {{\"id\": …, \"text\": …}}")]
    NotObject,
    #[error("no field `text`, only {fields}; name the field with the report's words `text`")]
    NoText { fields: String },
    #[error("field `{field}` is not a string; write it in quotation marks")]
    NotString { field: String },
    #[error("not a row of CSV ({why}), so the file was read only up to here; check the quotation marks")]
    NotCsv { why: String },
    #[error("no column `text`, only {columns}; name the column with the reports' words `text` (a manifest goes with --manifest)")]
    NoTextColumn { columns: String },
    #[error("no column `path`, only {columns}; a manifest has the columns path, source, url, published, title")]
    NoPathColumn { columns: String },
    #[error(
        "the manifest names {path}, which is not there; correct the path, which is relative to the manifest or to a folder that is read"
    )]
    ManifestPath { path: String },
    #[error("id {id} was given before, at {first}, to a different report; give each report an id of its own")]
    IdTaken { id: String, first: Place },
    #[error("skipped: the same report {id} was read before, at {first}")]
    Again { id: String, first: Place },
    #[error("published {given:?} is not an ISO date (2017-08-21), so the report counts as undated")]
    Published { given: String },
}

impl Problem {
    /// The problem at a place.
    pub fn at(self, place: Place) -> Trouble {
        Trouble { place, problem: self }
    }

    /// Whether nothing of a report is lost by it.
    pub fn is_note(&self) -> bool {
        matches!(self, Problem::NotReports | Problem::ManifestPath { .. } | Problem::Again { .. } | Problem::Published { .. })
    }

    /// The kind of problem in a word or two, for counts.
    pub fn name(&self) -> &'static str {
        match self {
            Problem::Missing => "missing file",
            Problem::NoMatch | Problem::Pattern { .. } => "pattern without a match",
            Problem::Io { .. } => "unreadable",
            Problem::Format { .. } | Problem::Zstd => "unknown format",
            Problem::NotReports => "other file",
            Problem::NotUtf8 { .. } | Problem::ColumnNotUtf8 { .. } | Problem::Utf16 => "not UTF-8",
            Problem::TooLong { .. } => "too long",
            Problem::Empty => "empty",
            Problem::NotJson { .. } | Problem::NotObject => "not JSON",
            Problem::NoText { .. } | Problem::NoTextColumn { .. } => "no text field",
            Problem::NotString { .. } => "not a string",
            Problem::NotCsv { .. } => "not CSV",
            Problem::NoPathColumn { .. } | Problem::ManifestPath { .. } => "manifest",
            Problem::IdTaken { .. } => "id taken",
            Problem::Again { .. } => "given twice",
            Problem::Published { .. } => "date of publication",
        }
    }
}
