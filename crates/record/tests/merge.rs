//! The merge: any order, any split, any repetition of the same reports gives the same facts.

mod common;

use common::{Draft, body, person, state};
use musnad_reading::{ActorRef, EventKind, InstrumentKind};
use musnad_record::{Contribution, Record};
use proptest::prelude::*;

/// Spellings, transcriptions, and full names that leave something out.
const NAMES: [&str; 10] = [
    "سيرغي لافروف",
    "سيرجي لافروف",
    "لافروف",
    "سامح شكرى",
    "سامح شكري",
    "سامح حسن شكري",
    "سامح علي شكري",
    "شكري",
    "عبد الله بن زايد",
    "عبدالله بن زايد آل نهيان",
];

fn actor() -> impl Strategy<Value = ActorRef> {
    prop_oneof![
        prop::sample::select(NAMES.to_vec()).prop_map(person),
        prop::sample::select(vec!["مصر", "روسيا", "القاهرة"]).prop_map(state),
        prop::sample::select(vec!["الأمم المتحدة", "الامم المتحده"]).prop_map(body),
    ]
}

#[derive(Debug, Clone)]
enum Step {
    Person(ActorRef, &'static str, &'static str),
    Actor(ActorRef),
    Event(Vec<ActorRef>, &'static str, &'static str, Option<u32>),
    Statement(ActorRef, Vec<ActorRef>, &'static str, bool),
    Instrument(&'static str),
    Undertaking(Vec<ActorRef>, &'static str),
}

const SAID: [&str; 3] = [
    "أهمية العلاقات",
    "أهمية العمل معا من أجل سلام دائم وشامل في كل أنحاء المنطقة",
    "أهميه العمل معا من اجل سلام دائم وشامل فى كل أنحاء المنطقة",
];

fn step() -> impl Strategy<Value = Step> {
    let of = prop::sample::select(vec!["", "مصر", "روسيا"]);
    let title = prop::sample::select(vec!["", "وزير الخارجية", "الوزير"]);
    let place = prop::sample::select(vec!["", "موسكو", "القاهرة"]);
    let date = prop::sample::select(vec!["", "2017-08-21", "2017-08", "2017"]);
    prop_oneof![
        (actor(), title, of).prop_map(|(a, t, o)| Step::Person(a, t, o)),
        actor().prop_map(Step::Actor),
        (prop::collection::vec(actor(), 0..3), place, date, prop::option::of(1u32..3))
            .prop_map(|(a, p, d, o)| Step::Event(a, p, d, o)),
        (actor(), prop::collection::vec(actor(), 0..2), prop::sample::select(SAID.to_vec()), any::<bool>())
            .prop_map(|(s, v, c, there)| Step::Statement(s, v, c, there)),
        prop::sample::select(vec!["اتفاق الصخيرات", "إتفاق الصخيرات"]).prop_map(Step::Instrument),
        (prop::collection::vec(actor(), 1..3), prop::sample::select(SAID.to_vec())).prop_map(|(a, c)| Step::Undertaking(a, c)),
    ]
}

fn draft(id: usize, day: u32, steps: &[Step]) -> Contribution {
    let published = if day == 0 { String::new() } else { format!("2017-08-{day:02}") };
    let mut draft = Draft::new(&format!("r{id}"), "وكالة", &published);
    for step in steps {
        draft = match step.clone() {
            Step::Person(who, title, of) => draft.person(&who.name, title, of),
            Step::Actor(who) => draft.actor(&who),
            Step::Event(who, place, date, ordinal) => draft.event(EventKind::Meeting, &who, place, date).round("", ordinal),
            Step::Statement(who, via, said, there) => {
                let draft = draft.statement(&who, &via, said, "syria");
                if there && !draft.findings.events.is_empty() { draft.there() } else { draft }
            }
            Step::Instrument(name) => draft.instrument(name, InstrumentKind::Agreement),
            Step::Undertaking(who, what) => draft.undertaking(&who, what),
        };
    }
    draft.contribution()
}

fn reports() -> impl Strategy<Value = Vec<Contribution>> {
    let report = (0u32..4, prop::collection::vec(step(), 0..6));
    prop::collection::vec(report, 0..8)
        .prop_map(|reports| reports.iter().enumerate().map(|(id, (day, steps))| draft(id, *day, steps)).collect())
}

fn written(record: &Record) -> String {
    let facts = record.facts();
    let links: Vec<_> =
        facts.statements.iter().flat_map(|f| &f.links).chain(facts.events.iter().flat_map(|f| &f.links)).collect();
    serde_json::to_string(&(&facts, links)).unwrap()
}

proptest! {
    #[test]
    fn any_order_split_and_repetition_gives_the_same_facts(
        (reports, turned) in reports().prop_flat_map(|r| (Just(r.clone()), Just(r).prop_shuffle())),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..3),
    ) {
        let whole: Record = reports.iter().cloned().collect();
        let expected = written(&whole);
        // In another order, in parts, some of them twice.
        let mut merged = Record::new();
        for cut in &cuts {
            let n = cut.index(turned.len() + 1);
            let (left, right) = turned.split_at(n);
            let (left, right): (Record, Record) = (left.iter().cloned().collect(), right.iter().cloned().collect());
            merged = left.merge(merged).merge(right);
        }
        let merged = merged.merge(turned.into_iter().collect());
        prop_assert_eq!(&merged, &whole);
        prop_assert_eq!(written(&merged), expected);
    }

    #[test]
    fn of_two_readings_of_a_report_one_stays_whatever_the_order(a in reports(), b in reports()) {
        let (a, b): (Record, Record) = (a.into_iter().collect(), b.into_iter().collect());
        prop_assert_eq!(a.clone().merge(b.clone()), b.merge(a));
    }

    #[test]
    fn every_fact_has_evidence_and_every_link_an_end(reports in reports()) {
        let facts = reports.into_iter().collect::<Record>().facts();
        let mut ids = std::collections::BTreeSet::new();
        let mut links = Vec::new();
        macro_rules! look { ($($list:ident),*) => { $(for fact in &facts.$list {
            prop_assert!(!fact.evidence.is_empty());
            prop_assert!(ids.insert(fact.id.clone()), "{} twice", fact.id);
            links.extend(fact.links.iter().map(|l| l.to.clone()));
        })* } }
        look!(actors, tenures, statements, events, instruments, rounds, undertakings);
        for to in links {
            prop_assert!(ids.contains(&to));
        }
    }
}
