//! The lexicon compiler: the files of `language/<lang>/` become one phrase map and one [`Lexicon`].
//!
//! Runs in the build script. Every error names the file and the line, and says what to do.

pub mod inflect;
mod rules;
mod table;

use crate::model::*;
use std::collections::BTreeMap;
use std::path::Path;
use table::{Row, Table};

/// What the build script writes: the phrase map's bytes and the lexicon.
pub struct Compiled {
    /// An `fst::Map` from folded phrases (tokens parted by one space) to indices of [`Lexicon::senses`].
    pub phrases: Vec<u8>,
    /// All tables.
    pub lexicon: Lexicon,
}

/// Compiles one language's folder. The errors of all files are collected, not only the first.
pub fn compile(root: &Path) -> Result<Compiled, Vec<String>> {
    let mut c = Compiler::default();
    let files = table::files(root).map_err(|e| vec![e])?;
    c.lexicon.version = table::fingerprint(&files);
    c.classes(root);
    for (path, contents) in &files {
        let parts: Vec<&str> = path.split('/').collect();
        let ["lexicon", file] = parts[..] else { continue };
        let Some(stem) = file.strip_suffix(".tsv") else { continue };
        match Table::parse(path, contents) {
            Ok(t) => c.file(stem, &t),
            Err(e) => c.errors.extend(e),
        }
    }
    for (path, contents) in &files {
        if let Some(grammar) = path.strip_prefix("rules/").and_then(|p| p.strip_suffix(".toml")) {
            match rules::parse(path, grammar, contents, &c.lexicon.classes) {
                Ok(r) => c.lexicon.rules.extend(r),
                Err(e) => c.errors.extend(e),
            }
        }
    }
    c.holders();
    c.finish()
}

#[derive(Default)]
struct Compiler {
    lexicon: Lexicon,
    class_of: BTreeMap<String, u16>,
    phrases: BTreeMap<String, Vec<Sense>>,
    /// Names that stay names although a function word is spelt like them.
    kept: Vec<String>,
    errors: Vec<String>,
}

impl Compiler {
    /// Reads `rules/classes.tsv`, the list of all classes.
    fn classes(&mut self, root: &Path) {
        let path = root.join("rules/classes.tsv");
        let contents = match std::fs::read_to_string(&path) {
            Ok(s) => s,
            Err(e) => return self.errors.push(format!("rules/classes.tsv: {e}")),
        };
        match Table::parse("rules/classes.tsv", &contents) {
            Ok(t) => {
                for row in t.rows() {
                    let name = row.get("class").to_string();
                    self.class_of.insert(name.clone(), self.lexicon.classes.len() as u16);
                    self.lexicon.classes.push(name);
                }
            }
            Err(e) => self.errors.extend(e),
        }
    }

    fn file(&mut self, stem: &str, t: &Table) {
        for row in t.rows() {
            let done = match stem {
                "saying" => self.saying(&row),
                "cue-phrases" => self.cue_phrase(&row),
                "verbs" => self.verb(&row, "VERB", None),
                "encounter-verbs" => self.verb(&row, "MEETVERB", Some(&["kind", "frames"])),
                "undertaking-verbs" => self.verb(&row, "AGREEVERB", Some(&["kind", "frames"])),
                "titles" => self.title(&row),
                "portfolios" => self.portfolio(&row),
                "states" => self.state(&row),
                "places" => self.place(&row),
                "bodies" => self.body(&row),
                "body-heads" => self.body_head(&row),
                "holders" => self.holder(&row),
                "given-names" => self.given(&row),
                "surnames" => self.surname(&row),
                "honorifics" => self.labelled(&row, "HON", "phrase", "kind", ""),
                "common-words" => self.common(&row),
                "content-acts" => self.labelled(&row, "ACTWORD", "words", "act", "after"),
                "topics" => self.topic(&row),
                "stance" => self.stance(&row),
                "function-words" => self.classed(&row, "word"),
                "words" => self.classed(&row, "word"),
                "encounters" => self.noun(&row, "MEETING"),
                "accords" => self.accord(&row),
                "instruments" => self.noun(&row, "INSTRUMENT"),
                "instrument-words" => self.instrument_word(&row),
                "undertaking-words" => self.classed(&row, "word"),
                // Read by the crate that owns the subject (transcription, search).
                _ => Ok(()),
            };
            if let Err(e) = done {
                self.errors.push(row.error(&e));
            }
        }
    }

