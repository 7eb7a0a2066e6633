//! What is one, and what is not.

mod common;

use common::{Draft, person, state};
use musnad_reading::{EventKind, InstrumentKind, Status};
use musnad_record::{ChainRole, Facts, Part, Record, Role};

const LONG: &str = "ضرورة التوصل إلى حل سياسي شامل للأزمة يحفظ وحدة البلاد وسلامة أراضيها";

fn facts(drafts: &[Draft]) -> Facts {
    drafts.iter().map(Draft::contribution).collect::<Record>().facts()
}

fn names(facts: &Facts) -> Vec<&str> {
    let mut names: Vec<&str> = facts.actors.iter().map(|a| a.value.name.as_str()).collect();
    names.sort();
    names
}

#[test]
fn spellings_of_one_name_are_one_person() {
    let facts = facts(&[
        Draft::new("1", "أ", "2020-01-01").person("عبد الفتاح السيسي", "الرئيس", "مصر"),
        Draft::new("2", "أ", "2020-01-05").person("عبدالفتاح السيسى", "الرئيس", "مصر"),
        Draft::new("3", "أ", "2020-01-03").person("عبد الفتاح السيسي", "الرئيس", ""),
    ]);
    assert_eq!(names(&facts), ["عبد الفتاح السيسي", "مصر"]);
    let tenure = &facts.tenures[0];
    assert_eq!(facts.tenures.len(), 1, "who does not say whose post it is speaks of the one that is known");
    assert_eq!(tenure.value.of.as_deref(), Some("مصر"));
    assert_eq!(tenure.value.first_seen.as_deref(), Some("2020-01-01"));
    assert_eq!(tenure.value.last_seen.as_deref(), Some("2020-01-05"));
    assert_eq!(tenure.evidence.len(), 3);
}

#[test]
fn names_one_letter_apart_are_two_persons() {
    let facts =
        facts(&[Draft::new("1", "", "").person("محمد كريم", "", ""), Draft::new("2", "", "").person("محمود كريم", "", "")]);
    assert_eq!(names(&facts), ["محمد كريم", "محمود كريم"]);
}

#[test]
fn a_last_name_joins_the_only_bearer_with_the_same_state() {
    let full = Draft::new("1", "", "2020-01-01").person("سيرغي لافروف", "وزير الخارجية", "روسيا");
    let last = Draft::new("2", "", "2020-01-02").person("لافروف", "الوزير", "روسيا");
    let merged = facts(&[full.clone(), last.clone()]);
    assert_eq!(names(&merged), ["روسيا", "سيرغي لافروف"]);
    let person = merged.actors.iter().find(|a| a.value.name == "سيرغي لافروف").unwrap();
    assert_eq!(person.value.forms, ["سيرغي لافروف", "لافروف"]);
    assert_eq!(person.evidence.len(), 2);

    let silent = Draft::new("2", "", "").person("لافروف", "", "");
    assert_eq!(facts(&[full.clone(), silent]).actors.len(), 3, "nothing in common");
    let other = Draft::new("3", "", "").person("إيفان لافروف", "السفير", "روسيا");
    assert_eq!(facts(&[full, last, other]).actors.len(), 4, "two bearers");
}

#[test]
fn a_bare_last_name_is_its_only_bearer_where_the_report_names_his_state() {
    let full = Draft::new("1", "", "").person("فلاديمير بوتين", "الرئيس", "روسيا");
    let bare = Draft::new("2", "", "").person("بوتين", "", "").actor(&state("روسيا"));
    assert_eq!(names(&facts(&[full.clone(), bare.clone()])), ["روسيا", "فلاديمير بوتين"]);
    let other = Draft::new("3", "", "").person("ماريا بوتين", "", "");
    assert_eq!(facts(&[full, bare, other]).actors.len(), 4, "two bearers");
}

#[test]
fn transcriptions_are_one_person_unless_posts_speak_against_it() {
    let draft = |id, name, of: &str| Draft::new(id, "", "").person(name, if of.is_empty() { "" } else { "وزير الخارجية" }, of);
    let one = draft("1", "سيرغي لافروف", "روسيا");
    assert_eq!(facts(&[one.clone(), draft("2", "سيرجي لافروف", "روسيا")]).actors.len(), 2);
    assert_eq!(facts(&[one.clone(), draft("2", "سيرجي لافروف", "")]).actors.len(), 2);
    assert_eq!(facts(&[one, draft("2", "سيرجي لافروف", "بلغاريا")]).actors.len(), 4);
}

