//! Reports and facts out of the file.

use crate::{Error, Result, Store};
use musnad_record::{Evidence, Fact, FactKind, Link, Role, Value, key};
use musnad_text::Report;
use rusqlite::{OptionalExtension, Row as SqlRow, ToSql};
use std::collections::{BTreeMap, BTreeSet};

/// Which facts or reports are asked for. Without anything set: all.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Ids of actors; a fact has to be tied to one of each set, in one of `roles`. Statements are tied also to those
    /// who took part in their occasion, if `roles` has [`Role::Participant`].
    pub actors: Vec<BTreeSet<String>>,
    /// The ties that count.
    pub roles: Vec<Role>,
    /// Two sides that both have a part in it.
    pub between: Option<Between>,
    /// Topic id. Statements have topics; events have those of what was said at them, actors those of which they
    /// speak, all else those of the reports that tell of it.
    pub topic: Option<String>,
    /// First day: of the fact's own date, or else of publication.
    pub since: Option<String>,
    /// Last day.
    pub until: Option<String>,
}

/// Two sides of a fact: one actor of the one and another actor of the other are tied to it. Who stands on both sides is
/// but one of the two. A statement is tied also to those who took part in its occasion, if `other` has
/// [`Role::Participant`]; a round to those who took part in its encounters; an instrument and a report to whom they name.
#[derive(Debug, Clone, Default)]
pub struct Between {
    /// Ids of the actors of each side.
    pub sides: [BTreeSet<String>; 2],
    /// How one of the two is tied to the fact.
    pub lead: Vec<Role>,
    /// How the other is.
    pub other: Vec<Role>,
}

/// A fact in the file, without links.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<V> {
    /// The fact; its evidence is there if it was asked for.
    pub fact: Fact<V>,
    /// How many reports support it.
    pub reports: usize,
}

impl Store {
    /// The facts of one kind that are asked for; by their day (their own, else that of the first report), then id.
    pub fn facts<V: Value>(&self, selection: &Selection, with_evidence: bool) -> Result<Vec<Row<V>>> {
        let mut rows = Vec::new();
        self.each(selection, with_evidence, |row| {
            rows.push(row);
            Ok::<_, Error>(())
        })?;
        Ok(rows)
    }

    /// The same, one after the other, so that all need not be held at once.
    pub fn each<V: Value, E: From<Error>>(
        &self,
        selection: &Selection,
        with_evidence: bool,
        mut then: impl FnMut(Row<V>) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let (mut clauses, mut values) = (vec!["fact.kind = ?1".to_string()], vec![V::KIND.as_str().to_string()]);
        selection.clauses(V::KIND, &mut clauses, &mut values);
        let sql = format!(
            "SELECT id, value, reports, first_seen, last_seen FROM fact WHERE {}
             ORDER BY begins IS NULL, begins, id",
            clauses.join(" AND ")
        );
        let mut statement = self.db.prepare(&sql).map_err(|e| self.say(e))?;
        let mut rows = statement.query(params(&values).as_slice()).map_err(|e| self.say(e))?;
        while let Some(row) = rows.next().map_err(|e| self.say(e))? {
            then(self.row(row, with_evidence)?)?;
        }
        Ok(())
    }

    /// One fact, with evidence; `None` if the record has none of this kind with this id.
    pub fn fact<V: Value>(&self, id: &str) -> Result<Option<Row<V>>> {
        let sql = "SELECT id, value, reports, first_seen, last_seen FROM fact WHERE id = ?1 AND kind = ?2";
        let mut statement = self.db.prepare_cached(sql).map_err(|e| self.say(e))?;
        let mut rows = statement.query([id, V::KIND.as_str()]).map_err(|e| self.say(e))?;
        rows.next().map_err(|e| self.say(e))?.map(|row| self.row(row, true)).transpose()
    }