    fn class(&self, name: &str) -> Result<u16, String> {
        self.class_of
            .get(name)
            .copied()
            .ok_or_else(|| format!("there is no class {name}: correct the name, or describe the class in rules/classes.tsv"))
    }

    fn put(&mut self, phrase: &str, class: &str, item: usize, form: Form) -> Result<(), String> {
        let class = self.class(class)?;
        let key = key(phrase);
        if key.is_empty() {
            return Err("a phrase without letters".into());
        }
        let sense = Sense { class, item: item as u32, form };
        let senses = self.phrases.entry(key).or_default();
        if !senses.contains(&sense) {
            senses.push(sense);
        }
        Ok(())
    }

    fn put_noun(&mut self, word: &str, class: &str, item: usize, form: Form) -> Result<(), String> {
        self.put(word, class, item, form)?;
        for w in with_pronouns(word) {
            self.put(&w, class, item, Form { pronoun: true, ..form })?;
        }
        Ok(())
    }

    fn inflected(&self, row: &Row) -> Result<Vec<(String, Form)>, String> {
        let (root, pattern) = (row.get("root"), row.get("pattern"));
        let forms = inflect::inflect(root, pattern)?;
        let lemma = row.get("lemma");
        if !forms.iter().any(|f| f.word == lemma && f.tense == inflect::Tense::Perfect) {
            return Err(format!("{lemma} is not the perfect of {root} {pattern}: correct the root or the pattern"));
        }
        Ok(forms.iter().filter(|f| !f.bound).map(|f| (f.word.clone(), form(f))).collect())
    }

    fn saying(&mut self, row: &Row) -> Result<(), String> {
        let forms = self.inflected(row)?;
        let item = self.add_saying(row, "lemma")?;
        for (word, form) in forms {
            match form.tense {
                Tense::VerbalNoun => self.put_noun(&word, "SAYNOUN", item, form)?,
                Tense::ActiveParticiple => self.put(&word, "SAYPART", item, form)?,
                Tense::PassiveParticiple => self.put(&word, "COMMON", 0, form)?,
                _ if form.passive => self.put(&word, "SAYPASSIVE", item, form)?,
                _ => self.put(&word, "SAY", item, form)?,
            }
        }
        for noun in row.list("noun") {
            self.put_noun(noun, "SAYNOUN", item, Form { tense: Tense::VerbalNoun, ..Form::default() })?;
        }
        Ok(())
    }

    fn add_saying(&mut self, row: &Row, column: &str) -> Result<usize, String> {
        let mut frames = Vec::new();
        for code in row.words("frames") {
            frames.push(Frame::parse(code).ok_or_else(|| format!("unknown frame {code}"))?);
        }
        let mut acts = row.words("act");
        let act = acts.next().unwrap_or("state").to_string();
        let mut frame_acts = Vec::new();
        for a in acts {
            let (f, a) = a.split_once(':').ok_or_else(|| format!("act {a}: write frame:act"))?;
            frame_acts.push((Frame::parse(f).ok_or_else(|| format!("unknown frame {f}"))?, a.to_string()));
        }
        let weak = row.get("note").starts_with("weak");
        self.lexicon.sayings.push(Saying { lemma: row.get(column).into(), frames, act, frame_acts, weak });
        Ok(self.lexicon.sayings.len() - 1)
    }

    fn cue_phrase(&mut self, row: &Row) -> Result<(), String> {
        let item = self.add_saying(row, "phrase")?;
        // A glued preposition at the end goes with the next word.
        let phrase = row.get("phrase");
        let phrase = phrase.strip_suffix(" \u{644}").or_else(|| phrase.strip_suffix(" \u{628}")).unwrap_or(phrase);
        match row.get("kind") {
            "preposed" => self.put(phrase, "CUEPREP", item, Form::default()),
            "clause" => self.put(phrase, "CUECLAUSE", item, Form::default()),
            "noun" => self.put_noun(phrase, "SAYNOUN", item, Form { tense: Tense::VerbalNoun, ..Form::default() }),
            "multi" => {
                let form = Form { tense: Tense::Perfect, person: 3, ..Form::default() };
                self.put(phrase, "SAY", item, form)
            }
            other => Err(format!("unknown kind {other}: preposed, clause, noun or multi")),
        }
    }

