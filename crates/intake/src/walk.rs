//! From what the user names to files, in a settled order.

use crate::manifest;
use crate::trouble::{Place, Problem, Trouble};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// A file that may hold reports.
#[derive(Debug)]
pub(crate) struct Found {
    pub path: PathBuf,
    /// The folder that the user named, where the file was found in one.
    pub under: Option<PathBuf>,
}

/// The standard input, as users name it.
pub(crate) const STDIN: &str = "-";

type Entries = Box<dyn Iterator<Item = walkdir::Result<DirEntry>> + Send>;

/// Files behind paths, folders and globs: paths in the order given, files of a folder by name.
pub(crate) struct Walk {
    todo: VecDeque<PathBuf>,
    /// The folder under way, and what is left of it.
    folder: Option<(PathBuf, Entries)>,
}

impl Walk {
    pub fn over(paths: &[PathBuf]) -> Walk {
        Walk { todo: paths.iter().cloned().collect(), folder: None }
    }

    /// Puts the matches of a pattern in its place.
    fn expand(&mut self, pattern: &Path) -> Result<(), Problem> {
        let Some(written) = pattern.to_str().filter(|p| p.contains(['*', '?', '['])) else { return Err(Problem::Missing) };
        let matches = glob::glob(written).map_err(|why| Problem::Pattern { why: why.to_string() })?;
        let mut matches: Vec<PathBuf> = matches.flatten().filter(|path| !hidden(path)).collect();
        matches.sort();
        if matches.is_empty() {
            return Err(Problem::NoMatch);
        }
        // A name that holds the signs of a pattern exists, and is not expanded again.
        matches.into_iter().rev().for_each(|path| self.todo.push_front(path));
        Ok(())
    }
}

impl Iterator for Walk {
    type Item = Result<Found, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((root, entries)) = &mut self.folder {
                match entries.next() {
                    None => self.folder = None,
                    Some(Ok(entry)) if entry.file_type().is_dir() => {}
                    Some(Ok(entry)) => {
                        return Some(Ok(Found { path: entry.into_path(), under: Some(root.clone()) }));
                    }
                    Some(Err(why)) => {
                        let place = Place::file(why.path().unwrap_or(root));
                        let source = std::io::Error::other(why);
                        return Some(Err(Problem::Io { source }.at(place)));
                    }
                }
                continue;
            }
            let path = self.todo.pop_front()?;
            if path.as_os_str() == STDIN || path.is_file() {
                return Some(Ok(Found { path, under: None }));
            }
            if path.is_dir() {
                let walk = WalkDir::new(&path).follow_links(true).sort_by_file_name().into_iter();
                let walk = walk.filter_entry(|entry| entry.depth() == 0 || !hidden(entry.path()));
                self.folder = Some((path, Box::new(walk)));
            } else if path.exists() {
                // A pipe or a device, named on purpose.
                return Some(Ok(Found { path, under: None }));
            } else if let Err(problem) = self.expand(&path) {
                return Some(Err(problem.at(Place::file(path))));
            }
        }
    }
}

fn hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// Whether a file found in a folder speaks of the reports and is none.
pub(crate) fn is_about(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    name == manifest::NAME || name == "readme" || name.starts_with("readme.")
}

/// How many bytes stand behind paths, as far as that can be known before reading; for progress.
pub fn size(paths: &[PathBuf]) -> u64 {
    let files = Walk::over(paths).flatten().filter(|found| found.under.is_none() || !is_about(&found.path));
    files.filter_map(|found| std::fs::metadata(found.path).ok()).map(|about| about.len()).sum()
}