#[test]
fn a_shorter_name_is_the_fuller_one_with_a_post_in_common() {
    let draft = |id, name, of| Draft::new(id, "", "").person(name, "وزير الخارجية", of);
    let (short, full) = (draft("1", "عادل الجبير", "السعودية"), draft("2", "عادل بن أحمد الجبير", "السعودية"));
    assert_eq!(facts(&[short.clone(), full.clone()]).actors.len(), 2);
    assert_eq!(facts(&[short.clone(), draft("2", "عادل بن أحمد الجبير", "قطر")]).actors.len(), 4);
    let other = draft("3", "عادل بن سالم الجبير", "السعودية");
    assert_eq!(facts(&[short, full, other]).actors.len(), 4, "which of the two is not known");
}

#[test]
fn five_reports_are_one_meeting() {
    let pair = [person("سامح شكري"), person("سيرغي لافروف")];
    let turned = [pair[1].clone(), pair[0].clone()];
    let facts = facts(&[
        Draft::new("1", "", "").event(EventKind::Meeting, &pair, "موسكو", "2017-08-21"),
        Draft::new("2", "", "").event(EventKind::Meeting, &turned, "", "2017-08-21"),
        Draft::new("3", "", "").event(EventKind::Meeting, &pair, "", "2017-08-21T14:30"),
        Draft::new("4", "", "").event(EventKind::Meeting, &pair, "", "2017-08-22"),
        Draft::new("5", "", "").event(EventKind::Meeting, &pair, "", ""),
        Draft::new("6", "", "").event(EventKind::Meeting, &pair, "", "2017"),
    ]);
    let mut reports: Vec<usize> = facts.events.iter().map(|e| e.evidence.len()).collect();
    reports.sort();
    assert_eq!(reports, [1, 1, 1, 3], "another day, no day and a mere year join nothing");
    let event = facts.events.iter().find(|e| e.evidence.len() == 3).unwrap();
    assert_eq!(event.value.place.as_deref(), Some("موسكو"));
    assert_eq!(event.value.date.as_deref(), Some("2017-08-21"));
    assert_eq!(event.value.participants, ["سامح شكري", "سيرغي لافروف"]);
}

#[test]
fn an_event_of_one_needs_a_place() {
    let one = [person("سامح شكري")];
    let draft = |id, place| Draft::new(id, "", "").event(EventKind::PressConference, &one, place, "2017-08-21");
    assert_eq!(facts(&[draft("1", "القاهرة"), draft("2", "القاهره")]).events.len(), 1);
    assert_eq!(facts(&[draft("1", "القاهرة"), draft("2", "موسكو")]).events.len(), 2);
    assert_eq!(facts(&[draft("1", ""), draft("2", "")]).events.len(), 2);
}

#[test]
fn what_took_place_is_no_longer_planned() {
    let pair = [state("مصر"), state("روسيا")];
    let draft = |id, status| {
        let mut draft = Draft::new(id, "", "").event(EventKind::Conference, &pair, "", "2017-08-21");
        draft.findings.events[0].status = status;
        draft
    };
    let facts = facts(&[draft("1", Status::Planned), draft("2", Status::Past)]);
    assert_eq!(facts.events[0].value.status, Status::Past);
}