    fn verb(&mut self, row: &Row, class: &str, columns: Option<&[&str]>) -> Result<(), String> {
        let forms = self.inflected(row)?;
        let (label, more) = columns.map_or((String::new(), String::new()), |c| (row.get(c[0]).into(), row.get(c[1]).into()));
        let item = self.label(row.get("lemma"), &label, &more);
        for (word, form) in forms {
            match form.tense {
                Tense::VerbalNoun | Tense::ActiveParticiple | Tense::PassiveParticiple => {
                    self.put(&word, "COMMON", item, form)?;
                }
                _ if form.passive => self.put(&word, "VERB", item, form)?,
                _ => self.put(&word, class, item, form)?,
            }
        }
        // What a meeting's verb has for its object may be but a pronoun (`the meeting that he held`).
        if class == "MEETVERB" {
            let told = |f: &&inflect::Inflected| f.person == 3 && !f.passive;
            for f in inflect::inflect(row.get("root"), row.get("pattern"))?.iter().filter(told) {
                for word in with_pronouns(&f.word) {
                    self.put(&word, class, item, Form { pronoun: true, ..form(f) })?;
                }
            }
        }
        for noun in row.list("noun") {
            self.put(noun, "COMMON", item, Form { tense: Tense::VerbalNoun, ..Form::default() })?;
        }
        Ok(())
    }

    fn label(&mut self, word: &str, label: &str, more: &str) -> usize {
        self.lexicon.labelled.push(Labelled { word: word.into(), label: label.into(), more: more.into() });
        self.lexicon.labelled.len() - 1
    }

    fn labelled(&mut self, row: &Row, class: &str, word: &str, label: &str, more: &str) -> Result<(), String> {
        let at = |c: &str| if c.is_empty() { "" } else { row.get(c) };
        let item = self.label(row.get(word), at(label), at(more));
        self.put(row.get(word), class, item, Form::default())
    }

    /// A common word, also in the indefinite accusative.
    fn common(&mut self, row: &Row) -> Result<(), String> {
        self.labelled(row, "COMMON", "word", "", "")?;
        let word = row.get("word");
        if word.ends_with([TA_MARBUTA, ALIF, HAMZA, '\u{649}']) {
            return Ok(());
        }
        self.put(
            &format!("{word}{ALIF}"),
            "COMMON",
            self.lexicon.labelled.len() - 1,
            Form { accusative: true, ..Form::default() },
        )
    }

    /// A family name; of two words it may be written as one.
    fn surname(&mut self, row: &Row) -> Result<(), String> {
        let name = row.get("name");
        let item = self.label(name, row.get("latin"), "");
        for shape in [name.to_string(), name.replace(' ', "")] {
            self.put(&shape, "SURNAME", item, Form::default())?;
            if row.get("note").is_empty() {
                self.put(&shape, "SURNAME_SURE", item, Form::default())?;
            }
        }
        Ok(())
    }

    fn topic(&mut self, row: &Row) -> Result<(), String> {
        let item = self.label(row.get("words"), row.get("topic"), row.get("weight"));
        row.list("words").try_for_each(|w| self.put(w, "TOPICWORD", item, Form::default()))
    }

    /// A word that judges or sets a tone: an adjective and a verb in all their forms.
    fn stance(&mut self, row: &Row) -> Result<(), String> {
        let (word, class) = (row.get("word"), "STANCE");
        let item = self.label(word, row.get("tone"), row.get("kind"));
        match row.get("kind") {
            "word" => self.put(word, class, item, Form::default()),
            "adjective" => adjective_forms(word).into_iter().try_for_each(|(w, form)| self.put(&w, class, item, form)),
            "verb" => {
                let forms = inflect::inflect(row.get("root"), row.get("pattern"))?;
                if !forms.iter().any(|f| f.word == word) {
                    return Err(format!("{word} is no form of that root and pattern: correct one of them"));
                }
                let told = forms.iter().filter(|f| !f.bound && f.person > 0);
                told.clone().try_for_each(|f| self.put(&f.word, class, item, form(f)))
            }
            other => Err(format!("unknown kind {other}: word, adjective or verb")),
        }
    }