    fn row<V: Value>(&self, row: &SqlRow, with_evidence: bool) -> Result<Row<V>> {
        let get = |at: usize| row.get::<_, Option<String>>(at).map_err(|e| self.say(e));
        let id = get(0)?.unwrap_or_default();
        let value = get(1)?.unwrap_or_default();
        let value = serde_json::from_str(&value).map_err(|why| self.damaged(format!("fact {id}"), why))?;
        let evidence = if with_evidence { self.evidence(&id)? } else { Vec::new() };
        let reports: i64 = row.get(2).map_err(|e| self.say(e))?;
        let seen = get(3)?.zip(get(4)?);
        Ok(Row { fact: Fact { id, value, evidence, links: Vec::new(), seen }, reports: reports.max(0) as usize })
    }

    /// The value of a fact of any kind, as JSON.
    pub fn value(&self, id: &str) -> Result<Option<serde_json::Value>> {
        let sql = "SELECT value FROM fact WHERE id = ?1";
        let read = || self.db.prepare_cached(sql)?.query_row([id], |row| row.get::<_, String>(0)).optional();
        let held = read().map_err(|e| self.say(e))?;
        held.map(|v| serde_json::from_str(&v).map_err(|why| self.damaged(format!("fact {id}"), why))).transpose()
    }

    /// What speaks for a fact, by report and place.
    pub fn evidence(&self, fact: &str) -> Result<Vec<Evidence>> {
        let sql = "SELECT report, start, \"end\", quote, rule, language, parts, chain FROM evidence WHERE fact = ?1
                   ORDER BY report, start, \"end\"";
        let read = || -> rusqlite::Result<Vec<(Evidence, [Option<String>; 2])>> {
            let mut statement = self.db.prepare_cached(sql)?;
            let rows = statement.query_map([fact], |row| {
                let evidence = Evidence {
                    report: row.get(0)?,
                    start: row.get::<_, i64>(1)? as usize,
                    end: row.get::<_, i64>(2)? as usize,
                    quote: row.get(3)?,
                    rule: row.get(4)?,
                    language: row.get(5)?,
                    parts: BTreeMap::new(),
                    chain: Vec::new(),
                };
                Ok((evidence, [row.get(6)?, row.get(7)?]))
            })?;
            rows.collect()
        };
        let mut all = Vec::new();
        for (mut evidence, [parts, chain]) in read().map_err(|e| self.say(e))? {
            let damaged = |why: serde_json::Error| self.damaged(format!("the evidence of {fact}"), why);
            if let Some(parts) = parts {
                evidence.parts = serde_json::from_str(&parts).map_err(damaged)?;
            }
            if let Some(chain) = chain {
                evidence.chain = serde_json::from_str(&chain).map_err(damaged)?;
            }
            all.push(evidence);
        }
        Ok(all)
    }

    /// What a fact is tied to.
    pub fn links(&self, fact: &str) -> Result<Vec<Link>> {
        self.pairs("SELECT role, target FROM link WHERE fact = ?1 ORDER BY role, target", fact).map(|pairs| {
            let links = pairs.into_iter().filter_map(|(role, to)| Some(Link { role: role_of(&role)?, to }));
            links.collect()
        })
    }

    /// The facts that are tied to this one (an actor, an event, an instrument), and how.
    pub fn links_to(&self, target: &str) -> Result<Vec<(Role, String)>> {
        let pairs = self.pairs("SELECT role, fact FROM link WHERE target = ?1 ORDER BY role, fact", target)?;
        Ok(pairs.into_iter().filter_map(|(role, fact)| Some((role_of(&role)?, fact))).collect())
    }

    /// The facts for which a report speaks: kind and id.
    pub fn facts_of(&self, report: &str) -> Result<Vec<(FactKind, String)>> {
        let sql = "SELECT DISTINCT fact.kind, fact.id FROM evidence JOIN fact ON fact.id = evidence.fact
                   WHERE evidence.report = ?1 ORDER BY fact.kind, fact.id";
        let pairs = self.pairs(sql, report)?;
        Ok(pairs.into_iter().filter_map(|(_, id)| Some((FactKind::of_id(&id)?, id))).collect())
    }