#[test]
fn reprints_are_one_statement_with_a_chain_each() {
    let speaker = person("سامح شكري");
    let agency = common::body("وكالة أنباء");
    let facts = facts(&[
        Draft::new("1", "الأولى", "2017-08-21").statement(&speaker, &[], LONG, "syria"),
        Draft::new("2", "الثانية", "2017-08-22").statement(&speaker, std::slice::from_ref(&agency), LONG, "un"),
        Draft::new("3", "", "2017-08-22").statement(&person("غيره"), &[], LONG, "syria"),
    ]);
    assert_eq!(facts.statements.len(), 2);
    let statement = facts.statements.iter().find(|s| s.evidence.len() == 2).unwrap();
    assert_eq!(statement.value.topics, ["syria", "un"]);
    assert_eq!(statement.value.via, [agency.name.as_str()]);
    assert_eq!(statement.value.date, None, "the day of publication is not the day of the words");
    assert_eq!(statement.seen, Some(("2017-08-21".into(), "2017-08-22".into())));
    let chain: Vec<_> = statement.evidence[1].chain.iter().map(|l| (l.role, l.name.as_str())).collect();
    assert_eq!(chain, [(ChainRole::Report, "الثانية"), (ChainRole::Via, "وكالة أنباء"), (ChainRole::Speaker, "سامح شكري")]);
    let [from, to] = statement.evidence[0].parts[&Part::Content];
    let evidence = &statement.evidence[0];
    let quote: String = evidence.quote.chars().skip(from - evidence.start).take(to - from).collect();
    assert_eq!(quote, LONG);
}

#[test]
fn a_formula_is_one_statement_only_within_a_day() {
    let draft = |id, day| Draft::new(id, "", day).statement(&person("سامح شكري"), &[], "عمق العلاقات بين البلدين", "bilateral");
    assert_eq!(facts(&[draft("1", "2017-08-21"), draft("2", "2017-08-21")]).statements.len(), 1);
    assert_eq!(facts(&[draft("1", "2017-08-21"), draft("2", "2018-08-21")]).statements.len(), 2);
    assert_eq!(facts(&[draft("1", ""), draft("2", "")]).statements.len(), 2);
}

#[test]
fn a_statement_has_the_date_of_its_occasion() {
    let pair = [person("سامح شكري"), state("روسيا")];
    let facts = facts(&[Draft::new("1", "", "2017-08-23")
        .event(EventKind::Meeting, &pair, "موسكو", "2017-08-21")
        .statement(&pair[0], &[], LONG, "syria")
        .there()]);
    let statement = &facts.statements[0];
    assert_eq!(statement.value.occasion.as_deref(), Some(facts.events[0].id.as_str()));
    assert_eq!(statement.value.date.as_deref(), Some("2017-08-21"));
    assert!(statement.links.iter().any(|l| l.role == Role::Occasion));
}

#[test]
fn rounds_of_one_mechanism_are_told_by_their_count() {
    let pair = [state("مصر"), state("روسيا")];
    let facts = facts(&[
        Draft::new("1", "", "")
            .instrument("الحوار الاستراتيجي", InstrumentKind::Mechanism)
            .event(EventKind::Meeting, &pair, "القاهرة", "2017-08-21")
            .round("الحوار الاستراتيجي", Some(3)),
        Draft::new("2", "", "").event(EventKind::Meeting, &pair, "", "").round("الحوار الإستراتيجي", Some(3)),
        Draft::new("3", "", "").event(EventKind::Meeting, &pair, "", "").round("", Some(4)),
        Draft::new("4", "", "").event(EventKind::Meeting, &pair, "", ""),
    ]);
    assert_eq!(facts.rounds.len(), 2);
    let third = facts.rounds.iter().find(|r| r.value.ordinal == Some(3)).unwrap();
    assert_eq!(third.value.place.as_deref(), Some("القاهرة"));
    assert_eq!(third.value.date.as_deref(), Some("2017-08-21"));
    assert!(third.links.iter().any(|l| l.to == facts.instruments[0].id));
}

#[test]
fn an_actor_without_a_mention_of_its_own_has_the_words_of_the_fact() {
    let facts = facts(&[Draft::new("1", "", "").undertaking(&[state("مصر"), state("روسيا")], LONG)]);
    assert_eq!(facts.actors.len(), 2);
    for actor in &facts.actors {
        assert!(actor.evidence[0].quote.contains(LONG));
    }
}

#[test]
fn findings_outside_the_text_give_nothing() {
    let mut draft = Draft::new("1", "", "").person("سامح شكري", "الوزير", "مصر").statement(&person("سامح شكري"), &[], LONG, "x");
    draft.findings.persons[0].offices[0].span.end = 100_000;
    draft.findings.statements[0].content = musnad_text::Span { start: 1, end: 4 };
    let facts = facts(&[draft]);
    assert!(facts.tenures.is_empty() && facts.statements.is_empty());
}
