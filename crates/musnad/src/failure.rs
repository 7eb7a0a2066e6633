use std::io;
use std::process::ExitCode;

/// Why the command ends without having done what was asked, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The command line asks for something that cannot be.
    #[error("{0}")]
    Use(String),
    /// Nothing could be done with what was given.
    #[error("{0}")]
    Nothing(String),
    /// The record cannot be used.
    #[error(transparent)]
    Record(#[from] musnad_store::Error),
    /// The output cannot be written.
    #[error("the output cannot be written: {0}; check that there is room, and that it may be written")]
    Write(io::Error),
}

impl Failure {
    /// What the process ends with.
    pub fn code(&self) -> ExitCode {
        ExitCode::from(if matches!(self, Failure::Use(_)) { 2 } else { 1 })
    }
}

impl From<io::Error> for Failure {
    fn from(why: io::Error) -> Self {
        Failure::Write(why)
    }
}

impl From<musnad_view::ExportError> for Failure {
    fn from(why: musnad_view::ExportError) -> Self {
        match why {
            musnad_view::ExportError::Record(why) => Failure::Record(why),
            musnad_view::ExportError::Write(why) => Failure::Write(why),
        }
    }
}

/// What a subcommand comes to.
pub type Done = Result<(), Failure>;