    fn pairs(&self, sql: &str, value: &str) -> Result<Vec<(String, String)>> {
        let read = || -> rusqlite::Result<Vec<(String, String)>> {
            self.db.prepare_cached(sql)?.query_map([value], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
        };
        read().map_err(|e| self.say(e))
    }

    /// The kind of a fact; `None` if the record has none with this id.
    pub fn kind(&self, id: &str) -> Result<Option<FactKind>> {
        let held = self.db.query_row("SELECT 1 FROM fact WHERE id = ?1", [id], |_| Ok(())).optional();
        Ok(held.map_err(|e| self.say(e))?.and_then(|()| FactKind::of_id(id)))
    }

    /// Ids of the actors that bear a name: by any form of it, persons also by the last name; in any spelling.
    pub fn actors_named(&self, name: &str) -> Result<BTreeSet<String>> {
        let sql = "SELECT actor FROM form WHERE folded = ?1
                   UNION SELECT form.actor FROM form JOIN fact ON fact.id = form.actor
                   WHERE form.last = ?1 AND fact.value ->> 'kind' = 'person'";
        self.actors_by(sql, &key(name))
    }

    /// Ids of the actors of whom some form has these words in a row.
    pub fn actors_with(&self, words: &str) -> Result<BTreeSet<String>> {
        self.actors_by("SELECT actor FROM form WHERE instr(' ' || folded || ' ', ' ' || ?1 || ' ') > 0", &key(words))
    }

    /// Ids of the persons who hold, or held, a post of a state or body.
    pub fn holders(&self, of: &str) -> Result<BTreeSet<String>> {
        let sql = "SELECT holder.target FROM link AS post JOIN link AS holder ON holder.fact = post.fact
                   WHERE post.target = ?1 AND post.role = 'of' AND holder.role = 'holder'";
        self.actors_by(sql, of)
    }

    fn actors_by(&self, sql: &str, value: &str) -> Result<BTreeSet<String>> {
        if value.is_empty() {
            return Ok(BTreeSet::new());
        }
        let read = || -> rusqlite::Result<BTreeSet<String>> {
            self.db.prepare_cached(sql)?.query_map([value], |row| row.get(0))?.collect()
        };
        read().map_err(|e| self.say(e))
    }

    /// Ids of facts and reports that begin so, in order, `limit` at most.
    pub fn ids_beginning(&self, beginning: &str, limit: usize) -> Result<Vec<String>> {
        let sql = "SELECT id FROM fact WHERE substr(id, 1, length(?1)) = ?1
                   UNION SELECT id FROM report WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id LIMIT ?2";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let read = || -> rusqlite::Result<Vec<String>> {
            self.db.prepare_cached(sql)?.query_map(rusqlite::params![beginning, limit], |row| row.get(0))?.collect()
        };
        read().map_err(|e| self.say(e))
    }

    /// All reports that are asked for, by day of publication, then id. With actors: those that give evidence of an
    /// actor of each set; with a topic: those with a statement on it.
    pub fn reports(&self, selection: &Selection) -> Result<Vec<Report>> {
        let mut reports = Vec::new();
        self.each_report(selection, |report| {
            reports.push(report);
            Ok::<_, Error>(())
        })?;
        Ok(reports)
    }

    /// The same, one after the other.
    pub fn each_report<E: From<Error>>(
        &self,
        selection: &Selection,
        mut then: impl FnMut(Report) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let (mut clauses, mut values) = (vec!["1".to_string()], Vec::new());
        selection.report_clauses(&mut clauses, &mut values);
        let sql = format!(
            "SELECT id, source, url, published, title, text, lang FROM report WHERE {}
             ORDER BY published IS NULL, published, id",
            clauses.join(" AND ")
        );
        let mut statement = self.db.prepare(&sql).map_err(|e| self.say(e))?;
        let mut rows = statement.query(params(&values).as_slice()).map_err(|e| self.say(e))?;
        while let Some(row) = rows.next().map_err(|e| self.say(e))? {
            then(report(row).map_err(|e| self.say(e))?)?;
        }
        Ok(())
    }

