//! The laws of the house. Each failure says what to do.

#[path = "laws/source.rs"]
mod source;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};
use source::{files, shipped};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The way of the data: a crate uses only what stands before it.
const ORDER: [&str; 10] = [
    "musnad-text",
    "musnad-pattern",
    "musnad-language",
    "musnad-tagger",
    "musnad-reading",
    "musnad-record",
    "musnad-store",
    "musnad-intake",
    "musnad-view",
    "musnad",
];

/// Crates that compute and do nothing else: the same input gives the same output, in any engine.
const PURE: [&str; 6] = ["text", "pattern", "language", "tagger", "reading", "record"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository")
}

fn metadata() -> &'static Metadata {
    static METADATA: OnceLock<Metadata> = OnceLock::new();
    METADATA.get_or_init(|| {
        let manifest = root().join("Cargo.toml");
        MetadataCommand::new().manifest_path(manifest).no_deps().exec().expect("cargo metadata answers")
    })
}

fn crates() -> impl Iterator<Item = &'static Package> {
    metadata().packages.iter().filter(|package| package.name.as_str() != "xtask")
}

/// A path as one would type it in the repository's root.
fn short(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", short(path)))
}

/// Fails with all that breaks a law, and with what to do about it.
#[track_caller]
fn hold(broken: &[String], remedy: &str) {
    assert!(broken.is_empty(), "\n\n  {}\n\n{remedy}\n", broken.join("\n  "));
}

// Law 1: one direction.

#[test]
fn a_crate_uses_only_what_stands_before_it() {
    let place = |name: &str| ORDER.iter().position(|known| *known == name);
    let members: BTreeSet<&str> = metadata().packages.iter().map(|package| package.name.as_str()).collect();
    let mut broken = Vec::new();
    for package in crates() {
        let Some(own) = place(&package.name) else {
            broken.push(format!("{} has no place in ORDER", package.name));
            continue;
        };
        for dependency in &package.dependencies {
            let shipped = matches!(dependency.kind, DependencyKind::Normal | DependencyKind::Build);
            let inside = members.contains(dependency.name.as_str());
            if shipped && inside && place(&dependency.name).is_none_or(|other| other >= own) {
                broken.push(format!("{} uses {}", package.name, dependency.name));
            }
        }
    }
    hold(
        &broken,
        "Law 1: a crate uses only what stands before it in the way of the data:\n\
         text < pattern < language < tagger < reading < record < store < intake < view < musnad.\n\
         Move what both need to the earlier crate, or hand it over as a value. A new crate gets its place in ORDER, here.",
    );
}

// Law 2: the pure crates have no IO, no clock, no globals.

/// Paths that reach outside, and why they are shut.
const SHUT_PATHS: [(&[&str], &str); 15] = [
    (&["std", "fs"], "disk"),
    (&["std", "net"], "network"),
    (&["std", "env"], "environment"),
    (&["std", "process"], "processes"),
    (&["std", "os"], "the operating system"),
    (&["std", "time", "SystemTime"], "clock"),
    (&["std", "time", "Instant"], "clock"),
    (&["std", "time", "*"], "clock"),
    (&["std", "*"], "everything"),
    (&["time", "SystemTime"], "clock"),
    (&["time", "Instant"], "clock"),
    (&["rand"], "chance"),
    (&["fastrand"], "chance"),
    (&["getrandom"], "chance"),
    (&["std", "thread", "sleep"], "clock"),
];

/// Tokens in a row that reach outside, and why they are shut.
const SHUT_RUNS: [(&[&str], &str); 7] = [
    (&["println", "!"], "terminal"),
    (&["print", "!"], "terminal"),
    (&["eprintln", "!"], "terminal"),
    (&["eprint", "!"], "terminal"),
    (&["dbg", "!"], "terminal"),
    (&["static", "mut"], "global state"),
    (&["thread_local", "!"], "global state"),
];

/// Ends of paths that reach outside, from whatever library.
const SHUT_ENDS: [(&[&str], &str); 5] = [
    (&["Timestamp", "now"], "clock"),
    (&["Zoned", "now"], "clock"),
    (&["io", "stdin"], "terminal"),
    (&["io", "stdout"], "terminal"),
    (&["io", "stderr"], "terminal"),
];

