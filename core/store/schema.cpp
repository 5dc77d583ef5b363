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
    default: return {};
    }
}

} // namespace Galley
