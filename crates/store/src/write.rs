//! Reports and what they give, into the file; and the facts that follow.

use crate::{Result, Store, analyse, explain};
use musnad_record::{Contribution, Fact, FactKind, Facts, Record, Value, key, last_name};
use musnad_text::Report;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// How a report stands to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// The record does not have it.
    New,
    /// The record has it as it is, or knows more of it, read with this version: nothing to do.
    Same,
    /// The record has it, read with another version: to be read again, as the record has it ([`Store::report`]), which
    /// may know more of it.
    Outdated,
    /// The record has its text, and this one also says when or where it was published: to be read again.
    Fuller,
    /// The record has another report under this id: this one stays out. Says which fields differ.
    Conflict(Vec<&'static str>),
}

impl Standing {
    /// Whether the report has to be read and put.
    pub fn is_wanted(&self) -> bool {
        matches!(self, Standing::New | Standing::Outdated | Standing::Fuller)
    }
}

/// A report and what it gives, ready to be put into a record. Making one is the costly part, and can be done
/// on any thread.
pub struct Entry {
    report: Report,
    hash: String,
    language: String,
    body: String,
    words: String,
    stems: String,
}

impl Entry {
    /// Prepares a report and its contribution.
    pub fn new(report: Report, contribution: &Contribution) -> Entry {
        let (mut words, mut stems) = report.title.as_deref().map(analyse::index).unwrap_or_default();
        let (text_words, text_stems) = analyse::index(&report.text);
        words.push_str(&text_words);
        stems.push_str(&text_stems);
        Entry {
            hash: hex(&Sha256::digest(&report.text)),
            language: contribution.language.clone(),
            body: json(contribution),
            words,
            stems,
            report,
        }
    }

    /// The report.
    pub fn report(&self) -> &Report {
        &self.report
    }
}

impl Store {
    /// How a report, read with `language` (the version of the reading), stands to the record.
    pub fn standing(&self, report: &Report, language: &str) -> Result<Standing> {
        standing(&self.db, report, &hex(&Sha256::digest(&report.text)), language).map(|s| s.0).map_err(|e| self.say(e))
    }

    /// Puts a batch of reports into the record, in one transaction; gives for each how it stood before. Those
    /// that are not wanted ([`Standing::is_wanted`]) change nothing.
    pub fn put(&mut self, entries: &[Entry]) -> Result<Vec<Standing>> {
        put(&mut self.db, entries).map_err(|e| explain(&self.path, e))
    }

    /// Ids of the reports that were read with another version than `language`, in order, from after `after` on, `limit`
    /// at most.
    pub fn outdated(&self, language: &str, after: &str, limit: usize) -> Result<Vec<String>> {
        let sql = "SELECT id FROM report WHERE language <> ?1 AND id > ?2 ORDER BY id LIMIT ?3";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let read = || -> rusqlite::Result<Vec<String>> {
            self.db.prepare_cached(sql)?.query_map(params![language, after, limit], |row| row.get(0))?.collect()
        };
        read().map_err(|e| self.say(e))
    }

    /// Whether reports were put whose facts are not yet derived.
    pub fn is_stale(&self) -> Result<bool> {
        let stale = self.db.query_row("SELECT value = '1' FROM state WHERE name = 'stale'", [], |row| row.get(0));
        stale.map_err(|e| self.say(e))
    }

    /// Derives the facts from all reports, in one transaction. Does nothing if no report came in since the last time.
    pub fn finish(&mut self) -> Result<()> {
        if !self.is_stale()? {
            return Ok(());
        }
        // What another process puts between reading and writing would be missed: writing begins first.
        let path = self.path.clone();
        let say = |e| explain(&path, e);
        let behaviour = TransactionBehavior::Immediate;
        let tx = Transaction::new_unchecked(&self.db, behaviour).map_err(say)?;
        let record = self.record()?;
        write_facts(&tx, &record.facts()).map_err(say)?;
        tx.commit().map_err(say)?;
        Ok(())
    }

    /// The contributions of all reports.
    pub fn record(&self) -> Result<Record> {
        let mut statement = self.db.prepare("SELECT report, body FROM contribution ORDER BY report").map_err(|e| self.say(e))?;
        let mut rows = statement.query([]).map_err(|e| self.say(e))?;
        let mut record = Record::new();
        while let Some(row) = rows.next().map_err(|e| self.say(e))? {
            let (id, body) = (row.get_ref(0), row.get_ref(1));
            let body = body.map_err(|e| self.say(e))?.as_str().unwrap_or_default();
            let contribution = serde_json::from_str(body).map_err(|why| {
                let id = id.ok().and_then(|id| id.as_str().ok()).unwrap_or_default();
                self.damaged(format!("what report {id} gives"), why)
            })?;
            record.add(contribution);
        }
        Ok(record)
    }
}