#[test]
fn the_pure_crates_reach_for_nothing_outside() {
    let mut broken = Vec::new();
    for name in PURE {
        let src = root().join("crates").join(name).join("src");
        let sources = shipped(&src);
        assert!(!sources.is_empty(), "{} holds no Rust: put PURE, here, in step with crates/", short(&src));
        for (path, source) in sources {
            let mut tell = |line: usize, what: String, why: &str| {
                broken.push(format!("{}:{line}: {what} ({why})", short(&path)));
            };
            for written in source.paths() {
                let begins = |shut: &[&str]| written.segments.iter().take(shut.len()).eq(shut.iter());
                let ends = |shut: &[&str]| written.segments.iter().rev().take(shut.len()).eq(shut.iter().rev());
                let begun = SHUT_PATHS.iter().find(|(shut, _)| begins(shut));
                if let Some((_, why)) = begun.or_else(|| SHUT_ENDS.iter().find(|(shut, _)| ends(shut))) {
                    tell(written.line, written.segments.join("::"), why);
                }
            }
            for (run, why) in SHUT_RUNS {
                for line in source.runs(run) {
                    tell(line, run.join(" "), why);
                }
            }
        }
    }
    hold(
        &broken,
        "Law 2: text, pattern, language, tagger, reading and record have no IO, no clock, no chance and no global state.\n\
         Take what is needed as an argument and let intake, store or musnad fetch it; return notes in place of printing;\n\
         read files in build.rs. Tests, examples and benches may do as they like.",
    );
}

#[test]
fn the_pure_crates_draw_on_no_chance() {
    let chance = ["rand", "rand_core", "fastrand", "getrandom"];
    let mut broken = Vec::new();
    for package in crates() {
        let pure = PURE.iter().any(|name| package.name.strip_prefix("musnad-") == Some(name));
        for dependency in package.dependencies.iter().filter(|dependency| dependency.kind == DependencyKind::Normal) {
            if pure && chance.contains(&dependency.name.as_str()) {
                broken.push(format!("{} uses {}", package.name, dependency.name));
            }
        }
    }
    hold(&broken, "Law 2: the same report gives the same findings. Derive what varies from the content (a hash of it).");
}

// Law 7: Arabic in language/, Rust in crates/.

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{06FF}' | '\u{0750}'..='\u{077F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
}

#[test]
fn code_holds_no_arabic() {
    let mut broken = Vec::new();
    for folder in source_folders() {
        for (path, source) in shipped(&folder) {
            for (line, word) in source.words().into_iter().filter(|(_, word)| word.contains(is_arabic)) {
                broken.push(format!("{}:{line}: {word}", short(&path)));
            }
        }
        // Templates and whatever else is compiled in.
        for path in files(&folder).into_iter().filter(|path| path.extension().is_none_or(|ext| ext != "rs")) {
            let bytes = std::fs::read(&path).unwrap_or_else(|why| panic!("{}: {why}", short(&path)));
            let text = String::from_utf8_lossy(&bytes);
            for (at, line) in text.lines().enumerate().filter(|(_, line)| line.contains(is_arabic)) {
                broken.push(format!("{}:{}: {}", short(&path), at + 1, line.trim()));
            }
        }
    }
    hold(
        &broken,
        "Law 7: crates/ holds no Arabic outside tests and comments. Put words into language/ar/lexicon/ (one item a line) and\n\
         look them up by class; write a single character that the code itself must know as an escape, \\u{0640}, with its name.",
    );
}

#[test]
fn language_holds_no_rust() {
    let rust = files(&root().join("language")).into_iter().filter(|path| path.extension().is_some_and(|ext| ext == "rs"));
    let broken: Vec<String> = rust.map(|path| short(&path)).collect();
    hold(&broken, "Law 7: language/ is data. Move the code to crates/language.");
}

fn source_folders() -> Vec<PathBuf> {
    let folder = |package: &Package| package.manifest_path.with_file_name("src").into_std_path_buf();
    crates().map(folder).collect()
}

// Only the store knows SQL.

#[test]
fn only_the_store_knows_sql() {
    let mut broken = Vec::new();
    for package in crates().filter(|package| package.name.as_str() != "musnad-store") {
        for dependency in package.dependencies.iter().filter(|dependency| dependency.name.contains("sqlite")) {
            broken.push(format!("{} uses {}", package.name, dependency.name));
        }
        for (path, source) in shipped(&package.manifest_path.with_file_name("src").into_std_path_buf()) {
            for (line, word) in source.words() {
                if word.contains("rusqlite") || is_sql(&word) {
                    broken.push(format!("{}:{line}: {word}", short(&path)));
                }
            }
        }
    }
    hold(
        &broken,
        "Only musnad-store knows SQL. Give the store a method that says what is wanted in the words of the field, and call that.",
    );
}