    /// A closed class: the file names the class of each word itself.
    fn classed(&mut self, row: &Row, word: &str) -> Result<(), String> {
        let class = row.get("class").to_uppercase();
        let item = self.label(row.get(word), "", row.get("note"));
        self.put(row.get(word), &class, item, Form::default())
    }

    /// A word that completes the name of an instrument; its class tells how.
    fn instrument_word(&mut self, row: &Row) -> Result<(), String> {
        let (word, role) = (row.get("word"), row.get("role"));
        let class = match role {
            "adjective" => "NAMEADJ",
            "region" => "NAMEREGION",
            "further" => "NAMEMORE",
            "aim" => "NAMEAIM",
            "about" => "NAMEABOUT",
            "count" => "NAMECOUNT",
            "format" => "NAMEFORMAT",
            "group" => "NAMEGROUP",
            "number" => "NAMENUMBER",
            "concern" => "NAMECONCERN",
            "none" => "NAMENONE",
            other => return Err(format!("unknown role {other}: see the head of the file")),
        };
        let item = self.label(word, role, "");
        if !matches!(role, "adjective" | "region" | "further" | "count" | "concern" | "none") {
            return self.put(word, class, item, Form::default());
        }
        adjective_forms(word).into_iter().try_for_each(|(w, form)| self.put(&w, class, item, form))
    }

    /// A noun with a kind, its plurals, its indefinite accusative, and its forms with pronouns; also in the class of its kind,
    /// if there is one (`MEETING_VISIT`).
    fn noun(&mut self, row: &Row, class: &str) -> Result<(), String> {
        let item = self.label(row.get("word"), row.get("kind"), row.get("more"));
        let of_kind = format!("{class}_{}", row.get("kind").to_uppercase());
        let mut classes = vec![class];
        if self.class_of.contains_key(&of_kind) {
            classes.push(&of_kind);
        }
        let one = row.get("word");
        let singular = std::iter::once(one.to_string()).chain(row.list("forms").map(str::to_string));
        let accusative = (!one.contains(' ') && !one.ends_with(TA_MARBUTA)).then(|| format!("{one}{ALIF}"));
        let plural = row.list("plural").map(|w| (w.to_string(), Number::Plural));
        for (word, number) in singular.chain(accusative).map(|w| (w, Number::Singular)).chain(plural) {
            for class in &classes {
                self.put_noun(&word, class, item, Form { number, ..Form::default() })?;
            }
        }
        Ok(())
    }

    fn title(&mut self, row: &Row) -> Result<(), String> {
        let title = row.get("title");
        let office = match row.get("weight") {
            "office" => true,
            "epithet" => false,
            other => return Err(format!("unknown weight {other}: office or epithet")),
        };
        let takes: Vec<String> = row.words("takes").map(str::to_string).collect();
        let class = if office { "TITLE" } else { "EPITHET" };
        self.lexicon.titles.push(Title { title: title.into(), takes: takes.clone(), office });
        let item = self.lexicon.titles.len() - 1;
        let build = row.get("note").split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("").to_string();
        let mut forms = vec![(title.to_string(), Form { gender: Gender::Masculine, ..Form::default() })];
        forms.extend(row.list("feminine").map(|w| (w.to_string(), Form { gender: Gender::Feminine, ..Form::default() })));
        forms.extend(row.list("dual").map(|w| (w.to_string(), Form { number: Number::Dual, ..Form::default() })));
        forms.extend(row.list("plural").map(|w| (w.to_string(), Form { number: Number::Plural, ..Form::default() })));
        for (word, form) in forms {
            for (i, shape) in definite_shapes(&word, &build).into_iter().enumerate() {
                self.put(&shape, class, item, form)?;
                if i > 0 && build == "construct" && office {
                    self.put(&shape, "TITLE_FULL", item, form)?;
                }
                if takes.iter().any(|t| t == "portfolio") {
                    self.put(&shape, "TITLE_P", item, form)?;
                }
                if takes.iter().any(|t| t == "title") {
                    self.put(&shape, "TITLE_T", item, form)?;
                }
                if office && form.number == Number::Singular {
                    self.put(&shape, "TITLE_ONE", item, form)?;
                }
                if takes.iter().any(|t| t == "speaks") {
                    self.put(&shape, "SPOKES", item, form)?;
                }
                if takes.iter().any(|t| t == "to") {
                    self.put(&shape, "TITLE_TO", item, form)?;
                }
            }
            if !office {
                for w in with_pronouns(&word) {
                    self.put(&w, class, item, Form { pronoun: true, ..form })?;
                }
            }
        }
        Ok(())
    }

