//! Tells the version of the grammar's code: a hash of the sources on which a reading depends, besides the language data.

use std::path::{Path, PathBuf};

/// Where the code stands that turns a text into findings, from this crate's folder.
const SOURCES: [&str; 5] = ["src", "../language/src", "../pattern/src", "../tagger/src", "../text/src"];

/// The weights of the tagger, on which it depends too.
const WEIGHTS: &str = "../../language/ar/names.weights";

fn main() {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR"));
    let mut hash = Fnv::new();
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        let folder = root.join(source);
        let mut files = Vec::new();
        gather(&folder, &mut files);
        // The same on every machine: by name, with the separators of one of them.
        let mut files: Vec<(String, PathBuf)> = files.into_iter().map(|file| (name(&folder, &file), file)).collect();
        files.sort();
        for (name, file) in files {
            hash.take(source.as_bytes());
            hash.take(name.as_bytes());
            hash.take(&std::fs::read(&file).unwrap_or_else(|why| panic!("{}: {why}", file.display())));
        }
    }
    println!("cargo::rerun-if-changed={WEIGHTS}");
    hash.take_all(&std::fs::read(root.join(WEIGHTS)).unwrap_or_else(|why| panic!("{WEIGHTS}: {why}")));
    println!("cargo::rustc-env=MUSNAD_GRAMMAR={:016x}", hash.0);
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|why| panic!("{}: {why}", folder.display()));
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            gather(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn name(folder: &Path, file: &Path) -> String {
    let parts = file.strip_prefix(folder).unwrap_or(file).components();
    parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// FNV-1a: for telling versions apart, not for safety.
struct Fnv(u64);

impl Fnv {
    fn new() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }

    /// Takes in bytes and where they end; how a checkout ends lines makes no difference.
    fn take(&mut self, text: &[u8]) {
        self.take_all(&text.iter().copied().filter(|byte| *byte != b'\r').chain([0]).collect::<Vec<_>>());
    }

    /// Takes in bytes as they are.
    fn take_all(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
