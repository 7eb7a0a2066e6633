//! The `.musnad` file; the only crate that knows SQL. `docs/record-file.md` describes the file.
//!
//! Reading into a record: ask [`Store::standing`] whether a report has to be read at all, make an [`Entry`] of
//! what it gives (on any thread), [`Store::put`] entries in batches, and [`Store::finish`] at the end. A batch
//! is one transaction: a process that is killed leaves a whole file, and the next one goes on after the last batch.
//! Facts are derived from all reports by [`Store::finish`]; [`Store::open`] makes up for one that was missed.

mod analyse;
mod check;
mod error;
mod find;
mod read;
mod write;

pub use check::Problem;
pub use error::{Error, Result};
pub use find::{Found, is_question};
pub use read::{Between, Row, Selection};
pub use write::{Entry, Standing};

use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension};
use rusqlite_migration::{M, Migrations};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What marks an SQLite file as a record: `MSND`.
const APPLICATION_ID: i64 = 0x4d53_4e44;

/// One step a schema version; never changed once released, only added to.
const STEPS: &[M<'static>] = &[M::up(include_str!("schema.sql"))];
const MIGRATIONS: Migrations<'static> = Migrations::from_slice(STEPS);

/// The schema version that this program writes.
pub const SCHEMA_VERSION: i64 = STEPS.len() as i64;

/// How long to wait for another process that writes: deriving the facts of a large record is one transaction.
const PATIENCE: Duration = Duration::from_secs(120);

/// An open record file.
pub struct Store {
    path: PathBuf,
    db: Connection,
}

impl Store {
    /// Opens a record, or creates an empty one where there is no file.
    pub fn create(path: impl AsRef<Path>) -> Result<Store> {
        Store::start(path.as_ref(), OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens an existing record. If a run was cut short before its end, what it left to derive is derived now.
    pub fn open(path: impl AsRef<Path>) -> Result<Store> {
        let path = path.as_ref();
        if !path.exists() {
            return Err(Error::Missing { path: path.to_path_buf() });
        }
        let mut store = Store::start(path, OpenFlags::empty())?;
        match store.finish() {
            // Another process is at it: the facts are those of its last end.
            Ok(()) | Err(Error::Busy { .. }) => Ok(store),
            Err(why) => Err(why),
        }
    }

    /// Where the file lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn start(path: &Path, more: OpenFlags) -> Result<Store> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | more;
        let say = |source| explain(path, source);
        let mut db = Connection::open_with_flags(path, flags).map_err(say)?;
        db.busy_timeout(PATIENCE).map_err(say)?;
        recognise(path, &db)?;
        db.pragma_update(None, "journal_mode", "WAL").map_err(say)?;
        db.pragma_update(None, "synchronous", "NORMAL").map_err(say)?;
        db.pragma_update(None, "cache_size", -64_000).map_err(say)?;
        db.set_prepared_statement_cache_capacity(64);
        MIGRATIONS.to_latest(&mut db).map_err(|why| match why {
            rusqlite_migration::Error::RusqliteError { err, .. } => say(err),
            other => Error::Damaged { path: path.to_path_buf(), what: "the schema".into(), why: other.to_string() },
        })?;
        db.pragma_update(None, "foreign_keys", true).map_err(say)?;
        Ok(Store { path: path.to_path_buf(), db })
    }

    fn say(&self, source: rusqlite::Error) -> Error {
        explain(&self.path, source)
    }

    fn damaged(&self, what: impl Into<String>, why: impl ToString) -> Error {
        Error::Damaged { path: self.path.clone(), what: what.into(), why: why.to_string() }
    }
}

/// Refuses what is no record, or one of a later version, before anything is written to it.
fn recognise(path: &Path, db: &Connection) -> Result<()> {
    let say = |source| explain(path, source);
    let pragma = |name: &str| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).map_err(say);
    let (application, version) = (pragma("application_id")?, pragma("user_version")?);
    let table = db.query_row("SELECT 1 FROM sqlite_schema LIMIT 1", [], |_| Ok(())).optional().map_err(say)?;
    if application != APPLICATION_ID {
        // A file that a killed process had only begun to create is empty.
        return match (application, version, table) {
            (0, 0, None) => Ok(()),
            _ => Err(Error::NotARecord { path: path.to_path_buf() }),
        };
    }
    if version > SCHEMA_VERSION {
        return Err(Error::Newer { path: path.to_path_buf(), found: version, known: SCHEMA_VERSION });
    }
    Ok(())
}

fn explain(path: &Path, source: rusqlite::Error) -> Error {
    let path = path.to_path_buf();
    match source.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => Error::NotARecord { path },
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Busy { path },
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Error::ReadOnly { path },
        Some(ErrorCode::DatabaseCorrupt) => Error::Damaged { path, what: "the file".into(), why: source.to_string() },
        _ => Error::Sqlite { path, source },
    }
}