    /// A known accord or negotiation, by each of its names, with its parties.
    fn accord(&mut self, row: &Row) -> Result<(), String> {
        let item = self.label(row.get("name"), "", row.get("parties"));
        let names = std::iter::once(row.get("name")).chain(row.list("forms"));
        names.into_iter().try_for_each(|name| self.put(name, "ACCORDNAME", item, Form::default()))
    }

    fn holder(&mut self, row: &Row) -> Result<(), String> {
        let year = |column: &str| row.get(column).parse::<i16>().map_err(|_| format!("{column}: {} is no year", row.get(column)));
        let until = if row.get("until").is_empty() { None } else { Some(year("until")?) };
        self.lexicon.holders.push(Holder {
            names: row.list("names").map(str::to_string).collect(),
            title: row.get("title").into(),
            of: row.get("of").into(),
            of_state: false,
            from: year("from")?,
            until,
        });
        Ok(())
    }

    /// Every holder's office is that of a listed state or body.
    fn holders(&mut self) {
        let Lexicon { holders, states, bodies, .. } = &mut self.lexicon;
        for h in holders {
            h.of_state = states.iter().any(|s| s.name == h.of);
            if !h.of_state && !bodies.iter().any(|b| b.name == h.of) {
                self.errors.push(format!(
                    "lexicon/holders.tsv: {} is in neither states.tsv nor bodies.tsv: write its common name",
                    h.of
                ));
            }
        }
    }

    fn portfolio(&mut self, row: &Row) -> Result<(), String> {
        let item = self.label(row.get("portfolio"), row.get("definite"), "");
        self.put(row.get("portfolio"), "PORTFOLIO", item, Form::default())?;
        // The article of the first word is parted in look-up; the others keep theirs.
        let definite = row.get("definite");
        self.put(definite, "PORTFOLIO", item, Form::default())?;
        if let Some((first, rest)) = definite.split_once(' ') {
            let bare = first.strip_prefix("\u{627}\u{644}").unwrap_or(first);
            self.put(&format!("{bare} {rest}"), "PORTFOLIO", item, Form::default())?;
        }
        Ok(())
    }

    fn state(&mut self, row: &Row) -> Result<(), String> {
        let name = row.get("name");
        let capital = row.list("capital").next().unwrap_or("").to_string();
        self.lexicon.states.push(State {
            name: name.into(),
            latin: row.get("latin").into(),
            topic: row.get("topic").into(),
            capital: capital.clone(),
            adjectives: row.list("adjective").map(str::to_string).collect(),
            kin: row.list("kin").map(key).collect(),
        });
        let item = self.lexicon.states.len() - 1;
        for form in std::iter::once(name).chain(row.list("forms")).chain(row.list("kin")) {
            self.put(form, "STATE", item, Form::default())?;
        }
        for form in row.list("capital") {
            self.put(form, "CAPITAL", item, Form::default())?;
        }
        self.lexicon.places.push(Place { name: capital.clone(), state: name.into(), kind: "capital".into() });
        for adjective in row.list("adjective") {
            for (word, form) in adjective_forms(adjective) {
                self.put(&word, "ADJ", item, form)?;
            }
        }
        for people in row.list("people") {
            self.put(people, "ADJ", item, Form { number: Number::Plural, ..Form::default() })?;
        }
        Ok(())
    }

