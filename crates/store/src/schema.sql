-- The record file, version 1. Every table and column is described in docs/record-file.md.
PRAGMA application_id = 1297305156; -- 'MSND'

CREATE TABLE state (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO state VALUES ('stale', '0');

CREATE TABLE report (
    seq       INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    source    TEXT,
    url       TEXT,
    published TEXT,
    title     TEXT,
    text      TEXT NOT NULL,
    lang      TEXT,
    hash      TEXT NOT NULL,
    language  TEXT NOT NULL
);

CREATE TABLE contribution (
    report TEXT PRIMARY KEY REFERENCES report(id),
    body   TEXT NOT NULL
);

CREATE VIRTUAL TABLE search USING fts5(
    word, stem,
    content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0"
);

CREATE TABLE fact (
    id         TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,
    date       TEXT,
    first_seen TEXT,
    last_seen  TEXT,
    begins     TEXT,
    ends       TEXT,
    reports    INTEGER NOT NULL,
    value      TEXT NOT NULL,
    digest     TEXT NOT NULL
);
CREATE INDEX fact_by_kind ON fact(kind, date);

CREATE TABLE evidence (
    fact     TEXT NOT NULL REFERENCES fact(id) DEFERRABLE INITIALLY DEFERRED,
    report   TEXT NOT NULL REFERENCES report(id),
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    quote    TEXT NOT NULL,
    rule     TEXT NOT NULL,
    language TEXT NOT NULL,
    parts    TEXT,
    chain    TEXT,
    PRIMARY KEY (fact, report, start, "end")
) WITHOUT ROWID;
CREATE INDEX evidence_by_report ON evidence(report, fact);

CREATE TABLE link (
    fact   TEXT NOT NULL REFERENCES fact(id) DEFERRABLE INITIALLY DEFERRED,
    role   TEXT NOT NULL,
    target TEXT NOT NULL REFERENCES fact(id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (fact, role, target)
) WITHOUT ROWID;
CREATE INDEX link_by_target ON link(target, role, fact);

CREATE TABLE topic (
    fact  TEXT NOT NULL REFERENCES fact(id) DEFERRABLE INITIALLY DEFERRED,
    topic TEXT NOT NULL,
    PRIMARY KEY (fact, topic)
) WITHOUT ROWID;
CREATE INDEX topic_by_topic ON topic(topic, fact);

CREATE TABLE form (
    actor  TEXT NOT NULL REFERENCES fact(id) DEFERRABLE INITIALLY DEFERRED,
    form   TEXT NOT NULL,
    folded TEXT NOT NULL,
    last   TEXT NOT NULL,
    PRIMARY KEY (actor, form)
) WITHOUT ROWID;
CREATE INDEX form_by_folded ON form(folded);
CREATE INDEX form_by_last ON form(last);

CREATE VIEW actors AS SELECT id, value ->> 'name' AS name, value ->> 'kind' AS kind, value -> 'forms' AS forms,
    reports, first_seen, last_seen FROM fact WHERE kind = 'actor';
CREATE VIEW tenures AS SELECT id, value ->> 'person' AS person, value ->> 'title' AS title, value ->> 'of' AS "of",
    reports, first_seen, last_seen FROM fact WHERE kind = 'tenure';
CREATE VIEW statements AS SELECT id, value -> 'speakers' AS speakers, value -> 'via' AS via, value ->> 'cue' AS cue,
    value ->> 'content' AS content, value ->> 'direct' AS direct, value ->> 'act' AS act, value -> 'topics' AS topics,
    date, value ->> 'occasion' AS occasion, reports, first_seen, last_seen FROM fact WHERE kind = 'statement';
CREATE VIEW events AS SELECT id, value ->> 'type' AS type, value -> 'participants' AS participants,
    value ->> 'place' AS place, date, value ->> 'status' AS status, value ->> 'mechanism' AS mechanism,
    value ->> 'ordinal' AS ordinal, reports, first_seen, last_seen FROM fact WHERE kind = 'event';
CREATE VIEW instruments AS SELECT id, value ->> 'name' AS name, value ->> 'kind' AS kind,
    reports, first_seen, last_seen FROM fact WHERE kind = 'instrument';
CREATE VIEW rounds AS SELECT id, value ->> 'mechanism' AS mechanism, value ->> 'ordinal' AS ordinal,
    value ->> 'place' AS place, date, reports, first_seen, last_seen FROM fact WHERE kind = 'round';
CREATE VIEW undertakings AS SELECT id, value -> 'actors' AS actors, value ->> 'kind' AS kind,
    value ->> 'content' AS content, reports, first_seen, last_seen FROM fact WHERE kind = 'undertaking';
