use crate::Options;
use crate::bytes::{self, Input};
use crate::draft::{Draft, Drafts, Named, fingerprint};
use crate::manifest::{self, Manifest};
use crate::trouble::{Place, Problem, Trouble};
use crate::walk::{Found, STDIN, Walk, is_about};
use crate::{json_lines, plain, table};
use musnad_text::Report;
use std::collections::{HashMap, VecDeque};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The reports behind paths: files, folders, globs, or `-` for standard input.
///
/// Files of a folder come by name; hidden files and a README are left out, and a `manifest.csv` dates what
/// stands beside and below it.
pub fn reports(paths: &[PathBuf], options: Options) -> Reports {
    let mut troubles = Vec::new();
    let folder = |path: &PathBuf| if path.is_dir() { path.clone() } else { path.with_file_name("") };
    let roots: Vec<PathBuf> = paths.iter().map(folder).collect();
    let given = options.manifest.as_deref().map(|path| Manifest::read(path, &roots, options.limit, &mut troubles));
    Reports {
        files: Walk::over(paths),
        drafts: None,
        given,
        beside: HashMap::new(),
        seen: HashMap::new(),
        troubles: troubles.into(),
        taken: Arc::default(),
        options,
    }
}

/// A report, and where it stands in the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The report.
    pub report: Report,
    /// Its file and line.
    pub place: Place,
}

/// A stream of reports, and of what is wrong with the input.
///
/// A report comes once: the same report again is a note, and another report with its id an error. Where a
/// file's name is taken, the report that bears it by chance is named by its content.
pub struct Reports {
    options: Options,
    files: Walk,
    drafts: Option<Drafts>,
    given: Option<Manifest>,
    beside: HashMap<PathBuf, Manifest>,
    seen: HashMap<String, ([u8; 16], Place)>,
    troubles: VecDeque<Trouble>,
    taken: Arc<AtomicU64>,
}

impl Iterator for Reports {
    type Item = Result<Received, Trouble>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(trouble) = self.troubles.pop_front() {
                return Some(Err(trouble));
            }
            if let Some(drafts) = &mut self.drafts {
                match drafts.next() {
                    None => self.drafts = None,
                    Some(Err(trouble)) => return Some(Err(trouble)),
                    Some(Ok(draft)) => match self.meet(draft) {
                        Ok(received) => return Some(Ok(received)),
                        Err(trouble) => self.troubles.push_back(trouble),
                    },
                }
                continue;
            }
            match self.files.next()? {
                Ok(found) => match self.open(&found) {
                    Ok(drafts) => self.drafts = drafts,
                    Err(problem) => return Some(Err(problem.at(Place::file(found.path)))),
                },
                Err(trouble) => return Some(Err(trouble)),
            }
        }
    }
}

impl Reports {
    /// How many bytes were taken from the files so far, as they lie on the disk.
    pub fn taken(&self) -> u64 {
        self.taken.load(Ordering::Relaxed)
    }

    /// Holds a report against those before it.
    fn meet(&mut self, mut draft: Draft) -> Result<Received, Trouble> {
        let place = draft.place.clone();
        self.troubles.extend(std::mem::take(&mut draft.notes).into_iter().map(|note| note.at(place.clone())));
        let mut print = fingerprint(&draft.report);
        if draft.named == Named::File && self.seen.get(&draft.report.id).is_some_and(|(held, _)| *held != print) {
            draft.name_by_content();
            print = fingerprint(&draft.report);
        }
        let report = draft.report;
        match self.seen.get(&report.id) {
            None => {
                self.seen.insert(report.id.clone(), (print, place.clone()));
                Ok(Received { report, place })
            }
            Some((held, first)) => {
                let (id, first) = (report.id, first.clone());
                Err(if *held == print { Problem::Again { id, first } } else { Problem::IdTaken { id, first } }.at(place))
            }
        }
    }