    fn place(&mut self, row: &Row) -> Result<(), String> {
        self.lexicon.places.push(Place {
            name: row.get("name").into(),
            state: row.get("state").into(),
            kind: row.get("kind").into(),
        });
        let item = self.lexicon.places.len() - 1;
        for form in std::iter::once(row.get("name")).chain(row.list("forms")) {
            self.put(form, "PLACE", item, Form::default())?;
        }
        Ok(())
    }

    fn body(&mut self, row: &Row) -> Result<(), String> {
        let name = row.get("name");
        let heads: Vec<String> = row.list("head").map(str::to_string).collect();
        let strict = row.get("strict") == "strict";
        self.lexicon.bodies.push(Body {
            name: name.into(),
            kind: row.get("kind").into(),
            of: row.get("of").into(),
            latin: row.get("latin").into(),
            heads: heads.clone(),
            strict,
        });
        let item = self.lexicon.bodies.len() - 1;
        let kind = row.get("kind");
        for form in std::iter::once(name).chain(row.list("forms")) {
            let bare = form.strip_prefix("\u{627}\u{644}");
            let mut shapes = Vec::new();
            if !strict {
                shapes.push(form.to_string());
                shapes.extend(bare.filter(|_| form.contains(' ')).map(str::to_string));
            }
            for head in &heads {
                if !form.starts_with(head.as_str()) {
                    shapes.push(format!("{head} {form}"));
                }
            }
            if strict && kind == "outlet" {
                self.put(form, "OUTLETNAME", item, Form::default())?;
            }
            for shape in &shapes {
                self.put(shape, "BODY", item, Form::default())?;
                if matches!(kind, "agency" | "outlet") {
                    self.put(shape, "OUTLET", item, Form::default())?;
                }
            }
        }
        for adjective in row.list("adjective") {
            for (word, form) in adjective_forms(adjective) {
                self.put(&word, "BODYADJ", item, form)?;
            }
        }
        Ok(())
    }

    fn body_head(&mut self, row: &Row) -> Result<(), String> {
        self.lexicon.body_heads.push(BodyHead {
            head: row.get("head").into(),
            kind: row.get("kind").into(),
            speaks: row.get("speaks") == "yes",
        });
        let item = self.lexicon.body_heads.len() - 1;
        self.put(row.get("head"), "BODYHEAD", item, Form::default())?;
        for plural in row.list("plural") {
            self.put(plural, "BODYHEAD", item, Form { number: Number::Plural, ..Form::default() })?;
        }
        Ok(())
    }

    fn given(&mut self, row: &Row) -> Result<(), String> {
        let name = row.get("name");
        let ambiguous = !row.get("ambiguous").is_empty();
        if row.get("ambiguous") == "preposition" {
            self.kept.push(name.to_string());
        }
        let latin = row.get("latin").split(", ").map(str::to_string).collect();
        self.lexicon.given.push(GivenName { name: name.into(), latin, ambiguous });
        let item = self.lexicon.given.len() - 1;
        self.put(name, "GIVEN", item, Form::default())?;
        if name.contains(' ') {
            self.put(&name.replace(' ', ""), "GIVEN", item, Form::default())?;
        }
        if !ambiguous {
            self.put(name, "GIVEN_SURE", item, Form::default())?;
            if name.contains(' ') {
                self.put(&name.replace(' ', ""), "GIVEN_SURE", item, Form::default())?;
            }
        }
        Ok(())
    }