/// Whether a literal is an SQL statement.
fn is_sql(literal: &str) -> bool {
    let Some(text) = literal.trim_start_matches(['r', '#', 'c', 'b']).strip_prefix('"') else { return false };
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\\');
    let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect();
    let has = |word: &str| words.contains(&word);
    match words.as_slice() {
        ["SELECT", rest @ ..] => !rest.is_empty(),
        ["INSERT" | "REPLACE", ..] => has("INTO"),
        ["DELETE", ..] => has("FROM"),
        ["UPDATE", ..] => has("SET"),
        ["CREATE" | "DROP" | "ALTER", kind, ..] => ["TABLE", "VIRTUAL", "INDEX", "UNIQUE", "VIEW", "TRIGGER"].contains(kind),
        ["PRAGMA", ..] => true,
        _ => false,
    }
}

#[test]
fn sql_is_told_from_prose() {
    for sql in ["\"SELECT id FROM fact\"", "r#\"\n  INSERT OR IGNORE INTO fact VALUES (?1)\"#", "\"PRAGMA user_version\""] {
        assert!(is_sql(sql), "{sql}");
    }
    for prose in ["\"Select a report\"", "\"DELETED\"", "select", "\"UPDATE available\"", "'S'"] {
        assert!(!is_sql(prose), "{prose}");
    }
}

// No unsafe code anywhere.

#[test]
fn every_crate_takes_the_lints_of_the_workspace() {
    let parse = |path: &Path| -> toml::Table { read(path).parse().unwrap_or_else(|why| panic!("{}: {why}", short(path))) };
    let whole = parse(&root().join("Cargo.toml"));
    let level = &whole["workspace"]["lints"]["rust"]["unsafe_code"];
    assert_eq!(level.as_str(), Some("forbid"), "Cargo.toml: [workspace.lints.rust] says unsafe_code = \"forbid\"");

    let mut broken = Vec::new();
    for package in &metadata().packages {
        let path = package.manifest_path.as_std_path();
        let taken = parse(path).get("lints").and_then(|lints| lints.get("workspace")).and_then(toml::Value::as_bool);
        if taken != Some(true) {
            broken.push(short(path));
        }
    }
    hold(
        &broken,
        "Unsafe code is forbidden by the workspace's lints. Add to each of these manifests:\n\n  [lints]\n  workspace = true",
    );
}

// Lexicons are whole.

#[test]
fn lexicons_have_even_columns() {
    let mut broken = Vec::new();
    let tables = files(&root().join("language")).into_iter().filter(|path| path.extension().is_some_and(|ext| ext == "tsv"));
    for path in tables {
        let text = read(&path);
        let mut names: Option<Vec<&str>> = None;
        for (at, row) in text.lines().enumerate() {
            let place = format!("{}:{}", short(&path), at + 1);
            if row.ends_with('\r') || row.contains('\u{FEFF}') {
                broken.push(format!("{place}: save the file as UTF-8 without byte order mark, lines ended by LF"));
            }
            if row.is_empty() || row.starts_with('#') {
                continue;
            }
            let columns: Vec<&str> = row.split('\t').collect();
            match &names {
                None => {
                    let unique: BTreeSet<&&str> = columns.iter().collect();
                    if unique.len() != columns.len() || columns.contains(&"") {
                        broken.push(format!("{place}: the first line names each column, and no two alike"));
                    }
                    names = Some(columns);
                }
                Some(names) if names.len() != columns.len() => {
                    broken.push(format!("{place}: {} columns, but {} names ({})", columns.len(), names.len(), names.join(", ")));
                }
                Some(_) => {}
            }
        }
        if names.is_none() {
            broken.push(format!("{}: names no columns", short(&path)));
        }
    }
    hold(
        &broken,
        "A lexicon has the same columns on every line, parted by one TAB; an empty column keeps its TAB. An editor that turns\n\
         TABs into spaces is the usual cause. See language/ar/README.md.",
    );
}

