//! What patterns match, by example. A row is written as its units' classes: `SAY PERSON&NAME COMMA`.

use musnad_pattern::{ClassSet, Classes, Pattern, PatternError};

const NAMES: [&str; 8] = ["A", "B", "C", "D", "SAY", "PERSON", "TITLE", "COMMA"];

fn classes() -> Classes {
    let mut classes = Classes::new();
    for name in NAMES {
        classes.intern(name);
    }
    classes
}

fn row(text: &str) -> Vec<ClassSet> {
    let classes = classes();
    let unit = |word: &str| {
        let names = word.split('&').filter(|name| *name != "_");
        names.map(|name| classes.get(name).expect("a class of the tests")).collect()
    };
    text.split_whitespace().map(unit).collect()
}

fn pattern(src: &str) -> Pattern {
    Pattern::parse(src, &classes()).unwrap_or_else(|error| panic!("{src}: {error}"))
}

fn refused(src: &str) -> PatternError {
    Pattern::parse(src, &classes()).expect_err(src)
}

/// All matches, each as `start..end` and then its captures as `name=start..end`.
fn check(src: &str, text: &str, expected: &[&str]) {
    let row = row(text);
    let pattern = pattern(src);
    let found: Vec<String> = pattern
        .find_all(&row)
        .map(|found| {
            let mut shown = format!("{:?}", found.range);
            for (name, range) in found.captures() {
                shown += &format!(" {name}={range:?}");
            }
            shown
        })
        .collect();
    assert_eq!(found, expected, "{src} over {text}");
}

#[test]
fn one_unit() {
    check("A", "B A A&B", &["1..2", "2..3"]);
    check(".", "_ A", &["0..1", "1..2"]);
    check("!A", "A _ B", &["1..2", "2..3"]);
    check("A&B&!C", "A A&B A&B&C", &["1..2"]);
    check(".&!A", "A B", &["1..2"]);
    check("[A B&!C D]", "A B B&C D C", &["0..1", "1..2", "3..4"]);
    check("![A B]", "A B C _", &["2..3", "3..4"]);
    check("A&![B C]", "A A&B A&C A&D", &["0..1", "3..4"]);
    check("![A&B C]", "A A&B C _", &["0..1", "3..4"]);
    check("[!A B]", "A A&B _", &["1..2", "2..3"]);
    check("A&[B C]&[C D]", "A&B A&C A&B&D", &["1..2", "2..3"]);
    check("![!A]", "A B", &["0..1"]);
    check("![[A B]&C]", "A&C B&C A C", &["2..3", "3..4"]);
}

#[test]
fn sequence_and_choice() {
    check("A B", "A A B", &["1..3"]);
    check("A | A B", "A B", &["0..1"]);
    check("A B | A", "A B A", &["0..2", "2..3"]);
    check("(A|B) C | D", "B C D", &["0..2", "2..3"]);
    check("A # first\n  B # then", "A B", &["0..2"]);
    check("(A)(B)", "A B", &["0..2"]);
}

#[test]
fn repetition() {
    check("A? B", "B A B", &["0..1", "1..3"]);
    check("A*", "B A A", &["0..0", "1..3", "3..3"]);
    check("A+", "A A B A", &["0..2", "3..4"]);
    check("A+?", "A A", &["0..1", "1..2"]);
    check("A*? B", "A A B", &["0..3"]);
    check("A?? A", "A A", &["0..1", "1..2"]);
    check("A{2}", "A A A A A", &["0..2", "2..4"]);
    check("A{2,}", "A B A A A", &["2..5"]);
    check("A{1,2}", "A A A", &["0..2", "2..3"]);
    check("A{1,2}?", "A A", &["0..1", "1..2"]);
    check("A{ 1 , 2 }", "A A", &["0..2"]);
    check("A{0,1} B", "A B", &["0..2"]);
    check(". .*? SAY", "A B SAY SAY", &["0..3"]);
    check(". .* SAY", "A B SAY SAY", &["0..4"]);
    check("(A B){2,3}", "A B A B A B A B", &["0..6"]);
}

