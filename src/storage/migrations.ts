export type Engine = 'sqlite' | 'postgres'

/** One step: the same for both engines, or as each has it, if it needs it. */
type Step = string | { readonly [E in Engine]?: string }

export interface Migration {
  readonly name: string
  readonly statements: readonly Step[]
}

/** The steps of a migration as this engine takes them. Texts sort and compare by their bytes in both. */
export function stepsFor(engine: Engine, { statements }: Migration): readonly string[] {
  const steps = statements.flatMap((step) => {
    const sql = typeof step === 'string' ? step : step[engine]
    return sql === undefined ? [] : [sql]
  })
  if (engine === 'sqlite') return steps
  return steps.map((sql) =>
    sql.replaceAll(/\bTEXT\b/g, 'TEXT COLLATE "C"').replaceAll(/\bINTEGER\b/g, 'BIGINT'),
  )
}

/** Forward only: a migration that ran anywhere is never changed; a new one is added below. Each runs in its own transaction. */
export const migrations: readonly Migration[] = [
  {
    name: '0001-the-log',
    statements: [
      `CREATE TABLE conversations (
        id TEXT PRIMARY KEY, channel TEXT NOT NULL, user_id TEXT NOT NULL, user_name TEXT, locale TEXT,
        created_at BIGINT NOT NULL, last_seq BIGINT NOT NULL, last_at BIGINT NOT NULL, bot_cursor BIGINT NOT NULL,
        holder TEXT NOT NULL, holder_version BIGINT NOT NULL, state TEXT NOT NULL,
        died_at_seq BIGINT NOT NULL, deaths BIGINT NOT NULL)`,
      // A partial index: only conversations that wait for the bot are in it, so finding them is cheap.
      `CREATE INDEX conversations_behind ON conversations (id) WHERE bot_cursor < last_seq`,
      // A rowid table on purpose: a WITHOUT ROWID table left traces of erased words in its index pages.
      `CREATE TABLE log (
        conversation TEXT NOT NULL, seq BIGINT NOT NULL, at BIGINT NOT NULL, kind TEXT NOT NULL,
        audience BIGINT NOT NULL, target_seq BIGINT, key TEXT, body TEXT)`,
      `CREATE UNIQUE INDEX log_by_seq ON log (conversation, seq)`,
      `CREATE UNIQUE INDEX log_by_key ON log (conversation, key) WHERE key IS NOT NULL`,
      `CREATE TABLE visitors (
        hash TEXT PRIMARY KEY, conversation TEXT NOT NULL, user_id TEXT NOT NULL, expires_at BIGINT NOT NULL)`,
      `CREATE INDEX visitors_expiry ON visitors (expires_at)`,
      `CREATE TABLE used_tickets (id TEXT PRIMARY KEY, expires_at BIGINT NOT NULL)`,
      `CREATE TABLE timers (
        id TEXT PRIMARY KEY, conversation TEXT NOT NULL, due_at BIGINT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL)`,
      `CREATE INDEX timers_due ON timers (due_at)`,
      `CREATE TABLE cases (
        id TEXT PRIMARY KEY, conversation TEXT NOT NULL, symptom TEXT NOT NULL, confidence DOUBLE PRECISION,
        pack_version TEXT NOT NULL, opened_at BIGINT NOT NULL, closed_at BIGINT, outcome TEXT)`,
      `CREATE INDEX cases_of ON cases (conversation)`,
      `CREATE TABLE rung_results (
        case_id TEXT NOT NULL, conversation TEXT NOT NULL, symptom TEXT NOT NULL, fix TEXT NOT NULL,
        device TEXT, result TEXT NOT NULL, pack_version TEXT NOT NULL, at BIGINT NOT NULL)`,
      `CREATE INDEX rung_results_of ON rung_results (symptom, fix)`,
      `CREATE TABLE handoffs (
        id TEXT PRIMARY KEY, conversation TEXT NOT NULL, case_id TEXT, version BIGINT NOT NULL, state TEXT NOT NULL,
        brief TEXT NOT NULL, reason TEXT NOT NULL, created_at BIGINT NOT NULL, announced_at BIGINT)`,
      `CREATE INDEX handoffs_newest ON handoffs (created_at)`,
    ],
  },
  {
    name: '0002-teams',
    statements: [
      `CREATE TABLE teams_addresses (
        conversation TEXT PRIMARY KEY, service_url TEXT NOT NULL, tenant TEXT, reference TEXT NOT NULL,
        sent_seq BIGINT NOT NULL, heard_at BIGINT NOT NULL, paused_at BIGINT)`,
      `CREATE TABLE teams_deliveries (
        conversation TEXT NOT NULL, seq BIGINT NOT NULL, activity_id TEXT, result TEXT NOT NULL,
        tries BIGINT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (conversation, seq))`,
    ],
  },
  {
    name: '0003-unmatched',
    statements: [
      `CREATE TABLE unmatched (
        conversation TEXT NOT NULL, seq BIGINT NOT NULL, at BIGINT NOT NULL, text TEXT NOT NULL, why TEXT NOT NULL,
        offered TEXT NOT NULL, nearest TEXT, pack_version TEXT NOT NULL)`,
      // Neither holds a person's words: whoever erases them has the table alone to think of.
      `CREATE INDEX unmatched_of ON unmatched (conversation)`,
      `CREATE INDEX unmatched_age ON unmatched (at)`,
    ],
  },
  {
    name: '0004-the-ledger',
    statements: [
      // Readers keep the number up to which they counted, so none may be given again after rows were erased.
      {
        sqlite: ledgerTable('entry INTEGER PRIMARY KEY AUTOINCREMENT'),
        postgres: ledgerTable('entry BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY'),
      },
      // What was written down so far, in the order in which it happened. Rungs were not noted when they were shown.
      `INSERT INTO ledger (at, conversation, case_id, what, symptom, fix, device, result, outcome, pack_version)
        SELECT at, conversation, case_id, what, symptom, fix, device, result, outcome, pack_version FROM (
          SELECT opened_at AS at, 1 AS place, conversation, id AS case_id, 'opened' AS what, symptom, NULL AS fix,
            NULL AS device, NULL AS result, NULL AS outcome, pack_version FROM cases
          UNION ALL SELECT at, 2, conversation, case_id, 'result', symptom, fix, device, result, NULL, pack_version
            FROM rung_results
          UNION ALL SELECT closed_at, 3, conversation, id, 'closed', symptom, NULL, NULL, NULL, outcome, pack_version
            FROM cases WHERE outcome IS NOT NULL
        ) AS happened ORDER BY at, place`,
      `DROP TABLE rung_results`,
      `CREATE INDEX ledger_of_case ON ledger (case_id)`,
      `CREATE INDEX ledger_of ON ledger (conversation)`,
      // A partial index: only open cases are in it, so finding those that fell silent is cheap.
      `CREATE INDEX cases_open ON cases (opened_at) WHERE outcome IS NULL`,
    ],
  },
  {
    name: '0005-incidents',
    statements: [
      `CREATE TABLE incidents (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, text TEXT NOT NULL, started_at BIGINT NOT NULL,
        ends_at BIGINT, ended_at BIGINT)`,
      // Of each name one runs at a time, whoever starts it.
      `CREATE UNIQUE INDEX incidents_running ON incidents (name) WHERE ended_at IS NULL`,
      `CREATE TABLE incident_waiters (
        incident TEXT NOT NULL, conversation TEXT NOT NULL, case_id TEXT NOT NULL, asked_at BIGINT NOT NULL,
        told_at BIGINT, PRIMARY KEY (incident, conversation))`,
      `CREATE INDEX incident_waiters_untold ON incident_waiters (incident) WHERE told_at IS NULL`,
      `CREATE INDEX incident_waiters_of ON incident_waiters (conversation)`,
      `ALTER TABLE cases ADD COLUMN incident TEXT`,
    ],
  },
  {
    name: '0006-tickets',
    statements: [
      `ALTER TABLE handoffs ADD COLUMN agent_id TEXT`,
      `ALTER TABLE handoffs ADD COLUMN agent_name TEXT`,
      `ALTER TABLE handoffs ADD COLUMN claimed_at BIGINT`,
      `ALTER TABLE handoffs ADD COLUMN ended_at BIGINT`,
      `UPDATE handoffs SET state = 'returned', ended_at = created_at WHERE state = 'closed'`,
      `UPDATE handoffs SET state = 'held', agent_id = 'desk', agent_name = 'A colleague', claimed_at = created_at
        WHERE state = 'open'`,
      `UPDATE handoffs SET state = 'queued' WHERE state = 'waiting'`,
      // A conversation has one open ticket; of several that an earlier version left, the newest stays.
      `UPDATE handoffs SET state = 'returned', ended_at = created_at WHERE state IN ('queued', 'held') AND EXISTS (
        SELECT 1 FROM handoffs AS newer WHERE newer.conversation = handoffs.conversation
          AND newer.state IN ('queued', 'held')
          AND (newer.created_at > handoffs.created_at
            OR (newer.created_at = handoffs.created_at AND newer.id > handoffs.id)))`,
      `CREATE UNIQUE INDEX handoffs_open ON handoffs (conversation) WHERE state IN ('queued', 'held')`,
      // The line is read every second.
      `CREATE INDEX handoffs_in_line ON handoffs (state, created_at)`,
      `CREATE INDEX handoffs_claimed ON handoffs (claimed_at) WHERE claimed_at IS NOT NULL`,
    ],
  },
  {
    name: '0007-ratings',
    statements: [
      `CREATE TABLE ratings (
        ticket TEXT PRIMARY KEY, conversation TEXT NOT NULL, score BIGINT NOT NULL, words TEXT, at BIGINT NOT NULL)`,
      `CREATE INDEX ratings_of ON ratings (conversation)`,
    ],
  },
  {
    name: '0008-reply-address',
    statements: [`ALTER TABLE handoffs ADD COLUMN reply_to TEXT`],
  },
  {
    name: '0009-agents',
    statements: [
      `CREATE TABLE agents (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT, role TEXT NOT NULL, password TEXT,
        issuer TEXT NOT NULL, subject TEXT, created_at BIGINT NOT NULL, seen_at BIGINT, disabled_at BIGINT)`,
      // An address signs one account in; what an identity provider says of an address proves nothing.
      `CREATE UNIQUE INDEX agents_by_email ON agents (email) WHERE password IS NOT NULL`,
      `CREATE UNIQUE INDEX agents_by_subject ON agents (issuer, subject) WHERE subject IS NOT NULL`,
      `CREATE TABLE agent_sessions (
        hash TEXT PRIMARY KEY, agent TEXT NOT NULL, created_at BIGINT NOT NULL, seen_at BIGINT NOT NULL)`,
      `CREATE INDEX agent_sessions_of ON agent_sessions (agent)`,
      `CREATE INDEX agent_sessions_age ON agent_sessions (created_at)`,
      `CREATE TABLE agent_invites (
        id TEXT PRIMARY KEY, hash TEXT NOT NULL, kind TEXT NOT NULL, role TEXT NOT NULL, name TEXT, email TEXT,
        expires_at BIGINT NOT NULL)`,
      `CREATE UNIQUE INDEX agent_invites_by_hash ON agent_invites (hash)`,
      `CREATE TABLE audit (
        n INTEGER PRIMARY KEY, at BIGINT NOT NULL, by_id TEXT, by_name TEXT, what TEXT NOT NULL, about TEXT,
        hash TEXT NOT NULL)`,
      // The end of the chain, so that lines that were cut off at the end are missed too.
      `CREATE TABLE audit_end (one BIGINT PRIMARY KEY, n BIGINT NOT NULL, hash TEXT NOT NULL)`,
      {
        sqlite: `CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END`,
        postgres: `CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'The audit log is append-only.'; END $$`,
      },
      {
        sqlite: `CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END`,
        postgres: `CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
        FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()`,
      },
    ],
  },
  {
    name: '0010-presence',
    statements: [
      `ALTER TABLE handoffs ADD COLUMN person_seen_at BIGINT`,
      `ALTER TABLE handoffs ADD COLUMN is_kept BIGINT NOT NULL DEFAULT 0`,
      `ALTER TABLE handoffs ADD COLUMN desk TEXT`,
      `ALTER TABLE handoffs ADD COLUMN held_at BIGINT`,
      `ALTER TABLE handoffs ADD COLUMN awaited_since BIGINT`,
      // Whoever waits already was told that the page may be closed.
      `UPDATE handoffs SET is_kept = 1 WHERE state IN ('queued', 'held')`,
      `CREATE TABLE desk_presence (
        agent TEXT PRIMARY KEY, name TEXT NOT NULL, state TEXT NOT NULL, seen_at BIGINT NOT NULL)`,
    ],
  },
  {
    name: '0011-what-fixed-it',
    statements: [
      `ALTER TABLE handoffs ADD COLUMN fixed TEXT`,
      `ALTER TABLE handoffs ADD COLUMN fixed_words TEXT`,
    ],
  },
  {
    name: '0012-webhook-desk',
    statements: [
      `CREATE TABLE webhook_tickets (
        ticket TEXT PRIMARY KEY, conversation TEXT NOT NULL, state TEXT NOT NULL, offer BIGINT NOT NULL,
        begun_seq BIGINT NOT NULL, sent_seq BIGINT NOT NULL, offered_at BIGINT NOT NULL, due_at BIGINT, told_at BIGINT)`,
      `CREATE INDEX webhook_tickets_of ON webhook_tickets (conversation)`,
      // A partial index: only tickets that the desk may still hear of are in it.
      `CREATE INDEX webhook_tickets_open ON webhook_tickets (ticket) WHERE state <> 'ended'`,
      `CREATE TABLE webhook_refusals (
        ticket TEXT NOT NULL, conversation TEXT NOT NULL, seq BIGINT NOT NULL, status BIGINT NOT NULL, at BIGINT NOT NULL,
        PRIMARY KEY (ticket, seq))`,
      `CREATE TABLE webhook_receipts (
        ticket TEXT NOT NULL, activity TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (ticket, activity))`,
    ],
  },
  {
    name: '0013-teams-desk',
    statements: [
      `CREATE TABLE teams_desk_cards (
        ticket TEXT PRIMARY KEY, conversation TEXT NOT NULL, state TEXT NOT NULL, thread TEXT, activity TEXT,
        tries BIGINT NOT NULL, reposted BIGINT NOT NULL, shown TEXT, sent_seq BIGINT NOT NULL,
        line_seq BIGINT NOT NULL, line_tries BIGINT NOT NULL)`,
      `CREATE INDEX teams_desk_cards_by_thread ON teams_desk_cards (thread) WHERE thread IS NOT NULL`,
      `CREATE INDEX teams_desk_cards_of ON teams_desk_cards (conversation)`,
      // Partial indexes: only what is still to be done is in them, and they are looked through every second.
      `CREATE INDEX teams_desk_cards_open ON teams_desk_cards (ticket) WHERE state IN ('posting', 'posted')`,
      `CREATE TABLE teams_desk_heard (
        id TEXT PRIMARY KEY, at BIGINT NOT NULL, thread TEXT NOT NULL, ticket TEXT, conversation TEXT,
        notice TEXT, told_at BIGINT)`,
      `CREATE INDEX teams_desk_heard_untold ON teams_desk_heard (at) WHERE told_at IS NULL`,
      `CREATE INDEX teams_desk_heard_age ON teams_desk_heard (at)`,
      `CREATE INDEX teams_desk_heard_of ON teams_desk_heard (conversation) WHERE conversation IS NOT NULL`,
    ],
  },
  {
    name: '0014-ended-tickets',
    // The console reads every second which ended lately.
    statements: [`CREATE INDEX handoffs_ended ON handoffs (ended_at) WHERE ended_at IS NOT NULL`],
  },
  {
    name: '0015-closing-brief',
    statements: [`ALTER TABLE handoffs ADD COLUMN closing_brief TEXT`],
  },
  {
    name: '0016-forgotten',
    statements: [
      `CREATE TABLE forgotten (id TEXT PRIMARY KEY, until BIGINT NOT NULL)`,
      // Whoever asks for a token again and again has a row for each; erasing finds them by this.
      `CREATE INDEX visitors_of ON visitors (conversation)`,
      `CREATE INDEX timers_of ON timers (conversation)`,
      `CREATE INDEX handoffs_of ON handoffs (conversation)`,
      `CREATE INDEX webhook_refusals_of ON webhook_refusals (conversation)`,
    ],
  },
  {
    name: '0017-farewells',
    statements: [
      `CREATE TABLE farewells (
        ticket TEXT NOT NULL, desk TEXT NOT NULL, at BIGINT NOT NULL, due_at BIGINT NOT NULL, thread TEXT, activity TEXT,
        PRIMARY KEY (ticket, desk))`,
    ],
  },
  {
    name: '0018-uploads',
    statements: [
      `CREATE TABLE uploads (
        id TEXT PRIMARY KEY, conversation TEXT NOT NULL, type TEXT NOT NULL, bytes BIGINT NOT NULL,
        at BIGINT NOT NULL, expires_at BIGINT NOT NULL)`,
      `CREATE INDEX uploads_of ON uploads (conversation)`,
      `CREATE INDEX uploads_expiry ON uploads (expires_at)`,
    ],
  },
  {
    name: '0019-teams-folded-cards',
    statements: [`ALTER TABLE teams_deliveries ADD COLUMN folded TEXT`],
  },
  {
    name: '0020-personal-chats',
    // A partial index: what is said in a group goes on in the personal chat of whoever said it.
    statements: [
      `CREATE INDEX conversations_in_teams ON conversations (user_id) WHERE channel = 'teams'`,
    ],
  },
  {
    name: '0021-several-servers',
    statements: [
      // Who runs the next turn; only where several share the work.
      `ALTER TABLE conversations ADD COLUMN runner TEXT`,
      {
        // It survives a crash of the database: whoever has the duty then has it on.
        postgres: `CREATE TABLE leases (name TEXT PRIMARY KEY, holder TEXT NOT NULL, until BIGINT NOT NULL)`,
      },
      // Entries are numbered as they are written and seen once their transaction has ended, which on PostgreSQL is
      // another order: only those are settled before which none can still turn up. (One that is seen with a number from
      // the future was restored from another database.)
      { postgres: `ALTER TABLE ledger ADD COLUMN xact xid8 NOT NULL DEFAULT pg_current_xact_id()` },
      {
        sqlite: `CREATE VIEW settled_ledger AS SELECT * FROM ledger`,
        postgres: `CREATE VIEW settled_ledger AS
          SELECT * FROM ledger WHERE xact < pg_snapshot_xmin(pg_current_snapshot())
            OR xact >= pg_snapshot_xmax(pg_current_snapshot())`,
      },
    ],
  },
  {
    name: '0022-database-id',
    // One row, by which a folder of files knows whose it is.
    statements: [`CREATE TABLE database_id (id TEXT PRIMARY KEY)`],
  },
]

function ledgerTable(entry: string): string {
  return `CREATE TABLE ledger (
        ${entry}, at BIGINT NOT NULL, conversation TEXT NOT NULL, case_id TEXT NOT NULL,
        what TEXT NOT NULL, symptom TEXT NOT NULL, fix TEXT, device TEXT, result TEXT, outcome TEXT,
        minutes DOUBLE PRECISION, pack_version TEXT NOT NULL)`
}
