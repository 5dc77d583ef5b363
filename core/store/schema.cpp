#include "core/store/schema.h"

namespace Galley {

namespace {

/// Times are milliseconds since the epoch in UTC, money is in millionths of a dollar. `request` never changes; `rest` holds whatever is not asked for.
/// `owner`: the store object whose process works on the job. `listed`: still in the queue's list.
const char *const first[] = {
    R"(CREATE TABLE jobs (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        owner TEXT NOT NULL,
        listed INTEGER NOT NULL DEFAULT 1,
        lane TEXT NOT NULL,
        position REAL NOT NULL,
        state TEXT NOT NULL,
        project TEXT NOT NULL,
        template_id TEXT NOT NULL,
        template_name TEXT NOT NULL,
        row INTEGER NOT NULL,
        model TEXT NOT NULL,
        tries INTEGER NOT NULL,
        remote_id TEXT NOT NULL,
        request_digest TEXT NOT NULL,
        reservation INTEGER NOT NULL DEFAULT 0,
        not_before INTEGER,
        created INTEGER,
        ended INTEGER,
        request TEXT NOT NULL,
        rest TEXT NOT NULL))",
    "CREATE INDEX jobs_owner ON jobs (owner) WHERE listed",
    R"(CREATE TABLE job_pictures (
        job INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        use TEXT NOT NULL,
        digest TEXT NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (job, number)) WITHOUT ROWID)",
    R"(CREATE TABLE attempts (
        job INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        started INTEGER,
        model TEXT NOT NULL,
        backend TEXT NOT NULL,
        served TEXT NOT NULL,
        outcome TEXT NOT NULL,
        message TEXT NOT NULL,
        http_status INTEGER NOT NULL,
        requests_sent INTEGER NOT NULL,
        milliseconds REAL NOT NULL,
        PRIMARY KEY (job, number)) WITHOUT ROWID)",
    "CREATE INDEX attempts_model ON attempts (model, outcome, started)",
    R"(CREATE TABLE assets (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        digest TEXT NOT NULL,
        media_type TEXT NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        created INTEGER NOT NULL,
        template_id TEXT NOT NULL,
        template_name TEXT NOT NULL,
        project TEXT NOT NULL,
        row INTEGER NOT NULL,
        requested_model TEXT NOT NULL,
        routed_model TEXT NOT NULL,
        served_model TEXT NOT NULL,
        revision TEXT NOT NULL,
        rule TEXT NOT NULL,
        cohort INTEGER NOT NULL,
        seed INTEGER,
        cost INTEGER,
        rating INTEGER,
        prompt TEXT NOT NULL,
        provenance TEXT NOT NULL,
        job INTEGER REFERENCES jobs (id) ON DELETE SET NULL))",
    "CREATE INDEX assets_digest ON assets (digest)",
    "CREATE INDEX assets_created ON assets (created)",
    "CREATE INDEX assets_served ON assets (served_model, revision)",
    "CREATE INDEX assets_template ON assets (template_id)",
    R"(CREATE TABLE ledger (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        project TEXT NOT NULL,
        day TEXT NOT NULL,
        model TEXT NOT NULL,
        estimate INTEGER NOT NULL,
        actual INTEGER,
        state TEXT NOT NULL CHECK (state IN ('reserved', 'settled', 'released')),
        basis TEXT NOT NULL DEFAULT '',
        job INTEGER REFERENCES jobs (id) ON DELETE SET NULL,
        asset INTEGER REFERENCES assets (id) ON DELETE SET NULL))",
    "CREATE INDEX ledger_day ON ledger (project, day)",
    "CREATE INDEX ledger_job ON ledger (job)",
    "CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
};