#[test]
fn repetitions_whose_body_can_be_empty() {
    check("(A*)*", "A A", &["0..2", "2..2"]);
    check("(A* B*)+ C", "A B A C", &["0..4"]);
    check("x:(A?)* B", "A A B", &["0..3 x=0..1 x=1..2"]);
    check("x:(A? B?)* C", "A B B C", &["0..4 x=0..2 x=2..3"]);
    check("x:(A?)+ B", "B", &["0..1 x=0..0"]);
    check("(A? (B B|C*) | D)*", "A B B C D A", &["0..6", "6..6"]);
    check("((A? B?){2,} C?)* D", "A B C A D", &["0..5"]);
    check("(^|$)* A", "A", &["0..1"]);
}

#[test]
fn neighbours_and_edges() {
    check("A >B", "A A B", &["1..2"]);
    check("A >!B", "A B A A", &["2..3", "3..4"]);
    check("<A B", "B A B", &["2..3"]);
    check("<!A B", "B A B _ B", &["0..1", "4..5"]);
    check("A >[B C]", "A B A D", &["0..1"]);
    check("A >!B >!C", "A B A C A", &["4..5"]);
    check("A >![B&C]", "A B A B&C", &["0..1"]);
    check("A >B&!C", "A B A B&C", &["0..1"]);
    check("A >!.", "A A", &["1..2"]);
    check("^A", "A A", &["0..1"]);
    check("A$", "A A", &["1..2"]);
    check("^", "A", &["0..0"]);
    check("$", "A", &["1..1"]);
    check("^$", "", &["0..0"]);
    check("(^ A | B) C", "A C A C B C", &["0..2", "4..6"]);
}

#[test]
fn captures() {
    check("title:TITLE? who:PERSON+ >SAY", "TITLE PERSON PERSON SAY", &["0..3 title=0..1 who=1..2 who=2..3"]);
    check("who:(PERSON+) SAY", "PERSON PERSON SAY", &["0..3 who=0..2"]);
    check("x:y:A", "A", &["0..1 x=0..1 y=0..1"]);
    check("list:(item:A (COMMA item:A)*)", "A COMMA A COMMA A", &["0..5 list=0..5 item=0..1 item=2..3 item=4..5"]);
    check("x:(A x:B)", "A B", &["0..2 x=0..2 x=1..2"]);
    check("x:A B | y:A C", "A C", &["0..2 y=0..1"]);
    check("x: [A B]", "B", &["0..1 x=0..1"]);
    check("(x:A|y:B)+", "A B A", &["0..3 x=0..1 y=1..2 x=2..3"]);

    let found = pattern("(x:A|y:B)+ z:C?").find_from(&row("_ A B A"), 0).expect("a match");
    assert_eq!(found.get("x"), Some(3..4));
    assert_eq!(found.all("x"), [1..2, 3..4]);
    assert_eq!(found.get("y"), Some(2..3));
    assert_eq!(found.get("z"), None);
    assert_eq!(found.get("no such name"), None);
    assert!(found.all("z").is_empty());
    assert_eq!(pattern("(x:A|y:B)+ x:C").captures_names().collect::<Vec<_>>(), ["x", "y"]);
}

#[test]
fn places() {
    let row = row("A B A");
    let a = pattern("A");
    assert_eq!(a.match_at(&row, 1), None);
    assert_eq!(a.match_at(&row, 2).map(|found| found.range), Some(2..3));
    assert_eq!(a.find_from(&row, 1).map(|found| found.range), Some(2..3));
    assert_eq!(pattern("^A").find_from(&row, 1), None);
    assert_eq!(pattern("<B A").find_from(&row, 2).map(|found| found.range), Some(2..3));
    for at in [3, 4, usize::MAX] {
        assert_eq!(a.match_at(&row, at), None);
        assert_eq!(a.find_from(&row, at), None);
        let empty = pattern("A*").find_from(&row, at).map(|found| found.range);
        assert_eq!(empty, (at == 3).then_some(3..3));
        assert_eq!(pattern("A*").match_at(&row, at).map(|found| found.range), empty);
    }
}

