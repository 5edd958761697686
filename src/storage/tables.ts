import type { Generated } from 'kysely'

/** The tables as the queries see them. `migrations.ts` makes them. Times are milliseconds since 1970; JSON is text. */
export interface Tables {
  conversations: {
    id: string
    channel: 'direct-line' | 'teams' | 'teams-group'
    user_id: string
    user_name: string | null
    locale: string | null
    created_at: number
    /** Number of the newest row. */
    last_seq: number
    /** Time of the newest row; never goes back. */
    last_at: number
    /** How far the bot has read. */
    bot_cursor: number
    holder: 'bot' | 'queue' | 'agent'
    holder_version: number
    /** The bot's own state. */
    state: string
    /** The row that was running when the process died, and how often that happened. */
    died_at_seq: number
    deaths: number
    /** Of several servers the one that runs the next turn. */
    runner: string | null
  }
  log: {
    /** A plain rowid: rows of all conversations in the order of arrival. Of SQLite only. */
    rowid: Generated<number>
    conversation: string
    seq: number
    at: number
    kind: string
    /** Bits: 1 person, 2 agents, 4 bot. */
    audience: number
    target_seq: number | null
    key: string | null
    body: string | null
  }
  visitors: { hash: string; conversation: string; user_id: string; expires_at: number }
  used_tickets: { id: string; expires_at: number }
  timers: { id: string; conversation: string; due_at: number; name: string; value: string }
  cases: {
    id: string
    conversation: string
    symptom: string
    confidence: number | null
    pack_version: string
    opened_at: number
    closed_at: number | null
    outcome: string | null
    /** The incident whose end solved it: then no fix has the credit. */
    incident: string | null
  }
  /** Append-only: all that happened to cases, one row for each happening. `cases` is how they stand. */
  ledger: {
    /** Counts up in the order of writing, and none is given twice. */
    entry: Generated<number>
    at: number
    conversation: string
    case_id: string
    what: 'opened' | 'shown' | 'result' | 'closed' | 'reopened'
    symptom: string
    /** Of `shown` and `result`: the rung, and the device it was for. */
    fix: string | null
    device: string | null
    /** Of `result`: what became of the rung. */
    result: string | null
    /** Of `closed`: the outcome. Of `reopened`: how the case stood before. */
    outcome: string | null
    /** Of `result`: how long the rung took, where that can be told. */
    minutes: number | null
    pack_version: string
  }
  /** Entries of the ledger before which none can still turn up. */
  settled_ledger: Pick<
    Tables['ledger'],
    'entry' | 'case_id' | 'what' | 'symptom' | 'fix' | 'device' | 'result' | 'outcome'
  >
  handoffs: {
    id: string
    conversation: string
    case_id: string | null
    version: number
    /** A TicketState. */
    state: string
    brief: string
    reason: string
    created_at: number
    announced_at: number | null
    /** Who has it, or had it when it ended. */
    agent_id: string | null
    agent_name: string | null
    /** When somebody took it first. */
    claimed_at: number | null
    ended_at: number | null
    /** Where the person can be answered outside the chat. */
    reply_to: string | null
    /** What fixed it, as the agent says: a fix, `other` or `nothing`; and what it was. */
    fixed: string | null
    fixed_words: string | null
    /** Of a place in the line: when the person's page was last known to be open. */
    person_seen_at: number | null
    /** 1 when the person was promised an answer, whether their page is open or not. */
    is_kept: number
    /** A Desk: where the agent works who has it. */
    desk: string | null
    /** Since when this agent has it. */
    held_at: number | null
    /** The person waits for a word of the agent since then. */
    awaited_since: number | null
    /** The brief as it stood when the ticket ended; null while it is open, and of those that ended before 0015. */
    closing_brief: string | null
  }
  /** Agents at their consoles, one row for each who ever had one open. */
  desk_presence: {
    agent: string
    name: string
    state: 'in' | 'away'
    seen_at: number
  }
  /** How satisfied people are with what became of their tickets. */
  ratings: {
    ticket: string
    conversation: string
    /** 1 to 5. */
    score: number
    words: string | null
    at: number
  }
  /** What people typed that the bot had no use for, one row for each time. */
  unmatched: {
    conversation: string
    /** The row of the log that was being answered: the phrase itself, or the "none of these" after it. */
    seq: number
    at: number
    text: string
    why: 'unknown' | 'off_topic' | 'none_of_these'
    /** Ids of the symptoms that were turned down, as JSON. */
    offered: string
    nearest: string | null
    pack_version: string
  }
  /** Causes that many people share, declared by whoever runs the server. */
  incidents: {
    id: string
    /** As the pack calls it. */
    name: string
    /** What is said of it, in the operator's words. */
    text: string
    started_at: number
    /** When it ends by itself. */
    ends_at: number | null
    ended_at: number | null
  }
  /** Conversations that want to hear when an incident is over. */
  incident_waiters: {
    incident: string
    conversation: string
    case_id: string
    asked_at: number
    /** When the log got the row that tells them; written together with it. */
    told_at: number | null
  }
  /** Where each Teams conversation is answered, and how far its log was sent there. */
  teams_addresses: {
    conversation: string
    service_url: string
    tenant: string | null
    /** Teams' own ids of conversation, bot and person, as JSON. */
    reference: string
    /** The sender's cursor. */
    sent_seq: number
    /** When the person last wrote. */
    heard_at: number
    /** Set when Teams takes nothing for this person (403), until they write again. */
    paused_at: number | null
  }
  /** What became of each row that was for Teams. */
  teams_deliveries: {
    conversation: string
    seq: number
    /** Teams' id of the message, if it gave one. */
    activity_id: string | null
    /** How its question went, as the card in Teams shows it; null while it stands there as it was sent. */
    folded: string | null
    result: 'sending' | 'waiting' | 'blocked' | 'sent' | 'refused' | 'unknown'
    /** Attempts of which nobody knows whether they arrived. */
    tries: number
    at: number
  }
  /** The thread of each case in the desk's channel of Teams, with its card. */
  teams_desk_cards: {
    ticket: string
    conversation: string
    /** `gone`: the card was deleted twice. `done`: the case has ended and its card says so. */
    state: 'posting' | 'posted' | 'refused' | 'unknown' | 'gone' | 'done'
    /** Teams' ids of the thread and of its card. */
    thread: string | null
    activity: string | null
    /** Attempts to post the card of which nobody knows whether they arrived. */
    tries: number
    /** How often the card was posted anew, since somebody had deleted it. */
    reposted: number
    /** Hashes of the card as it was shown last. */
    shown: string | null
    /** How far the conversation was posted into the thread. */
    sent_seq: number
    /** The row on its way there, and attempts at it of which nobody knows whether they arrived. */
    line_seq: number
    line_tries: number
  }
  /** What agents did in the channel, by Teams' id of the activity, so that one that is delivered again counts once. */
  teams_desk_heard: {
    id: string
    at: number
    thread: string
    ticket: string | null
    conversation: string | null
    /** Why it did not count, in our words. */
    notice: string | null
    /** When the notice was told; null as long as it is to be posted into the thread. */
    told_at: number | null
  }
  /** People who answer people. None is ever deleted: what they did stays theirs. */
  agents: {
    id: string
    name: string
    /** Of an account with a password: what it signs in with, in lower case. Otherwise what the provider says. */
    email: string | null
    role: 'agent' | 'supervisor' | 'admin'
    /** The hash, with what it cost. */
    password: string | null
    /** The identity provider that vouches for them; empty for an account of this server's own. */
    issuer: string
    /** Who they are to that provider. */
    subject: string | null
    created_at: number
    seen_at: number | null
    disabled_at: number | null
  }
  /** Who is signed in. A session that was ended is gone from here. */
  agent_sessions: {
    /** Of the secret in the cookie. */
    hash: string
    agent: string
    created_at: number
    /** The newest activity that was written down. */
    seen_at: number
  }
  /** Links that let somebody in, once. One that was used or taken back is gone from here. */
  agent_invites: {
    id: string
    /** Of the secret behind the "#". */
    hash: string
    /** `set_up` is the link to the first account, which each start makes anew. */
    kind: 'set_up' | 'invite'
    role: 'agent' | 'supervisor' | 'admin'
    name: string | null
    email: string | null
    expires_at: number
  }
  /** Append-only, chained by hashes (`src/agents/audit.ts`), and triggers refuse anything else. */
  audit: {
    n: number
    at: number
    by_id: string | null
    by_name: string | null
    what: string
    about: string | null
    hash: string
  }
  /** One row: the last line of `audit`. */
  audit_end: { one: number; n: number; hash: string }
  /** Tickets that the help desk behind the webhook was offered, and how far each one's log was sent there. */
  webhook_tickets: {
    ticket: string
    conversation: string
    /** `offering` until the desk has taken `handoff.initiate`; `refused` until it is offered again. */
    state: 'offering' | 'taken' | 'refused' | 'ended'
    /** Counts the offers from 1. */
    offer: number
    /** Rows up to here are in the transcript of the newest offer. */
    begun_seq: number
    /** The cursor: rows up to here are with the desk, or were passed. */
    sent_seq: number
    /** When the newest offer began. */
    offered_at: number
    /** Of a refused ticket: when it is offered again. */
    due_at: number | null
    /** When the person was told that the desk does not take the case just now; once. */
    told_at: number | null
  }
  /** Rows that the desk refused for good, with its HTTP status. They were passed. */
  webhook_refusals: {
    ticket: string
    conversation: string
    seq: number
    status: number
    at: number
  }
  /** What the desk sent and was carried out, so that the same thing sent twice is done once. */
  webhook_receipts: { ticket: string; activity: string; at: number }
  /** What a desk elsewhere has still to hear: its case is no more, since the conversation was erased. */
  farewells: {
    ticket: string
    desk: string
    /** When the conversation was erased, and when the desk is told next. */
    at: number
    due_at: number
    /** Of a card in Teams: where it is. */
    thread: string | null
    activity: string | null
  }
  /** Conversations that were erased, until the last token for one has ended: none of them begins again. */
  forgotten: { id: string; until: number }
  /** Files that people sent: their bytes lie beside the database, under these ids (`src/uploads`). */
  uploads: {
    id: string
    conversation: string
    /** As browsers are told, by what its bytes say. */
    type: string
    bytes: number
    at: number
    expires_at: number
  }
  /** One row: by which this database is told from another one. */
  database_id: { id: string }
  /** Of several servers, who has which duty, and who lives; `until` is by the clock of the database. */
  leases: { name: string; holder: string; until: number }
  migrations: { name: string; applied_at: number }
}