    /// The drafts of a file; `None` for one that is no report.
    fn open(&mut self, found: &Found) -> Result<Option<Drafts>, Problem> {
        let path = &found.path;
        if path.as_os_str() == STDIN {
            let input = bytes::open(std::io::stdin(), self.taken.clone())?;
            return Ok(Some(self.sniffed(input, Place::file(path), None)));
        }
        let in_folder = found.under.is_some();
        let dates_others = self.options.manifest.as_deref().is_some_and(|m| manifest::plain(m) == manifest::plain(path));
        let (stem, extension) = stem_and_extension(path);
        if in_folder && (is_about(path) || dates_others || is_record(&extension)) {
            return Ok(None);
        }
        let format = match extension.as_str() {
            "txt" | "text" | "md" => Format::Plain,
            "jsonl" | "ndjson" => Format::JsonLines,
            "csv" => Format::Csv,
            "" if !in_folder => Format::Sniff,
            "html" | "htm" | "json" | "parquet" | "warc" | "xml" | "pdf" | "doc" | "docx" | "xls" | "xlsx" | "zst" | "zip"
            | "tsv" | "rtf" | "odt" => return Err(Problem::Format { extension }),
            _ if in_folder => return Err(Problem::NotReports),
            _ => return Err(Problem::Format { extension }),
        };
        let file = File::open(path).map_err(|source| Problem::Io { source })?;
        let input = bytes::open(file, self.taken.clone())?;
        let (place, limit) = (Place::file(path), self.options.limit);
        Ok(Some(match format {
            Format::JsonLines => json_lines::reports(input, place, limit),
            Format::Csv => table::reports(input, place, limit),
            Format::Plain => self.plain(input, path, found.under.as_deref(), &stem),
            Format::Sniff => self.sniffed(input, place, Some((path, &stem))),
        }))
    }

    /// JSON Lines or plain text, by how it begins.
    fn sniffed(&mut self, mut input: Input, place: Place, file: Option<(&Path, &str)>) -> Drafts {
        if bytes::looks_like_json(&mut input) {
            return json_lines::reports(input, place, self.options.limit);
        }
        match file {
            Some((path, stem)) => self.plain(input, path, None, stem),
            None => plain::report(input, place, self.options.limit, |_| None),
        }
    }

    fn plain(&mut self, input: Input, path: &Path, under: Option<&Path>, stem: &str) -> Drafts {
        self.read_manifests(path, under);
        let folders = path.ancestors().skip(1);
        let beside = folders.filter_map(|folder| self.beside.get(folder)).find_map(|manifest| manifest.of(path));
        let row = self.given.as_ref().and_then(|manifest| manifest.of(path)).or(beside);
        let field = |name: &str| row.and_then(|row| row.get(name)).map(str::to_string);
        let stem = stem.to_string();
        let drafts = plain::report(input, Place::file(path), self.options.limit, field);
        Box::new(drafts.map(move |draft| {
            draft.map(|mut draft| {
                draft.name_by_file(&stem);
                draft
            })
        }))
    }

    /// Reads the manifests of the folders from the one that the user named down to the file's own.
    fn read_manifests(&mut self, path: &Path, under: Option<&Path>) {
        let Some(under) = under else { return };
        for folder in path.ancestors().skip(1).take_while(|folder| folder.starts_with(under)) {
            if !self.beside.contains_key(folder) {
                let file = folder.join(manifest::NAME);
                let mut troubles = Vec::new();
                let manifest = if file.is_file() {
                    Manifest::read(&file, &[], self.options.limit, &mut troubles)
                } else {
                    Manifest::default()
                };
                self.troubles.extend(troubles);
                self.beside.insert(folder.to_path_buf(), manifest);
            }
        }
    }
}

enum Format {
    Plain,
    JsonLines,
    Csv,
    Sniff,
}

/// Whether a file is a record, or what SQLite keeps beside one.
fn is_record(extension: &str) -> bool {
    matches!(extension, "musnad" | "musnad-wal" | "musnad-shm" | "musnad-journal")
}

/// `a/b.txt.gz` gives `b` and `txt`.
fn stem_and_extension(path: &Path) -> (String, String) {
    let extension = |path: &Path| path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let unpacked = if extension(path) == "gz" { path.with_extension("") } else { path.to_path_buf() };
    let stem = unpacked.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    (stem, extension(&unpacked))
}
