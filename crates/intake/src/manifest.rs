use crate::bytes;
use crate::table::{Row, Rows};
use crate::trouble::{Place, Problem, Trouble};
use std::collections::HashMap;
use std::fs::File;
use std::path::{Component, Path, PathBuf};

/// The manifest that a folder may hold.
pub(crate) const NAME: &str = "manifest.csv";

/// What a CSV says of plain files.
#[derive(Default)]
pub(crate) struct Manifest {
    rows: HashMap<PathBuf, Row>,
}

impl Manifest {
    /// Reads a manifest, whose paths begin where it lies, or else in one of `roots`. What is wrong with it goes to
    /// `troubles`; the rest of it holds.
    pub fn read(path: &Path, roots: &[PathBuf], limit: usize, troubles: &mut Vec<Trouble>) -> Manifest {
        let place = Place::file(path);
        let mut manifest = Manifest::default();
        let input = File::open(path).map_err(|source| match source.kind() {
            std::io::ErrorKind::NotFound => Problem::Missing,
            _ => Problem::Io { source },
        });
        let rows = input
            .and_then(|file| bytes::open(file, Default::default()))
            .map_err(|problem| problem.at(place.clone()))
            .and_then(|input| Rows::of(input, &place, limit, "path", |columns| Problem::NoPathColumn { columns }));
        let rows = match rows {
            Ok(rows) => rows,
            Err(trouble) => {
                troubles.push(trouble);
                return manifest;
            }
        };
        let folder = path.parent().unwrap_or(Path::new(""));
        for row in rows {
            let row = match row {
                Ok(row) => row,
                Err(trouble) => {
                    troubles.push(trouble);
                    continue;
                }
            };
            let Some(named) = row.get("path").map(str::trim).filter(|named| !named.is_empty()) else { continue };
            let beside = folder.join(named);
            let elsewhere = || roots.iter().map(|root| root.join(named)).find(|file| file.exists());
            let found = Some(beside.clone()).filter(|file| file.exists()).or_else(elsewhere);
            if found.is_none() {
                troubles.push(Problem::ManifestPath { path: named.to_string() }.at(place.line(row.line)));
            }
            manifest.rows.insert(plain(&found.unwrap_or(beside)), row);
        }
        manifest
    }

    /// What it says of a file.
    pub fn of(&self, file: &Path) -> Option<&Row> {
        self.rows.get(&plain(file))
    }
}

/// A path by which files can be told apart however they are spelled: absolute, without `.` and `..`.
pub(crate) fn plain(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut plain = PathBuf::new();
    for component in absolute.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}
