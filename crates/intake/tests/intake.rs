//! Each way in, and each way in which input goes wrong.

use musnad_intake::{Options, Problem, Report, Trouble, reports};
use proptest::prelude::*;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn take(paths: &[PathBuf], options: Options) -> (Vec<Report>, Vec<Trouble>) {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for item in reports(paths, options) {
        match item {
            Ok(received) => good.push(received.report),
            Err(trouble) => bad.push(trouble),
        }
    }
    (good, bad)
}

fn all(folder: &Path) -> (Vec<Report>, Vec<Trouble>) {
    take(&[folder.to_path_buf()], Options::default())
}

fn one(name: &str, bytes: &[u8]) -> (Vec<Report>, Vec<Trouble>) {
    let folder = folder(&[(name, bytes)]);
    take(&[folder.path().join(name)], Options::default())
}

fn ids(reports: &[Report]) -> Vec<&str> {
    reports.iter().map(|report| report.id.as_str()).collect()
}

fn says(troubles: &[Trouble], parts: &[&str]) {
    let [trouble] = troubles else { panic!("one trouble was due, not {troubles:?}") };
    let said = trouble.to_string();
    assert!(!said.contains('\n'), "{said}");
    for part in parts {
        assert!(said.contains(part), "{said:?} lacks {part:?}");
    }
}

#[test]
fn plain_text_is_kept_as_it_came() {
    let text = "\u{feff}قال الوزير:\r\n\r\n«نرحّب بكم»\u{a0}.\r\n";
    let (good, bad) = one("news.txt", text.as_bytes());
    assert_eq!(good[0].text, text.trim_start_matches('\u{feff}'));
    assert_eq!(good[0].id, "news");
    assert!(bad.is_empty());
}

#[test]
fn a_folder_is_read_in_order_with_its_manifests() {
    let folder = folder(&[
        ("b.txt", "ب".as_bytes()),
        ("a.md", "أ".as_bytes()),
        ("README.md", b"about"),
        (".hidden.txt", b"hidden"),
        (".git/c.txt", b"hidden"),
        ("more/d.txt", "د".as_bytes()),
        ("more/e.txt", "هـ".as_bytes()),
        ("more/manifest.csv", "path,title\ne.txt,نداء\n".as_bytes()),
        (
            "manifest.csv",
            "path,source,url,published,title\na.md,وكالة,,2017-08-21,\nmore/d.txt,صحيفة,https://example.org/d,2017-08-22,عنوان\n"
                .as_bytes(),
        ),
    ]);
    let (good, bad) = all(folder.path());
    assert!(bad.is_empty(), "{bad:?}");
    assert_eq!(ids(&good), ["a", "b", "d", "e"]);
    assert_eq!((good[0].source.as_deref(), good[0].published.as_deref()), (Some("وكالة"), Some("2017-08-21")));
    assert_eq!((&good[0].url, &good[0].title, &good[1].published), (&None, &None, &None));
    assert_eq!((good[2].title.as_deref(), good[3].title.as_deref()), (Some("عنوان"), Some("نداء")));
}

#[test]
fn a_manifest_given_by_name_dates_single_files() {
    let folder = folder(&[("a.txt", "أ".as_bytes()), ("dates.csv", b"path,published\na.txt,2017-08-21\nb.txt,2017-08-22\n")]);
    let options = Options { manifest: Some(folder.path().join("dates.csv")), ..Options::default() };
    let (good, bad) = take(&[folder.path().join("../").join(folder.path()).join("./a.txt")], options.clone());
    assert_eq!(good[0].published.as_deref(), Some("2017-08-21"));
    says(&bad, &["dates.csv:3", "b.txt", "relative to the manifest"]);
    let (good, bad) = take(&[folder.path().to_path_buf()], options);
    assert_eq!((good.len(), bad.len()), (1, 1), "the manifest itself is no report");
}