/// Routing. `rule` and `policy` (digest of the rules) of a job say which decision it comes from; `shadow_of`: the job that it is only compared with.
/// `since_job` of a canary: jobs after this one count, so that a clock that was set back hides nothing. `picks`: of two pictures, the one that a
/// person chose. Revisions and canary events are only ever added.
const char *const second[] = {
    "ALTER TABLE jobs ADD COLUMN rule TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE jobs ADD COLUMN policy TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE jobs ADD COLUMN shadow_of INTEGER NOT NULL DEFAULT 0",
    "UPDATE jobs SET rule = coalesce(json_extract(rest, '$.decision.rule'), '') WHERE json_valid(rest)",
    "CREATE INDEX jobs_rule ON jobs (rule, id)",
    "CREATE INDEX jobs_policy ON jobs (policy)",
    "CREATE INDEX jobs_digest ON jobs (request_digest)",
    "ALTER TABLE assets ADD COLUMN shadow INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE assets ADD COLUMN mark TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX assets_mark ON assets (mark) WHERE mark <> ''",
    "CREATE INDEX assets_job ON assets (job)",
    "CREATE INDEX attempts_started ON attempts (started)",
    "CREATE INDEX ledger_of_day ON ledger (day)",
    R"(CREATE TABLE route_revisions (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        digest TEXT NOT NULL,
        at INTEGER NOT NULL,
        author TEXT NOT NULL,
        note TEXT NOT NULL,
        origin TEXT NOT NULL,
        put_back INTEGER NOT NULL DEFAULT 0))",
    R"(CREATE TABLE canary_states (
        rule TEXT PRIMARY KEY,
        candidate TEXT NOT NULL,
        phase TEXT NOT NULL,
        step INTEGER NOT NULL,
        state TEXT NOT NULL,
        since_job INTEGER NOT NULL,
        serial INTEGER NOT NULL) WITHOUT ROWID)",
    R"(CREATE TABLE canary_events (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        rule TEXT NOT NULL,
        candidate TEXT NOT NULL,
        phase TEXT NOT NULL,
        step INTEGER NOT NULL,
        author TEXT NOT NULL,
        revision INTEGER NOT NULL,
        sentence TEXT NOT NULL,
        report TEXT NOT NULL))",
    R"(CREATE TABLE scores (
        asset INTEGER NOT NULL REFERENCES assets (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        value REAL NOT NULL,
        PRIMARY KEY (asset, name)) WITHOUT ROWID)",
    R"(CREATE TABLE picks (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        chosen INTEGER NOT NULL REFERENCES assets (id) ON DELETE CASCADE,
        left_out INTEGER NOT NULL REFERENCES assets (id) ON DELETE CASCADE))",
    "CREATE INDEX picks_chosen ON picks (chosen)",
    "CREATE INDEX picks_left_out ON picks (left_out)",
};

