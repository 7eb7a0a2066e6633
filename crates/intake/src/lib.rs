//! Bytes to reports: files, folders, globs and standard input; plain text, JSON Lines and CSV, plain or gzip.
//!
//! [`reports`] streams. Each item is a [`Received`] report or a [`Trouble`], which names the file and the line and says
//! what to do; after a trouble the stream goes on with what comes next. The text of a report is kept exactly
//! as it was received, apart from the byte order mark and the encoding.

mod bytes;
mod draft;
mod json_lines;
mod manifest;
mod plain;
mod reports;
mod table;
mod trouble;
mod walk;

pub use json_lines::objects;
pub use musnad_text::Report;
pub use reports::{Received, Reports, reports};
pub use trouble::{Place, Problem, Trouble};
pub use walk::size;

use std::path::PathBuf;

/// How reports are taken in.
#[derive(Debug, Clone)]
pub struct Options {
    /// A CSV (`path, source, url, published, title`) that dates plain files; paths are relative to it, or
    /// else to a folder that is read.
    pub manifest: Option<PathBuf>,
    /// The most bytes that one report may take, uncompressed.
    pub limit: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options { manifest: None, limit: 64 << 20 }
    }
}
