//! Reports with findings made by hand.
#![allow(dead_code)]

use musnad_reading::*;
use musnad_record::{Contribution, contribute};
use musnad_text::{Report, Span, Text};

/// A report in the making: each call writes a piece of text and finds something in it.
#[derive(Clone)]
pub struct Draft {
    pub report: Report,
    pub findings: Findings,
}

pub fn person(name: &str) -> ActorRef {
    ActorRef { name: name.into(), kind: ActorKind::Person }
}

pub fn state(name: &str) -> ActorRef {
    ActorRef { name: name.into(), kind: ActorKind::State }
}

pub fn body(name: &str) -> ActorRef {
    ActorRef { name: name.into(), kind: ActorKind::Body }
}

impl Draft {
    pub fn new(id: &str, source: &str, published: &str) -> Draft {
        let some = |s: &str| (!s.is_empty()).then(|| s.to_string());
        let report = Report { id: id.into(), source: some(source), published: some(published), ..Report::default() };
        Draft { report, findings: Findings { report: id.into(), language: "v1".into(), ..Findings::default() } }
    }

    fn write(&mut self, words: &str) -> Span {
        if !self.report.text.is_empty() {
            self.report.text.push(' ');
        }
        let start = self.report.text.len();
        self.report.text.push_str(words);
        Span::new(start, self.report.text.len())
    }

    pub fn text(mut self, words: &str) -> Self {
        self.write(words);
        self
    }

    pub fn title(mut self, title: &str) -> Self {
        self.report.title = Some(title.into());
        self
    }

    pub fn version(mut self, language: &str) -> Self {
        self.findings.language = language.into();
        self
    }

    pub fn actor(mut self, actor: &ActorRef) -> Self {
        let span = self.write(&actor.name);
        let kind = match actor.kind {
            ActorKind::State => MentionKind::State,
            ActorKind::Body => MentionKind::Body,
            ActorKind::Person | ActorKind::Unnamed => MentionKind::Person,
        };
        self.findings.mentions.push(Mention { span, kind, name: actor.name.clone(), rule: "name".into() });
        self
    }

    /// A person with at most one office, of a state.
    pub fn person(mut self, name: &str, title: &str, of: &str) -> Self {
        let mut offices = Vec::new();
        if !title.is_empty() {
            let span = self.write(title);
            let of = (!of.is_empty()).then(|| of.to_string());
            offices.push(Office { title: title.into(), of_state: of.is_some(), of, span, rule: "office".into() });
        }
        let span = self.write(name);
        let rule = "person".into();
        let forms = vec![name.into()];
        self.findings.persons.push(Person { name: name.into(), forms, mentions: vec![span], offices, rule });
        self
    }

    pub fn event(mut self, kind: EventKind, participants: &[ActorRef], place: &str, date: &str) -> Self {
        let span = self.write("لقاء");
        let date_span = (!date.is_empty()).then(|| self.write(date));
        self.findings.events.push(Event {
            kind,
            participants: participants.to_vec(),
            place: (!place.is_empty()).then(|| place.to_string()),
            date: date_span.map(|_| DateValue::Iso(date.into())),
            date_span,
            status: Status::Past,
            span,
            mentions: vec![span],
            mechanism: None,
            ordinal: None,
            rule: "event".into(),
        });
        self
    }

    /// Makes the last event a round.
    pub fn round(mut self, mechanism: &str, ordinal: Option<u32>) -> Self {
        let event = self.findings.events.last_mut().expect("an event");
        event.mechanism = (!mechanism.is_empty()).then(|| mechanism.to_string());
        event.ordinal = ordinal;
        self
    }

    pub fn statement(mut self, speaker: &ActorRef, via: &[ActorRef], content: &str, topic: &str) -> Self {
        let cue = self.write("أكد");
        let speaker_span = Some(self.write(&speaker.name));
        let content = self.write(content);
        self.findings.statements.push(Statement {
            speakers: vec![speaker.clone()],
            via: via.to_vec(),
            cue,
            speaker_span,
            content,
            direct: false,
            act: Act::State,
            act_words: cue,
            topics: vec![topic.into()],
            topic_words: vec![vec![]],
            occasion: None,
            rule: "statement".into(),
        });
        self
    }

    /// Puts the last statement into the last event.
    pub fn there(mut self) -> Self {
        let event = self.findings.events.len() - 1;
        self.findings.statements.last_mut().expect("a statement").occasion = Some(event);
        self
    }

    pub fn instrument(mut self, name: &str, kind: InstrumentKind) -> Self {
        let span = self.write(name);
        self.findings.instruments.push(Instrument { name: name.into(), kind, span, rule: "instrument".into() });
        self
    }

    pub fn undertaking(mut self, actors: &[ActorRef], content: &str) -> Self {
        let cue = self.write("اتفق");
        let content = self.write(content);
        let kind = UndertakingKind::Agreed;
        self.findings.undertakings.push(Undertaking { actors: actors.to_vec(), kind, cue, content, rule: "deal".into() });
        self
    }

    pub fn contribution(&self) -> Contribution {
        contribute(&self.report, &Text::new(self.report.text.as_str()), &self.findings)
    }
}