/// The library. `model`: what made it, as far as anybody knows. `tags`: a JSON array, from which triggers keep `asset_tags`; `asset_text` finds words
/// in the columns of `assets` that it is named after. `asset_changes` says what has changed since a serial, in this process or another one: 'picture',
/// 'search', 'comparison', each picture once (by DELETE and INSERT: an
/// upsert outside would overrule a conflict clause in a trigger). Queries read `assets_shown` alone (INDEXED BY): rows are wide, and it holds whatever they filter by.
const char *const third[] = {
    "ALTER TABLE assets ADD COLUMN model TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE assets ADD COLUMN pick INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE assets ADD COLUMN note TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE assets ADD COLUMN tags TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE assets ADD COLUMN deleted INTEGER",
    "ALTER TABLE assets ADD COLUMN damaged INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE scores ADD COLUMN detail TEXT NOT NULL DEFAULT '{}'",
    "UPDATE assets SET model = CASE WHEN served_model <> '' THEN served_model ELSE routed_model END",
    "CREATE INDEX assets_shown ON assets (shadow, deleted, created, id, model, revision, template_id, template_name, project, rule, cohort, rating, pick, cost, mark, "
    "damaged)",
    "CREATE INDEX scores_name ON scores (name, value)",
    "CREATE INDEX ledger_asset ON ledger (asset)",
    R"(CREATE TABLE asset_tags (
        asset INTEGER NOT NULL REFERENCES assets (id) ON DELETE CASCADE,
        tag TEXT NOT NULL,
        PRIMARY KEY (asset, tag)) WITHOUT ROWID)",
    "CREATE INDEX asset_tags_tag ON asset_tags (tag)",
    R"(CREATE TRIGGER assets_tagged AFTER UPDATE OF tags ON assets WHEN old.tags IS NOT new.tags BEGIN
        DELETE FROM asset_tags WHERE asset = new.id;
        INSERT INTO asset_tags SELECT DISTINCT new.id, value FROM json_each(new.tags);
    END)",
    R"(CREATE TRIGGER assets_added_tagged AFTER INSERT ON assets WHEN new.tags <> '[]' BEGIN
        INSERT INTO asset_tags SELECT DISTINCT new.id, value FROM json_each(new.tags);
    END)",
    R"(CREATE VIRTUAL TABLE asset_text USING fts5(prompt, template_name, tags, note, content = 'assets', content_rowid = 'id',
        tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'))",
    "INSERT INTO asset_text (asset_text) VALUES ('rebuild')",
    R"(CREATE TRIGGER assets_text_added AFTER INSERT ON assets BEGIN
        INSERT INTO asset_text (rowid, prompt, template_name, tags, note) VALUES (new.id, new.prompt, new.template_name, new.tags, new.note);
    END)",
    R"(CREATE TRIGGER assets_text_gone AFTER DELETE ON assets BEGIN
        INSERT INTO asset_text (asset_text, rowid, prompt, template_name, tags, note)
            VALUES ('delete', old.id, old.prompt, old.template_name, old.tags, old.note);
    END)",
    R"(CREATE TRIGGER assets_text_changed AFTER UPDATE OF prompt, template_name, tags, note ON assets
        WHEN old.prompt IS NOT new.prompt OR old.template_name IS NOT new.template_name OR old.tags IS NOT new.tags OR old.note IS NOT new.note BEGIN
        INSERT INTO asset_text (asset_text, rowid, prompt, template_name, tags, note)
            VALUES ('delete', old.id, old.prompt, old.template_name, old.tags, old.note);
        INSERT INTO asset_text (rowid, prompt, template_name, tags, note) VALUES (new.id, new.prompt, new.template_name, new.tags, new.note);
    END)",
    R"(CREATE TABLE thumbnails (
        asset INTEGER PRIMARY KEY REFERENCES assets (id) ON DELETE CASCADE,
        format TEXT NOT NULL,
        problem TEXT NOT NULL,
        bytes BLOB NOT NULL))",
    "CREATE INDEX thumbnails_asset ON thumbnails (asset)",
    "CREATE TABLE saved_searches (name TEXT PRIMARY KEY, query TEXT NOT NULL) WITHOUT ROWID",
    R"(CREATE TABLE comparisons (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        created INTEGER NOT NULL,
        view TEXT NOT NULL))",
    R"(CREATE TABLE comparison_pictures (
        comparison INTEGER NOT NULL REFERENCES comparisons (id) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        asset INTEGER NOT NULL REFERENCES assets (id) ON DELETE CASCADE,
        PRIMARY KEY (comparison, place)) WITHOUT ROWID)",
    "CREATE INDEX comparison_pictures_asset ON comparison_pictures (asset)",
    R"(CREATE TABLE asset_changes (
        serial INTEGER PRIMARY KEY AUTOINCREMENT,
        what TEXT NOT NULL,
        asset INTEGER NOT NULL,
        UNIQUE (what, asset)))",
    R"(CREATE TRIGGER assets_added AFTER INSERT ON assets BEGIN
        DELETE FROM asset_changes WHERE what = 'picture' AND asset = new.id;
        INSERT INTO asset_changes (what, asset) VALUES ('picture', new.id);
    END)",
    R"(CREATE TRIGGER assets_changed AFTER UPDATE ON assets BEGIN
        DELETE FROM asset_changes WHERE what = 'picture' AND asset = new.id;
        INSERT INTO asset_changes (what, asset) VALUES ('picture', new.id);
    END)",
    R"(CREATE TRIGGER assets_gone AFTER DELETE ON assets BEGIN
        DELETE FROM asset_changes WHERE what = 'picture' AND asset = old.id;
        INSERT INTO asset_changes (what, asset) VALUES ('picture', old.id);
    END)",
    R"(CREATE TRIGGER scores_added AFTER INSERT ON scores BEGIN
        DELETE FROM asset_changes WHERE what = 'picture' AND asset = new.asset;
        INSERT INTO asset_changes (what, asset) VALUES ('picture', new.asset);
    END)",
    R"(CREATE TRIGGER searches_added AFTER INSERT ON saved_searches BEGIN
        DELETE FROM asset_changes WHERE what = 'search' AND asset = 0;
        INSERT INTO asset_changes (what, asset) VALUES ('search', 0);
    END)",
    R"(CREATE TRIGGER searches_gone AFTER DELETE ON saved_searches BEGIN
        DELETE FROM asset_changes WHERE what = 'search' AND asset = 0;
        INSERT INTO asset_changes (what, asset) VALUES ('search', 0);
    END)",
    R"(CREATE TRIGGER comparisons_added AFTER INSERT ON comparisons BEGIN
        DELETE FROM asset_changes WHERE what = 'comparison' AND asset = 0;
        INSERT INTO asset_changes (what, asset) VALUES ('comparison', 0);
    END)",
    R"(CREATE TRIGGER comparisons_changed AFTER UPDATE ON comparisons BEGIN
        DELETE FROM asset_changes WHERE what = 'comparison' AND asset = 0;
        INSERT INTO asset_changes (what, asset) VALUES ('comparison', 0);
    END)",
    R"(CREATE TRIGGER comparisons_gone AFTER DELETE ON comparisons BEGIN
        DELETE FROM asset_changes WHERE what = 'comparison' AND asset = 0;
        INSERT INTO asset_changes (what, asset) VALUES ('comparison', 0);
    END)",
};

template<std::size_t count>
QStringList statementsOf(const char *const (&sql)[count])
{
    QStringList statements;
    for (const char *statement : sql)
        statements.append(QString::fromLatin1(statement));
    return statements;
}

} // namespace

QStringList schemaStep(int version)
{
    switch (version) {
    case 0: return statementsOf(first);
    case 1: return statementsOf(second);
    case 2: return statementsOf(third);
    default: return {};
    }
}

} // namespace Galley