// The pages keep their word.

/// A command that a page tells the reader to type.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Told {
    program: String,
    subcommand: String,
    flags: Vec<String>,
}

/// The commands of `musnad` and `cargo xtask` in code blocks and code spans.
fn commands(markdown: &str) -> Vec<Told> {
    let mut lines: Vec<String> = Vec::new();
    let mut fenced = false;
    for line in markdown.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if fenced {
            match lines.last_mut() {
                Some(last) if last.ends_with('\\') => {
                    last.pop();
                    last.push_str(line);
                }
                _ => lines.push(line.to_string()),
            }
        } else {
            lines.extend(line.split('`').skip(1).step_by(2).map(str::to_string));
        }
    }
    let mut out = BTreeSet::new();
    for line in lines {
        let line = line.split(" #").next().unwrap_or_default();
        for part in line.split(" | ").flat_map(|part| part.split("&&")).flat_map(|part| part.split(';')) {
            let words: Vec<&str> = part.trim().trim_start_matches("$ ").split_whitespace().collect();
            let (program, rest) = match words.as_slice() {
                ["cargo", "xtask", rest @ ..] => ("cargo xtask", rest),
                ["musnad", rest @ ..] => ("musnad", rest),
                ["cargo", "run", rest @ ..] => match rest.iter().position(|word| *word == "--") {
                    Some(at) => ("musnad", &rest[at + 1..]),
                    None => continue,
                },
                _ => continue,
            };
            let Some(first) = rest.first().filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase())) else { continue };
            let trim =
                |word: &str| word.trim_matches(['[', ']', '(', ')', ',', '…']).split('=').next().unwrap_or_default().to_string();
            let flags: Vec<String> =
                rest.iter().map(|word| trim(word)).filter(|word| word.starts_with("--") && word.len() > 2).collect();
            for subcommand in first.split('|') {
                out.insert(Told { program: program.into(), subcommand: subcommand.into(), flags: flags.clone() });
            }
        }
    }
    out.into_iter().collect()
}

#[test]
fn commands_are_found_in_markdown() {
    let told = commands(
        "Type `musnad show|search X [--json]`.\n```sh\n$ cargo xtask test   # all\nmusnad read a.txt \\\n  --record r.musnad | less\ncargo build\n```\n",
    );
    let told: Vec<String> = told.iter().map(|t| format!("{} {} {}", t.program, t.subcommand, t.flags.join(" "))).collect();
    assert_eq!(told, ["cargo xtask test ", "musnad read --record", "musnad search --json", "musnad show --json"]);
}

#[test]
fn the_commands_of_the_pages_exist() {
    let mut broken = Vec::new();
    let mut helps: BTreeMap<String, Option<String>> = BTreeMap::new();
    let xtask = help(Path::new(env!("CARGO_BIN_EXE_xtask")), &["help"]).expect("xtask help answers");
    for page in ["README.md", "CONTRIBUTING.md"] {
        let path = root().join(page);
        assert!(path.is_file(), "{page} is missing: write it; its commands are checked here");
        for Told { program, subcommand, flags } in commands(&read(&path)) {
            let line = format!("{program} {subcommand}");
            let text = if program == "cargo xtask" {
                xtask.lines().any(|line| line.split_whitespace().next() == Some(&subcommand)).then(|| xtask.clone())
            } else {
                helps.entry(subcommand.clone()).or_insert_with(|| help(musnad(), &[&subcommand, "--help"])).clone()
            };
            let Some(text) = text else {
                broken.push(format!("{page}: `{line}`: no such command"));
                continue;
            };
            for flag in flags {
                let named = |word: &str| word.trim_matches(['[', ']', ',', '<', '>', '.']).split('=').next() == Some(&flag);
                if !text.split_whitespace().any(named) {
                    broken.push(format!("{page}: `{line} {flag}`: no such option"));
                }
            }
        }
    }
    hold(&broken, "A page tells the reader to type what does not exist. Correct the page, or build what it promises.");
}