    /// What is a function word is no name, but for those whose line says `preposition`; what is a verb or a common noun too is
    /// no sure given name.
    fn part_names_from_words(&mut self) {
        let number = |names: &[&str]| -> Vec<u16> { names.iter().filter_map(|n| self.class_of.get(*n).copied()).collect() };
        let function = number(&[
            "COMP",
            "PREP",
            "CONJ",
            "NEG",
            "PRON",
            "PARTICLE",
            "AUX",
            "RELATIVE",
            "DEMONSTRATIVE",
            "QUANTIFIER",
            "QUESTION",
            "ADVERB",
            "BETWEEN",
            "P_ON",
            "P_TO",
            "P_ABOUT",
            "P_FROM",
            "P_IN",
            "P_WITH",
        ]);
        let names = number(&["GIVEN", "GIVEN_SURE", "SURNAME", "SURNAME_SURE"]);
        let ordinal = number(&["ORDINAL"]);
        let words = number(&["COMMON", "VERB", "SAY", "MEETVERB", "AGREEVERB", "TITLE", "HON", "PORTFOLIO", "ADJ"]);
        let titles = number(&["TITLE", "TITLE_P", "TITLE_T", "TITLE_ONE", "TITLE_FULL", "SPOKES", "EPITHET"]);
        let closed = number(&["COMP", "PRON", "NEG", "P_TO", "P_FROM", "P_WITH", "P_ON", "P_IN"]);
        let verbs = number(&["SAY", "SAYPASSIVE", "SAYPART", "VERB", "MEETVERB", "AGREEVERB"]);
        let has_any = |senses: &[Sense], set: &[u16]| senses.iter().any(|s| set.contains(&s.class));
        let sure = number(&["GIVEN_SURE"]);
        let kept: Vec<String> = self.kept.iter().map(|k| key(k)).collect();
        for (phrase, senses) in &mut self.phrases {
            let has = |set: &[u16]| senses.iter().any(|s| set.contains(&s.class));
            let (is_function, is_word) = (has(&function), has(&words));
            if is_function {
                senses.retain(|s| !titles.contains(&s.class));
            }
            if has_any(senses, &ordinal) {
                senses.retain(|s| !names.contains(&s.class));
            }
            if has_any(senses, &closed) {
                senses.retain(|s| !verbs.contains(&s.class));
            }
            if is_function && !kept.contains(phrase) {
                senses.retain(|s| !names.contains(&s.class));
            } else if is_word || is_function {
                senses.retain(|s| !sure.contains(&s.class));
            }
        }
    }

    fn finish(mut self) -> Result<Compiled, Vec<String>> {
        if !self.errors.is_empty() {
            return Err(self.errors);
        }
        self.part_names_from_words();
        // Phrases with the same senses share a number, as inflected forms often do.
        let mut number: BTreeMap<Vec<(u16, u32, String)>, u64> = BTreeMap::new();
        let mut map = fst::MapBuilder::memory();
        for (phrase, senses) in &self.phrases {
            let id: Vec<_> = senses.iter().map(|s| (s.class, s.item, format!("{:?}", s.form))).collect();
            let next = number.len() as u64;
            let n = *number.entry(id).or_insert(next);
            if n == next {
                self.lexicon.senses.push(senses.clone());
            }
            map.insert(phrase, n).map_err(|e| vec![e.to_string()])?;
        }
        let phrases = map.into_inner().map_err(|e| vec![e.to_string()])?;
        Ok(Compiled { phrases, lexicon: self.lexicon })
    }
}

/// The key of a phrase in the map: its folded tokens, parted by one space.
pub fn key(phrase: &str) -> String {
    let tokens = musnad_text::tokens(phrase);
    tokens.iter().map(|t| &*t.folded).collect::<Vec<_>>().join(" ")
}

const ALIF: char = '\u{627}';
const HAMZA: char = '\u{621}';
const WAW: char = '\u{648}';
const YA: char = '\u{64a}';
const NUN: char = '\u{646}';
const TA: char = '\u{62a}';
const TA_MARBUTA: char = '\u{629}';

/// A noun with each possessive pronoun, folded: ta marbuta opens to ta, a final hamza takes the seat of its case.
fn with_pronouns(noun: &str) -> Vec<String> {
    if noun.contains(' ') {
        return Vec::new();
    }
    let mut stems = Vec::new();
    if let Some(stem) = noun.strip_suffix(TA_MARBUTA) {
        stems.push(format!("{stem}{TA}"));
    } else if let Some(stem) = noun.strip_suffix(HAMZA) {
        stems.push(format!("{stem}{YA}"));
        stems.push(format!("{stem}{WAW}"));
        stems.push(noun.to_string());
    } else {
        stems.push(noun.to_string());
    }
    // -hu, -ha, -hum, -huma, -na
    let pronouns = ["\u{647}", "\u{647}\u{627}", "\u{647}\u{645}", "\u{647}\u{645}\u{627}", "\u{646}\u{627}"];
    stems.iter().flat_map(|s| pronouns.iter().map(move |p| format!("{s}{p}"))).collect()
}

