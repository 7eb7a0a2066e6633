//! What is wrong with a pattern.

use thiserror::Error;

/// Why a pattern was refused, where, and what to write instead.
#[derive(Clone, Debug, Eq, PartialEq, Error)]
#[error("line {line}, column {column}: {problem}; {advice}")]
pub struct PatternError {
    /// Where in the pattern's source, in bytes.
    pub offset: usize,
    /// The line of `offset`, from 1.
    pub line: usize,
    /// The column of `offset` in its line, in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub problem: String,
    /// What to do about it.
    pub advice: String,
}

impl PatternError {
    pub(crate) fn new(src: &str, offset: usize, problem: impl Into<String>, advice: impl Into<String>) -> Self {
        let before = src.get(..offset).unwrap_or(src);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            offset,
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            problem: problem.into(),
            advice: advice.into(),
        }
    }
}