#[test]
fn a_manifest_that_lies_elsewhere_names_files_of_the_folders_that_are_read() {
    let (read, other) = (
        folder(&[("a.txt", "أ".as_bytes()), ("b.txt", "ب".as_bytes())]),
        folder(&[("dates.csv", b"path,published\na.txt,2017-08-21\nb.txt,2017-08-22\nc.txt,2017-08-23\n")]),
    );
    let options = Options { manifest: Some(other.path().join("dates.csv")), ..Options::default() };
    let days = |paths: &[PathBuf]| {
        let (good, bad) = take(paths, options.clone());
        says(&bad, &["dates.csv:4", "c.txt", "a folder that is read"]);
        good.into_iter().filter_map(|report| report.published).collect::<Vec<_>>()
    };
    assert_eq!(days(&[read.path().to_path_buf()]), ["2017-08-21", "2017-08-22"]);
    assert_eq!(days(&[read.path().join("b.txt")]), ["2017-08-22"]);
    assert_eq!(days(&[read.path().join("*.txt")]), ["2017-08-21", "2017-08-22"]);
}

#[test]
fn json_lines_with_any_ids() {
    let lines = "\u{feff}{\"id\": 7, \"text\": \"أ\", \"published\": \"2017-08-21T09:30:00Z\", \"more\": [1]}\r\n\n{\"text\": \"ب\", \"url\": null, \"title\": \" \"}";
    let (good, bad) = one("a.jsonl", lines.as_bytes());
    assert!(bad.is_empty(), "{bad:?}");
    assert_eq!((good[0].id.as_str(), good[0].published.as_deref()), ("7", Some("2017-08-21")));
    assert!(good[1].id.starts_with("report-") && good[1].title.is_none());
}

#[test]
fn csv_reports_over_many_lines() {
    let table = "\u{feff}ID,Text,Published\n1,\"سطر\nثان\",2017-08-21\n2,,2017-08-21\n3,ج\n";
    let (good, bad) = one("a.csv", table.as_bytes());
    assert_eq!(ids(&good), ["1", "3"]);
    assert_eq!(good[0].text, "سطر\nثان");
    says(&bad, &["a.csv:4", "no text"]);
}

#[test]
fn gzip_is_known_by_its_bytes() {
    let folder = folder(&[
        ("a.txt.gz", &gzip("أ".as_bytes())),
        ("b.jsonl", &gzip("{\"id\": \"b\", \"text\": \"ب\"}".as_bytes())),
        ("c.txt", &[gzip("أول".as_bytes()), gzip("ثان".as_bytes())].concat()),
        ("d.txt.gz", "ليس مضغوطا".as_bytes()),
    ]);
    let (good, bad) = all(folder.path());
    assert!(bad.is_empty(), "{bad:?}");
    assert_eq!(ids(&good), ["a", "b", "c", "d"]);
    assert_eq!(good[2].text, "أولثان");
}

#[test]
fn a_bad_line_is_named_and_the_rest_goes_on() {
    let good_line = |id: &str| format!("{{\"id\": \"{id}\", \"text\": \"نص\"}}\n").into_bytes();
    let lines = [
        good_line("a"),
        b"{\"id\": \"x\", \"text\": \n".to_vec(),
        b"[1, 2]\n".to_vec(),
        b"{\"id\": \"x\", \"body\": \"...\"}\n".to_vec(),
        b"{\"id\": \"x\", \"text\": 7}\n".to_vec(),
        b"{\"id\": [], \"text\": \"x\"}\n".to_vec(),
        b"{\"id\": \"x\", \"text\": \"  \"}\n".to_vec(),
        b"{\"id\": \"x\", \"text\": \"\xc7\xe1\"}\n".to_vec(),
        vec![b'['; 100_000],
        b"\n".to_vec(),
        good_line("b"),
    ];
    let (good, bad) = one("a.jsonl", &lines.concat());
    assert_eq!(ids(&good), ["a", "b"]);
    let names: Vec<_> = bad.iter().map(|trouble| (trouble.place.line.unwrap(), trouble.problem.name())).collect();
    assert_eq!(
        names,
        [
            (2, "not JSON"),
            (3, "not JSON"),
            (4, "no text field"),
            (5, "not a string"),
            (6, "not a string"),
            (7, "empty"),
            (8, "not UTF-8"),
            (9, "not JSON")
        ]
    );
    assert!(bad.iter().all(|trouble| !trouble.problem.is_note()));
    let offset = lines[..7].concat().len() + 21;
    assert!(bad[6].to_string().contains(&format!("byte {offset}; if it is Windows Arabic")), "{}", bad[6]);
}