/// The nisba adjective's forms: feminine, duals, sound plurals. Of several words (North Korean) each agrees, and the later
/// ones stand with and without the article.
fn adjective_forms(adjective: &str) -> Vec<(String, Form)> {
    let Some((first, rest)) = adjective.split_once(' ') else { return word_forms(adjective) };
    let (heads, tails) = (word_forms(first), word_forms(rest));
    let pairs = heads.into_iter().zip(tails);
    pairs.flat_map(|((h, form), (t, _))| [(format!("{h} {t}"), form), (format!("{h} \u{627}\u{644}{t}"), form)]).collect()
}

fn word_forms(a: &str) -> Vec<(String, Form)> {
    let form = |gender, number| Form { gender, number, ..Form::default() };
    use Gender::*;
    use Number::*;
    let mut out = vec![
        (a.to_string(), form(Masculine, Singular)),
        (format!("{a}{ALIF}"), form(Masculine, Singular)),
        (format!("{a}{TA_MARBUTA}"), form(Feminine, Singular)),
        (format!("{a}{ALIF}{NUN}"), form(Masculine, Dual)),
        (format!("{a}{TA}{ALIF}{NUN}"), form(Feminine, Dual)),
        (format!("{a}{TA}{YA}{NUN}"), form(Feminine, Dual)),
        (format!("{a}{WAW}{NUN}"), form(Masculine, Plural)),
        (format!("{a}{YA}{NUN}"), form(Masculine, Plural)),
        (format!("{a}{ALIF}{TA}"), form(Feminine, Plural)),
    ];
    if let Some(stem) = a.strip_suffix(YA) {
        // Careless spelling doubles no ya: al-misriin is written with one.
        out.push((format!("{stem}{YA}{YA}{NUN}"), form(Masculine, Plural)));
    }
    out
}

/// A title as look-up meets it: its first word without the article, the others with and without theirs.
fn definite_shapes(title: &str, build: &str) -> Vec<String> {
    let words: Vec<&str> = title.split(' ').collect();
    let mut out = vec![title.to_string()];
    let article = |w: &str| if w.starts_with("\u{627}\u{644}") { w.to_string() } else { format!("\u{627}\u{644}{w}") };
    match build {
        "adjective" if words.len() > 1 => {
            out.push(
                std::iter::once(words[0].to_string()).chain(words[1..].iter().map(|w| article(w))).collect::<Vec<_>>().join(" "),
            );
        }
        "construct" if words.len() > 1 => {
            let mut w: Vec<String> = words.iter().map(|w| w.to_string()).collect();
            if let Some(last) = w.last_mut() {
                *last = article(last);
            }
            out.push(w.join(" "));
            // The complement may have an adjective: the head of the political bureau.
            if let [_, .., noun, _] = &mut w[..] {
                *noun = article(noun);
                out.push(w.join(" "));
            }
        }
        _ => {}
    }
    out
}

fn form(f: &inflect::Inflected) -> Form {
    let tense = match f.tense {
        inflect::Tense::Perfect => Tense::Perfect,
        inflect::Tense::Imperfect => Tense::Imperfect,
        inflect::Tense::Future => Tense::Future,
        inflect::Tense::ActiveParticiple => Tense::ActiveParticiple,
        inflect::Tense::PassiveParticiple => Tense::PassiveParticiple,
        inflect::Tense::VerbalNoun => Tense::VerbalNoun,
    };
    let gender = match f.gender {
        inflect::Gender::Masculine => Gender::Masculine,
        inflect::Gender::Feminine => Gender::Feminine,
        inflect::Gender::Both => Gender::Both,
    };
    let number = match f.number {
        inflect::Number::Singular => Number::Singular,
        inflect::Number::Dual => Number::Dual,
        inflect::Number::Plural => Number::Plural,
    };
    let accusative = tense == Tense::ActiveParticiple && number == Number::Singular && f.word.ends_with(ALIF);
    Form { tense, passive: f.passive, person: f.person, gender, number, pronoun: false, accusative }
}