#[test]
fn every_option_is_documented() {
    let page = read(&root().join("docs/command.md"));
    let whole = help(musnad(), &["--help"]).expect("musnad --help answers");
    let listed = whole.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let subcommands: Vec<&str> = listed
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(subcommands.contains(&"read"), "musnad --help lists no commands");
    let mut broken = Vec::new();
    for subcommand in subcommands.into_iter().filter(|name| *name != "help") {
        let heading = format!("\n### `musnad {subcommand}");
        let Some((_, rest)) = page.split_once(&heading) else {
            broken.push(format!("{subcommand}: no section"));
            continue;
        };
        let section = rest.split("\n#").next().unwrap_or_default();
        let text = help(musnad(), &[subcommand, "--help"]).unwrap_or_default();
        let options = text.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
        let long = options.filter_map(|line| line.split_whitespace().find(|word| word.starts_with("--")));
        for option in long.map(|word| word.trim_end_matches(',')).filter(|word| *word != "--help") {
            if !section.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').any(|word| word == option) {
                broken.push(format!("{subcommand}: {option}"));
            }
        }
    }
    hold(&broken, "docs/command.md has a section `### `musnad COMMAND …`` for every command, which tells all its options.");
}

#[test]
fn the_outputs_in_the_readme_are_real() {
    musnad();
    let check = Command::new(env!("CARGO_BIN_EXE_xtask")).args(["pages", "--check"]).output().expect("xtask starts");
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
}

/// The pages of the repository.
fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> =
        ["docs", "examples", "language"].iter().flat_map(|folder| files(&root().join(folder))).collect();
    let top = std::fs::read_dir(root()).expect("the repository can be read").filter_map(|entry| Some(entry.ok()?.path()));
    pages.extend(top);
    pages.retain(|path| path.extension().is_some_and(|ext| ext == "md") && path.is_file());
    pages.sort();
    pages
}

#[test]
fn the_tests_that_pages_name_exist() {
    let sources = [root().join("crates"), root().join("xtask")].into_iter().flat_map(|folder| files(&folder));
    let sources: String =
        sources.filter(|path| path.extension().is_some_and(|ext| ext == "rs")).map(|path| read(&path)).collect();
    let is_test_name = |word: &str| {
        word.bytes().filter(|b| *b == b'_').count() >= 2
            && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    let mut broken = Vec::new();
    for path in ["docs/promises.md", "ARCHITECTURE.md"].map(|page| root().join(page)) {
        for (at, line) in read(&path).lines().enumerate() {
            for name in line.split('`').skip(1).step_by(2).filter(|word| is_test_name(word)) {
                if !sources.contains(&format!("fn {name}(")) {
                    broken.push(format!("{}:{}: {name}", short(&path), at + 1));
                }
            }
        }
    }
    hold(&broken, "A page names a test that is not there. Name the one that keeps the promise now, or take the promise back.");
}

#[test]
fn links_between_pages_lead_somewhere() {
    let mut broken = Vec::new();
    for path in pages() {
        for (at, line) in read(&path).lines().enumerate() {
            for link in line.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                let file = link.split('#').next().unwrap_or_default();
                if !file.is_empty() && !link.contains("://") && !path.with_file_name(file).exists() {
                    broken.push(format!("{}:{}: {link}", short(&path), at + 1));
                }
            }
        }
    }
    hold(&broken, "A link leads nowhere. Correct it; links are relative to their page.");
}

#[test]
fn continuous_integration_runs_what_the_readme_says() {
    let ci = read(&root().join(".ci/run"));
    let last = ci.lines().rfind(|line| !line.trim().is_empty());
    assert_eq!(last, Some("cargo xtask test"), ".ci/run ends with the test command of the README, cargo xtask test");
    let readme = read(&root().join("README.md"));
    assert!(readme.contains("cargo xtask test"), "README.md names the test command, cargo xtask test");
}

/// What a command says of itself; `None` where it knows no such words.
fn help(program: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().unwrap_or_else(|why| panic!("{}: {why}", short(program)));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    (output.status.success() && !text.trim().is_empty()).then_some(text)
}

/// The program, built as the tests of the workspace build it.
fn musnad() -> &'static Path {
    static MUSNAD: OnceLock<PathBuf> = OnceLock::new();
    MUSNAD.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let built = Command::new(cargo)
            .args(["build", "--quiet", "--workspace", "--bin", "musnad"])
            .current_dir(root())
            .status()
            .expect("cargo starts");
        assert!(built.success(), "musnad does not build: cargo build --bin musnad");
        let name = format!("musnad{}", std::env::consts::EXE_SUFFIX);
        metadata().target_directory.join("debug").join(name).into_std_path_buf()
    })
}