/// How a report stands to the record, and whether the record knows more of it.
fn standing(db: &Connection, report: &Report, hash: &str, language: &str) -> rusqlite::Result<(Standing, bool)> {
    let sql = "SELECT hash, language, source, url, published, title, lang FROM report WHERE id = ?1";
    let held = db.prepare_cached(sql)?.query_row([&report.id], |row| {
        let fields: [Option<String>; 5] = [row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?];
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, fields))
    });
    let Some((held_hash, held_language, held)) = held.optional()? else { return Ok((Standing::New, false)) };
    if held_hash != hash {
        return Ok((Standing::Conflict(vec!["text"]), false));
    }
    let names = ["source", "url", "published", "title", "lang"];
    let given = [&report.source, &report.url, &report.published, &report.title, &report.lang];
    let pairs = || names.iter().zip(held.iter().zip(given));
    let (mut fuller, mut poorer, mut differ) = (Vec::new(), false, Vec::new());
    for (name, (held, given)) in pairs() {
        match (held, given) {
            (Some(held), Some(given)) if held != given => differ.push(*name),
            (None, Some(_)) => fuller.push(*name),
            (Some(_), None) => poorer = true,
            _ => {}
        }
    }
    if !differ.is_empty() {
        return Ok((Standing::Conflict(differ), poorer));
    }
    let standing = match (fuller.is_empty(), poorer) {
        (false, false) => Standing::Fuller,
        // Each says what the other does not: taking either would lose something.
        (false, true) => Standing::Conflict(fuller),
        (true, _) if held_language != language => Standing::Outdated,
        (true, _) => Standing::Same,
    };
    Ok((standing, poorer))
}

fn put(db: &mut Connection, entries: &[Entry]) -> rusqlite::Result<Vec<Standing>> {
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut standings = Vec::with_capacity(entries.len());
    for entry in entries {
        let stood = match standing(&tx, &entry.report, &entry.hash, &entry.language)? {
            // What was read without all that the record knows of the report would lose the rest.
            (Standing::Outdated, true) => Standing::Same,
            (stood, _) => stood,
        };
        if stood.is_wanted() {
            write_entry(&tx, entry)?;
        }
        standings.push(stood);
    }
    if standings.iter().any(Standing::is_wanted) {
        tx.execute("UPDATE state SET value = '1' WHERE name = 'stale'", [])?;
    }
    tx.commit()?;
    Ok(standings)
}

fn write_entry(tx: &Transaction, entry: &Entry) -> rusqlite::Result<()> {
    let r = &entry.report;
    let seq: i64 = tx
        .prepare_cached(
            "INSERT INTO report (id, source, url, published, title, text, lang, hash, language)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (id) DO UPDATE SET source = excluded.source, url = excluded.url, published = excluded.published,
                 title = excluded.title, lang = excluded.lang, language = excluded.language
             RETURNING seq",
        )?
        .query_row(params![r.id, r.source, r.url, r.published, r.title, r.text, r.lang, entry.hash, entry.language], |row| {
            row.get(0)
        })?;
    tx.prepare_cached(
        "INSERT INTO contribution (report, body) VALUES (?1, ?2) ON CONFLICT (report) DO UPDATE SET body = excluded.body",
    )?
    .execute(params![r.id, entry.body])?;
    tx.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([seq])?;
    tx.prepare_cached("INSERT INTO search (rowid, word, stem) VALUES (?1, ?2, ?3)")?.execute(params![
        seq,
        entry.words,
        entry.stems
    ])?;
    Ok(())
}

/// Writes the facts that changed, and takes away those that no longer follow.
fn write_facts(tx: &Transaction, facts: &Facts) -> rusqlite::Result<()> {
    let mut held = HashMap::new();
    let mut statement = tx.prepare("SELECT id, digest FROM fact")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        held.insert(row.get::<_, String>(0)?, row.get::<_, String>(1)?);
    }
    drop(rows);
    drop(statement);
    write_kind(tx, &facts.actors, &mut held)?;
    for actor in &facts.actors {
        let mut insert = tx.prepare_cached("INSERT OR IGNORE INTO form (actor, form, folded, last) VALUES (?1, ?2, ?3, ?4)")?;
        for form in actor.value.forms.iter().chain([&actor.value.name]) {
            let folded = key(form);
            insert.execute(params![actor.id, form, folded, last_name(&folded)])?;
        }
    }
    write_kind(tx, &facts.tenures, &mut held)?;
    write_kind(tx, &facts.events, &mut held)?;
    write_kind(tx, &facts.statements, &mut held)?;
    write_kind(tx, &facts.instruments, &mut held)?;
    write_kind(tx, &facts.rounds, &mut held)?;
    write_kind(tx, &facts.undertakings, &mut held)?;
    for id in held.keys() {
        forget(tx, id)?;
        tx.prepare_cached("DELETE FROM fact WHERE id = ?1")?.execute([id])?;
    }
    tx.execute("UPDATE state SET value = '0' WHERE name = 'stale'", [])?;
    Ok(())
}

