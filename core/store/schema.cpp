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

} // namespace

QStringList schemaStep(int version)
{
    QStringList statements;
    if (version == 0) {
        for (const char *sql : first)
            statements.append(QString::fromLatin1(sql));
    }
    return statements;
}

} // namespace Galley