    /// One report.
    pub fn report(&self, id: &str) -> Result<Option<Report>> {
        let sql = "SELECT id, source, url, published, title, text, lang FROM report WHERE id = ?1";
        let read = || self.db.prepare_cached(sql)?.query_row([id], report).optional();
        read().map_err(|e| self.say(e))
    }

    /// For how many facts of each kind a report speaks.
    pub fn counts_of(&self, report: &str) -> Result<BTreeMap<FactKind, usize>> {
        let mut counts = BTreeMap::new();
        for (kind, _) in self.facts_of(report)? {
            *counts.entry(kind).or_insert(0) += 1;
        }
        Ok(counts)
    }

    /// How many reports the record holds.
    pub fn report_count(&self) -> Result<usize> {
        let count = self.db.query_row("SELECT count(*) FROM report", [], |row| row.get::<_, i64>(0));
        Ok(count.map_err(|e| self.say(e))?.max(0) as usize)
    }

    /// How many facts of each kind the record holds.
    pub fn counts(&self) -> Result<BTreeMap<FactKind, usize>> {
        let mut counts = BTreeMap::new();
        for kind in FactKind::ALL {
            let count =
                self.db.query_row("SELECT count(*) FROM fact WHERE kind = ?1", [kind.as_str()], |row| row.get::<_, i64>(0));
            counts.insert(kind, count.map_err(|e| self.say(e))?.max(0) as usize);
        }
        Ok(counts)
    }
}

impl Selection {
    fn clauses(&self, kind: FactKind, clauses: &mut Vec<String>, values: &mut Vec<String>) {
        for set in &self.actors {
            let n = push(values, json(set));
            clauses.push(tied(kind, &self.roles, "tie", &|target| format!("{target} IN {}", set_at(n))));
        }
        if let Some(Between { sides, lead, other }) = &self.between {
            let [a, b] = [0, 1].map(|side| push(values, json(&sides[side])));
            let ways = [(a, b), (b, a)].map(|(a, b)| {
                tied(kind, lead, "one", &|one| {
                    let another = |two: &str| format!("{two} IN {} AND {two} <> {one}", set_at(b));
                    format!("{one} IN {} AND {}", set_at(a), tied(kind, other, "two", &another))
                })
            });
            clauses.push(format!("({})", ways.join(" OR ")));
        }
        if let Some(topic) = &self.topic {
            let n = push(values, topic.clone());
            clauses.push(match kind {
                FactKind::Statement => format!("fact.id IN (SELECT fact FROM topic WHERE topic = ?{n})"),
                FactKind::Event => format!(
                    "fact.id IN (SELECT target FROM link JOIN topic USING (fact) WHERE role = 'occasion' AND topic = ?{n})"
                ),
                FactKind::Actor => format!(
                    "fact.id IN (SELECT target FROM link JOIN topic USING (fact) WHERE role = 'speaker' AND topic = ?{n})"
                ),
                _ => format!(
                    "fact.id IN (SELECT its.fact FROM topic JOIN evidence AS said USING (fact)
                     JOIN evidence AS its ON its.report = said.report WHERE topic = ?{n})"
                ),
            });
        }
        if let Some(since) = &self.since {
            let n = push(values, since.clone());
            clauses.push(format!("ends >= ?{n}"));
        }
        if let Some(until) = &self.until {
            let n = push(values, until.clone());
            clauses.push(format!("substr(begins, 1, length(?{n})) <= ?{n}"));
        }
    }

    fn report_clauses(&self, clauses: &mut Vec<String>, values: &mut Vec<String>) {
        for set in &self.actors {
            let n = push(values, json(set));
            clauses.push(format!("report.id IN (SELECT report FROM evidence WHERE fact IN {})", set_at(n)));
        }
        if let Some(Between { sides, .. }) = &self.between {
            let [a, b] = [0, 1].map(|side| push(values, json(&sides[side])));
            clauses.push(format!(
                "EXISTS (SELECT 1 FROM evidence AS one JOIN evidence AS two ON two.report = one.report AND two.fact <> one.fact
                 WHERE one.report = report.id AND one.fact IN {} AND two.fact IN {})",
                set_at(a),
                set_at(b)
            ));
        }
        if let Some(topic) = &self.topic {
            let n = push(values, topic.clone());
            clauses.push(format!("report.id IN (SELECT report FROM evidence JOIN topic USING (fact) WHERE topic = ?{n})"));
        }
        if let Some(since) = &self.since {
            let n = push(values, since.clone());
            clauses.push(format!("published >= ?{n}"));
        }
        if let Some(until) = &self.until {
            let n = push(values, until.clone());
            clauses.push(format!("substr(published, 1, length(?{n})) <= ?{n}"));
        }
    }
}

