use std::path::PathBuf;

/// Why a record file cannot be used, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no such file.
    #[error("{path}: there is no such record; create it by reading reports into it (musnad read … --record {path})", path = path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The file is something else.
    #[error("{path}: this is not a Musnad record; name another file, or move this one away", path = path.display())]
    NotARecord {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a later Musnad.
    #[error("{path}: this record has schema version {found}, and this Musnad knows versions up to {known}; use a newer Musnad", path = path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version that the file has.
        found: i64,
        /// The latest version that this program knows.
        known: i64,
    },
    /// Another process holds the file.
    #[error("{path}: another program is writing to this record; wait until it is done, and try again", path = path.display())]
    Busy {
        /// The file.
        path: PathBuf,
    },
    /// The file can be read, not written.
    #[error("{path}: this record cannot be written to; check the permissions of the file and its folder", path = path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// What the file holds is not what Musnad writes.
    #[error("{path}: {what} is damaged ({why}); read the reports into a new record", path = path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Which part.
        what: String,
        /// In what way.
        why: String,
    },
    /// SQLite cannot do what was asked.
    #[error("{path}: {source}; check that the disk has room and that the file can be read", path = path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
}

/// The result of work on a record file.
pub type Result<T> = std::result::Result<T, Error>;
