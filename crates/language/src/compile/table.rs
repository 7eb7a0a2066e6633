//! Tables of tab-separated values, and the folder they stand in.

use std::path::Path;

/// A parsed lexicon file.
pub struct Table<'a> {
    path: &'a str,
    columns: Vec<&'a str>,
    rows: Vec<(usize, Vec<&'a str>)>,
}

impl<'a> Table<'a> {
    /// Parses a file; comments begin with `#`, the first other line names the columns.
    pub fn parse(path: &'a str, contents: &'a str) -> Result<Table<'a>, Vec<String>> {
        let mut lines = contents.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
        let Some((_, head)) = lines.next() else { return Err(vec![format!("{path}: no line that names the columns")]) };
        let columns: Vec<&str> = head.split('\t').collect();
        let (mut rows, mut errors) = (Vec::new(), Vec::new());
        for (i, line) in lines {
            let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
            if fields.len() == columns.len() {
                rows.push((i + 1, fields));
            } else {
                errors.push(format!(
                    "{path}:{}: {} columns where the head names {}: mind the TABs",
                    i + 1,
                    fields.len(),
                    columns.len()
                ));
            }
        }
        if errors.is_empty() { Ok(Table { path, columns, rows }) } else { Err(errors) }
    }

    /// All rows.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, fields)| Row { table: self, line: *line, fields })
    }
}

/// One line of a table.
pub struct Row<'a> {
    table: &'a Table<'a>,
    line: usize,
    fields: &'a [&'a str],
}

impl<'a> Row<'a> {
    /// The value in a column; empty where the file has no such column.
    pub fn get(&self, column: &str) -> &'a str {
        self.table.columns.iter().position(|c| *c == column).map_or("", |i| self.fields[i])
    }

    /// Values parted by Arabic commas.
    pub fn list(&self, column: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.get(column).split('\u{60c}').map(str::trim).filter(|s| !s.is_empty())
    }

    /// Values parted by spaces.
    pub fn words(&self, column: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.get(column).split_whitespace()
    }

    /// An error with its place.
    pub fn error(&self, what: &str) -> String {
        format!("{}:{}: {what}", self.table.path, self.line)
    }
}

/// All files of a language, as path relative to its folder (with `/`) and contents, in order of path.
pub fn files(root: &Path) -> Result<Vec<(String, String)>, String> {
    let mut out = Vec::new();
    for folder in ["lexicon", "rules"] {
        let dir = root.join(folder);
        let entries = std::fs::read_dir(&dir).map_err(|e| format!("{}: {e}", dir.display()))?;
        for entry in entries {
            let path = entry.map_err(|e| format!("{}: {e}", dir.display()))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.ends_with(".tsv") || name.ends_with(".toml") {
                let contents = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
                out.push((format!("{folder}/{name}"), contents));
            }
        }
    }
    out.sort();
    Ok(out)
}

/// A hash of all files (FNV-1a, 64 bits): the version of the language data.
pub fn fingerprint(files: &[(String, String)]) -> String {
    let mut h: u64 = 0xcbf2_9ce4_8422_2325;
    for b in files.iter().flat_map(|(p, c)| p.bytes().chain([0]).chain(c.bytes()).chain([0])) {
        h = (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3);
    }
    format!("{h:016x}")
}