/// Takes away all that hangs on a fact, not the fact.
fn forget(tx: &Transaction, id: &str) -> rusqlite::Result<()> {
    tx.prepare_cached("DELETE FROM evidence WHERE fact = ?1")?.execute([id])?;
    tx.prepare_cached("DELETE FROM link WHERE fact = ?1")?.execute([id])?;
    tx.prepare_cached("DELETE FROM topic WHERE fact = ?1")?.execute([id])?;
    if FactKind::of_id(id) == Some(FactKind::Actor) {
        tx.prepare_cached("DELETE FROM form WHERE actor = ?1")?.execute([id])?;
    }
    Ok(())
}

fn write_kind<V: Value>(tx: &Transaction, facts: &[Fact<V>], held: &mut HashMap<String, String>) -> rusqlite::Result<()> {
    let mut insert_fact = tx.prepare_cached(
        "INSERT INTO fact (id, kind, date, first_seen, last_seen, begins, ends, reports, value, digest)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT (id) DO UPDATE SET date = excluded.date, first_seen = excluded.first_seen,
             last_seen = excluded.last_seen, begins = excluded.begins, ends = excluded.ends,
             reports = excluded.reports, value = excluded.value, digest = excluded.digest",
    )?;
    let mut insert_evidence = tx.prepare_cached(
        "INSERT INTO evidence (fact, report, start, \"end\", quote, rule, language, parts, chain)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    let mut insert_link = tx.prepare_cached("INSERT OR IGNORE INTO link (fact, role, target) VALUES (?1, ?2, ?3)")?;
    let mut insert_topic = tx.prepare_cached("INSERT OR IGNORE INTO topic (fact, topic) VALUES (?1, ?2)")?;
    for fact in facts {
        let value = json(&fact.value);
        let digest = digest(fact, &value);
        match held.remove(&fact.id) {
            Some(old) if old == digest => continue,
            Some(_) => forget(tx, &fact.id)?,
            None => {}
        }
        let (first, last) = fact.seen.clone().unzip();
        let mut reports = 0;
        let mut before = None;
        for e in &fact.evidence {
            reports += i64::from(before != Some(&e.report));
            before = Some(&e.report);
            let parts = (!e.parts.is_empty()).then(|| json(&e.parts));
            let chain = (!e.chain.is_empty()).then(|| json(&e.chain));
            insert_evidence.execute(params![
                fact.id,
                e.report,
                e.start as i64,
                e.end as i64,
                e.quote,
                e.rule,
                e.language,
                parts,
                chain
            ])?;
        }
        let date = fact.value.date();
        let (begins, ends) = date.map(days).or_else(|| fact.seen.clone()).unzip();
        let kind = V::KIND.as_str();
        insert_fact.execute(params![fact.id, kind, date, first, last, begins, ends, reports, value, digest])?;
        for link in &fact.links {
            insert_link.execute(params![fact.id, link.role.as_str(), link.to])?;
        }
        for topic in fact.value.topics() {
            insert_topic.execute(params![fact.id, topic])?;
        }
    }
    Ok(())
}

/// First and last day of an ISO 8601 date: of a month or year, of a range, of a time of day. The last day of every
/// month is its 31st, as days are only compared.
fn days(iso: &str) -> (String, String) {
    let (first, last) = iso.split_once('/').unwrap_or((iso, iso));
    let fill = |date: &str, rest: &str| {
        let day = date.get(..10).unwrap_or(date);
        format!("{day}{}", rest.get(day.len()..).unwrap_or_default())
    };
    (fill(first, "0000-01-01"), fill(last, "9999-12-31"))
}

/// By which a fact is known not to have changed, with all that hangs on it.
fn digest<V: Value>(fact: &Fact<V>, value: &str) -> String {
    let mut hash = Sha256::new();
    for part in [value, &json(&fact.evidence), &json(&fact.links), &json(&fact.seen)] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hex(&hash.finalize()[..8])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// JSON of a value whose maps all have strings for keys, which cannot fail.
fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("plain data is JSON")
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn a_date_begins_and_ends_on_days() {
        for (iso, first, last) in [
            ("2017-08-21", "2017-08-21", "2017-08-21"),
            ("2017-08", "2017-08-01", "2017-08-31"),
            ("2017", "2017-01-01", "2017-12-31"),
            ("2015-08-01/2015-08-06", "2015-08-01", "2015-08-06"),
            ("2015-08/2015-09", "2015-08-01", "2015-09-31"),
            ("2018-02-22T14:30", "2018-02-22", "2018-02-22"),
        ] {
            assert_eq!(days(iso), (first.to_string(), last.to_string()), "{iso}");
        }
    }
}