#[test]
fn a_line_over_the_limit_is_left_out() {
    let lines = format!("{{\"id\": \"a\", \"text\": \"{}\"}}\n{{\"id\": \"b\", \"text\": \"b\"}}\n", "x".repeat(50_000));
    let folder = folder(&[("a.jsonl", lines.as_bytes()), ("b.txt", &[b'x'; 2000]), ("c.csv", b"text\n\"unclosed\n")]);
    fs::write(folder.path().join("c.csv"), format!("id,text\nc,c\nd,\"{}", "x\n".repeat(20_000))).unwrap();
    let (good, bad) = take(&[folder.path().to_path_buf()], Options { limit: 1000, ..Options::default() });
    assert_eq!(ids(&good), ["b", "c"]);
    let names: Vec<_> = bad.iter().map(|trouble| (trouble.place.line, trouble.problem.name())).collect();
    assert_eq!(names, [(Some(1), "too long"), (None, "too long"), (Some(3), "not CSV")]);
}

#[test]
fn other_encodings_are_named() {
    says(&one("a.txt", b"abc \xc7\xe1\xe6\xd2\xed\xd1").1, &["a.txt", "byte 4", "iconv -f WINDOWS-1256"]);
    says(&one("a.txt", b"\xff\xfe\x27\x06").1, &["UTF-16", "iconv"]);
    says(&one("a.csv", b"id,text\n1,\xc7\xe1\n").1, &["a.csv:2", "`text`", "UTF-8"]);
    says(&one("a.txt", &[0x28, 0xb5, 0x2f, 0xfd, 0, 0]).1, &["zstd"]);
}

#[test]
fn damaged_gzip_is_named_and_what_came_before_is_read() {
    let mut lines = String::new();
    (0..20_000).for_each(|i| lines.push_str(&format!("{{\"id\": \"{i}\", \"text\": \"{}\"}}\n", i * 7919)));
    let packed = gzip(lines.as_bytes());
    let folder = folder(&[("a.jsonl.gz", &packed[..packed.len() / 2]), ("b.txt", "ب".as_bytes())]);
    let (good, bad) = all(folder.path());
    assert!(good.len() > 1000 && good.last().unwrap().id == "b");
    says(&bad, &["a.jsonl.gz:", "cannot be read"]);
}

#[test]
fn an_id_is_taken_once() {
    let lines = "{\"id\": \"a\", \"text\": \"أ\"}\n{\"id\": \"a\", \"text\": \"أ\"}\n{\"id\": \"a\", \"text\": \"ب\"}\n";
    let (good, bad) = one("a.jsonl", lines.as_bytes());
    assert_eq!(good.len(), 1);
    assert!(matches!(&bad[0].problem, Problem::Again { first, .. } if first.line == Some(1)));
    assert!(bad[0].problem.is_note());
    assert!(matches!(bad[1].problem, Problem::IdTaken { .. }) && !bad[1].problem.is_note());
}

#[test]
fn two_files_of_one_name_are_two_reports() {
    let folder = folder(&[("1/a.txt", "أ".as_bytes()), ("2/a.txt", "ب".as_bytes()), ("3/a.txt", "أ".as_bytes())]);
    let (good, bad) = all(folder.path());
    assert_eq!(good.len(), 2);
    assert!(good[0].id == "a" && good[1].id.starts_with("report-"));
    says(&bad, &["3", "1", "the same report a"]);
}