/// That a fact is tied, in one of these roles, to an actor of whom something holds: `holds` makes a condition of the column
/// that has the actor's id. `tie` names the row, so that the condition may itself ask for another tie.
fn tied(kind: FactKind, roles: &[Role], tie: &str, holds: &dyn Fn(&str) -> String) -> String {
    let target = holds(&format!("{tie}.target"));
    let partaker = |how: &str| {
        format!(
            "EXISTS (SELECT 1 FROM link AS {tie}_at JOIN link AS {tie} ON {tie}.fact = {tie}_at.target
             WHERE {tie}_at.fact = fact.id AND {tie}_at.role = '{how}' AND {tie}.role = 'participant' AND {target})"
        )
    };
    match kind {
        FactKind::Actor => holds("fact.id"),
        // No report says whose it is: those that name both.
        FactKind::Instrument => format!(
            "EXISTS (SELECT 1 FROM evidence AS {tie}_by JOIN evidence AS {tie} ON {tie}.report = {tie}_by.report
             WHERE {tie}_by.fact = fact.id AND {})",
            holds(&format!("{tie}.fact"))
        ),
        FactKind::Round => partaker("encounter"),
        _ => {
            let with_occasion = roles.contains(&Role::Participant);
            let roles = roles.iter().map(|r| format!("'{}'", r.as_str())).collect::<Vec<_>>();
            let own = format!(
                "EXISTS (SELECT 1 FROM link AS {tie} WHERE {tie}.fact = fact.id AND {tie}.role IN ({}) AND {target})",
                roles.join(", ")
            );
            if kind == FactKind::Statement && with_occasion { format!("({own} OR {})", partaker("occasion")) } else { own }
        }
    }
}

/// The ids in a parameter, for `IN`.
fn set_at(n: usize) -> String {
    format!("(SELECT value FROM json_each(?{n}))")
}

/// Adds a value and gives its number as a parameter.
fn push(values: &mut Vec<String>, value: String) -> usize {
    values.push(value);
    values.len()
}

fn params(values: &[String]) -> Vec<&dyn ToSql> {
    values.iter().map(|v| v as &dyn ToSql).collect()
}

fn json(set: &BTreeSet<String>) -> String {
    serde_json::to_string(set).expect("strings are JSON")
}

fn role_of(written: &str) -> Option<Role> {
    serde_json::from_value(serde_json::Value::String(written.to_string())).ok()
}

fn report(row: &SqlRow) -> rusqlite::Result<Report> {
    Ok(Report {
        id: row.get(0)?,
        source: row.get(1)?,
        url: row.get(2)?,
        published: row.get(3)?,
        title: row.get(4)?,
        text: row.get(5)?,
        lang: row.get(6)?,
    })
}