#[test]
fn first_classes() {
    let first = |src: &str| {
        let classes = classes();
        let names = |set: ClassSet| set.iter().map(|c| classes.name(c).to_owned()).collect::<Vec<_>>();
        pattern(src).first_classes().map(|set| names(set).join(" "))
    };
    assert_eq!(first("A? (B|C) D").as_deref(), Some("A B C"));
    assert_eq!(first("^ x:A&!B").as_deref(), Some("A"));
    assert_eq!(first(">C [A&D B]").as_deref(), Some("A B"));
    assert_eq!(first("A*"), None);
    assert_eq!(first("!A B"), None);
}

#[test]
fn what_is_wrong_and_where() {
    let shown = |src: &str| refused(src).to_string();
    assert_eq!(shown("A\n PERSN"), "line 2, column 2: there is no class `PERSN`; did you mean `PERSON`?");
    assert!(shown("Person").contains("did you mean `PERSON`?"));
    assert!(shown("person").contains("write the class as `PERSON`"));
    assert_eq!(refused("A [B\nC").offset, 2);
    for (src, offset, problem) in [
        ("", 0, "nothing stands before the end"),
        ("A | ", 4, "nothing stands before the end"),
        ("(|A)", 1, "nothing stands before `|`"),
        ("()", 1, "nothing stands before `)`"),
        ("A)", 1, "`)` closes nothing"),
        ("(A", 0, "this group is not closed"),
        ("[]", 0, "this list is empty"),
        ("*", 0, "`*` has nothing to repeat"),
        ("A **", 2, "`*` has nothing to repeat"),
        ("A+*", 2, "`*` has nothing to repeat"),
        (">A*", 2, "a test that takes no unit cannot be repeated"),
        ("A{0}", 1, "this repeats nothing"),
        ("A{3,2}", 1, "3 is more than 2"),
        ("A{x}", 2, "`x` stands where a count should"),
        ("A{2", 3, "the end of the pattern stands where a count should end"),
        ("A{99999999999999999999}", 2, "the count 99999999999999999999 is too large"),
        (">!A&B", 3, "it is unclear how far this `!` reaches"),
        ("A & B", 2, "`&` stands where a class should"),
        ("A& B", 2, "` ` stands where a class should"),
        ("!(A)", 1, "`(` stands where a class should"),
        ("!!A", 1, "`!` stands where a class should"),
        ("A é", 2, "`é` stands where a class should"),
        ("WHO:A", 0, "the capture's name `WHO` is not in lower case"),
        ("wHo:A", 0, "the capture's name `wHo` is not in lower case"),
        ("x:^", 2, "`x:` has no unit to capture"),
        ("x:", 2, "the end of the pattern stands where a class should"),
    ] {
        let error = refused(src);
        assert_eq!(error.offset, offset, "{src}: {error}");
        assert!(error.problem.starts_with(problem), "{src}: {error}");
        assert!(!error.advice.is_empty());
    }
}

#[test]
fn size_and_nesting_are_bounded() {
    assert!(refused("((A{1000}){1000}){1000}").problem.contains("unfolds"));
    assert!(refused(&"(".repeat(100_000)).problem.contains("within one another"));
    assert!(refused(&"[".repeat(100_000)).problem.contains("within one another"));
    assert!(refused(&"x:".repeat(100_000)).problem.contains("within one another"));
    let nested = format!("{}A{}", "(".repeat(60), ")+".repeat(60));
    check(&nested, "A A", &["0..2"]);
}

#[test]
fn a_class_that_no_set_can_hold_is_refused() {
    let mut classes = Classes::new();
    for i in 0..=musnad_pattern::MAX_CLASSES {
        classes.intern(&format!("C{i}"));
    }
    assert!(Pattern::parse("C255", &classes).is_ok());
    assert!(Pattern::parse("C256", &classes).expect_err("too many").problem.contains("beyond"));
}

#[test]
fn hard_patterns_take_linear_time() {
    let long = row(&"A ".repeat(2_000));
    for src in ["(A|A)*B", "(A*)*B", "((A?){20} A{20})* B", "(A+)+ (A+)+ $ B", "x:(x:A? x:A*)* B", ".* .* .* B"] {
        assert_eq!(pattern(src).find_from(&long, 0), None, "{src}");
    }
    let nested = format!("{}A?{} B", "(".repeat(40), ")*".repeat(40));
    assert_eq!(pattern(&nested).find_from(&long, 0), None);
}