#[test]
fn days_that_are_no_dates_leave_the_report_undated() {
    let (good, bad) = one("a.jsonl", "{\"text\": \"أ\", \"published\": \"21/8/2017\"}".as_bytes());
    assert_eq!(good[0].published, None);
    assert!(bad[0].problem.is_note());
    says(&bad, &["a.jsonl:1", "21/8/2017", "ISO"]);
}

#[test]
fn files_that_hold_no_reports() {
    let folder = folder(&[("a.txt", "أ".as_bytes()), ("b.html", b"<p>"), ("c.png", b"png"), ("empty.txt", b"")]);
    let (good, bad) = all(folder.path());
    assert_eq!(good.len(), 1);
    let names: Vec<_> = bad.iter().map(|trouble| (trouble.problem.name(), trouble.problem.is_note())).collect();
    assert_eq!(names, [("unknown format", false), ("other file", true), ("empty", false)]);
    says(&one("a.pdf", b"%PDF").1, &["a.pdf", ".jsonl"]);
    says(&one("a.csv", b"path,title\na,b\n").1, &["a.csv:1", "path, title", "--manifest"]);
}

#[test]
fn globs_and_missing_paths() {
    let folder =
        folder(&[("b.txt", "ب".as_bytes()), ("a.txt", "أ".as_bytes()), ("c.md", "ج".as_bytes()), ("[x].txt", "x".as_bytes())]);
    let at = |name: &str| folder.path().join(name);
    assert_eq!(ids(&take(&[at("*.txt")], Options::default()).0), ["[x]", "a", "b"]);
    assert_eq!(ids(&take(&[at("[x].txt")], Options::default()).0), ["[x]"]);
    let (good, bad) = take(&[at("no.txt"), at("*.jsonl"), at("[.txt"), at("c.md")], Options::default());
    assert_eq!((good.len(), bad.len()), (1, 3));
    assert!(bad[0].to_string().contains("no such file") && bad[1].to_string().contains("no file matches"));
}

#[test]
fn what_was_taken_is_counted() {
    let folder = folder(&[("a.txt", "أ".as_bytes()), ("b.txt", "ب".as_bytes()), ("README.md", b"about")]);
    let paths = [folder.path().to_path_buf()];
    let mut stream = reports(&paths, Options::default());
    assert_eq!(stream.by_ref().count(), 2);
    assert_eq!((stream.taken(), musnad_intake::size(&paths)), (4, 4));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_bytes_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..400), pack: bool) {
        let bytes = if pack { gzip(&bytes) } else { bytes };
        let folder = folder(&[("a.txt", &bytes), ("b.jsonl", &bytes), ("c.csv", &bytes), ("manifest.csv", &bytes), ("d", &bytes)]);
        let (good, bad) = take(&[folder.path().to_path_buf(), folder.path().join("d")], Options { limit: 200, ..Options::default() });
        prop_assert!(good.iter().all(|report| !report.id.is_empty() && !report.text.trim().is_empty()));
        prop_assert!(bad.iter().all(|trouble| !trouble.to_string().contains('\n')));
    }

    #[test]
    fn no_fields_break_it(lines in proptest::collection::vec("[{}\\[\\]\",:a-z0-9 ]{0,30}|\\{\"(id|text|published|lang)\": ?(null|1|\"\\PC{0,9}\"),\"text\":\"\\PC{0,9}\"\\}", 0..9)) {
        let lines = lines.join("\n");
        let folder = folder(&[("b.jsonl", lines.as_bytes()), ("c.csv", lines.as_bytes())]);
        let (good, _) = all(folder.path());
        prop_assert!(good.iter().all(|report| !report.id.is_empty()));
    }
}
