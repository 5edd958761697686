/** What the server tells the console and takes from it, as both sides agreed. Times are milliseconds since 1970. */

export type Role = 'agent' | 'supervisor' | 'admin'

export interface Agent {
  readonly id: string
  readonly name: string
  readonly role: Role
}

export type SignIn =
  | { readonly kind: 'password' }
  | { readonly kind: 'oidc'; readonly name: string; readonly url: string }

export type TicketState =
  'queued' | 'held' | 'returned' | 'closed' | 'cancelled' | 'helped' | 'abandoned'

export type RungResult =
  | 'helped'
  | 'no_help'
  | 'partly'
  | 'already_tried'
  | 'parked'
  | 'cannot'
  | 'skipped'
  | 'found'
  | 'declined'

/** One case as the queue shows it. */
export interface CaseLine {
  readonly id: string
  readonly version: number
  readonly state: TicketState
  readonly person: string
  readonly channel: 'direct-line' | 'teams'
  readonly symptom?: {
    readonly id: string
    readonly title: string
    readonly short: string
    readonly confidence?: number
  }
  /** Part of a sentence: "asked for a person". */
  readonly reason: string
  readonly device?: string
  readonly lastWords?: string
  readonly createdAt: number
  readonly claimedAt?: number
  readonly endedAt?: number
  readonly agent?: { readonly id: string; readonly name: string }
  /** The person has said something since then that no agent answered. */
  readonly awaitedSince?: number
  /** E-mail or telephone number to answer to outside the chat. */
  readonly replyTo?: string
  /** Web: the person's page is open. */
  readonly isHere?: boolean
  readonly viewers: readonly { readonly id: string; readonly name: string }[]
}

export interface Rung {
  readonly fix: string
  readonly title: string
  readonly result?: RungResult
  readonly resultText: string
  readonly minutes?: number
}

export interface NextFix {
  readonly fix: string
  readonly title: string
  readonly chance: number
  readonly minutes: number
  readonly why: string
  readonly loses?: string
}

export interface Ladder {
  readonly symptom: { readonly id: string; readonly title: string }
  readonly rungs: readonly Rung[]
  readonly next: readonly NextFix[]
  readonly ruledOut: readonly {
    readonly fix: string
    readonly title: string
    readonly why: string
  }[]
}

export interface Brief {
  readonly symptom?: { readonly id: string; readonly title: string; readonly confidence?: number }
  readonly alternatives: readonly {
    readonly id: string
    readonly title: string
    readonly confidence: number
  }[]
  /** "iPhone with iOS 18" */
  readonly device?: string
  readonly system?: string
  /** The systems that the pack tells apart on this device. */
  readonly systems?: readonly { readonly label: string; readonly system: string }[]
  readonly role?: string
  readonly scope?: string
  readonly added?: string
  readonly lastWords?: string
  /** "a picture and 2 recordings" */
  readonly sent?: string
}

export interface PastCase {
  readonly id: string
  readonly createdAt: number
  readonly endedAt?: number
  readonly state: TicketState
  readonly symptom?: string
}

export interface Incident {
  readonly title: string
  readonly text: string
  readonly since: number
}

/** Everything about the case that is being looked at. */
export interface CaseDetail {
  readonly line: CaseLine
  readonly brief: Brief
  readonly ladder?: Ladder
  readonly incidents: readonly Incident[]
  readonly history: readonly PastCase[]
}

/** One line of a conversation. */
export interface Line {
  readonly seq: number
  readonly at: number
  readonly from: 'person' | 'bot' | 'agent' | 'system' | 'note'
  readonly name?: string
  readonly text: string
  /** The key under which this console sent it, when the server tells. */
  readonly key?: string
  readonly rung?: {
    readonly fix: string
    readonly title: string
    readonly number: number
    readonly minutes: number
    readonly steps: readonly string[]
    readonly question: string
  }
  readonly buttons?: readonly string[]
  readonly isPress?: boolean
  readonly files?: readonly {
    readonly type: string
    readonly name: string
    readonly bytes: number
    /** Where it is, for some hours; absent when it is not kept any more. */
    readonly url?: string
  }[]
}

export interface Canned {
  readonly id: string
  readonly title: string
  readonly text: string
}

export interface Symptom {
  readonly id: string
  readonly title: string
}

export interface Colleague {
  readonly id: string
  readonly name: string
  readonly state: Presence
  readonly holds: number
}

export type Presence = 'in' | 'away'

export type ServerMessage =
  | {
      readonly type: 'hello'
      readonly now: number
      readonly agent: Agent
      readonly desk: { readonly isOpen?: boolean; readonly opensAt?: number }
      readonly pack: { readonly title: string; readonly version: string }
      readonly canned: readonly Canned[]
      readonly symptoms: readonly Symptom[]
    }
  | {
      readonly type: 'queue'
      readonly reset?: true
      readonly cases: readonly CaseLine[]
      readonly gone: readonly string[]
    }
  | { readonly type: 'colleagues'; readonly list: readonly Colleague[] }
  | { readonly type: 'case'; readonly detail: CaseDetail }
  | { readonly type: 'rows'; readonly id: string; readonly rows: readonly Line[] }
  | {
      readonly type: 'typing'
      readonly id: string
      readonly who: 'person' | 'agent'
      readonly name?: string
    }
  /** That the connection lives. */
  | { readonly type: 'beat' }
  /** The watched case is not there, or not for us. */
  | { readonly type: 'refused'; readonly id: string; readonly message: string }
  | { readonly type: 'signed_out'; readonly reason: SignedOutReason }

export type SignedOutReason = 'idle' | 'expired' | 'revoked'

export type ConsoleMessage =
  | { readonly type: 'watch'; readonly id: string; readonly after: number }
  | { readonly type: 'unwatch' }
  | { readonly type: 'typing'; readonly id: string }
  | { readonly type: 'state'; readonly state: Presence }
  | { readonly type: 'active' }

export type Command =
  | 'claim'
  | 'answer'
  | 'note'
  | 'fix'
  | 'mark'
  | 'symptom'
  | 'facts'
  | 'transfer'
  | 'release'
  | 'return'
  | 'close'

/** What an agent may note of the person's words; those left out stay as they are. */
export interface NotedFacts {
  readonly device?: 'iphone' | 'ipad' | 'ipod' | 'mac' | 'windows' | 'apple-tv' | 'other'
  /** Major version, or "unknown". */
  readonly system?: string
  readonly role?: 'owner' | 'member'
  readonly scope?: 'me' | 'everyone'
}

/** What the administration pages read. */
export interface Account {
  readonly id: string
  readonly name: string
  readonly email?: string
  readonly role: Role
  readonly isDisabled: boolean
  readonly lastSeenAt?: number
}

export interface Invite {
  readonly id: string
  readonly role: Role
  readonly name?: string
  readonly email?: string
  readonly expiresAt: number
}

export type AuditWhat =
  | 'sign_in'
  | 'sign_in_failed'
  | 'sign_out'
  | 'sessions_ended'
  | 'agent_added'
  | 'agent_changed'
  | 'agent_disabled'
  | 'agent_enabled'
  | 'password_changed'
  | 'invite_made'
  | 'invite_used'
  | 'invite_revoked'
  | 'transcript_read'
  | 'case_claimed'
  | 'case_transferred'
  | 'case_closed'
  | 'case_returned'
  | 'case_released'
  | 'desk_refused'
  | 'person_erased'

/** What somebody said of their case after it was closed. */
export interface Rating {
  readonly case: string
  readonly person: string
  /** 1 to 5. */
  readonly score: number
  readonly words?: string
  readonly agent?: { readonly id: string; readonly name: string }
  readonly at: number
}

export interface Ratings {
  /** The newest first. */
  readonly ratings: readonly Rating[]
  /** Of the last 30 days. */
  readonly month: { readonly count: number; readonly average?: number }
}

export interface AuditEntry {
  readonly n: number
  readonly at: number
  readonly who: { readonly id: string; readonly name: string } | null
  readonly what: string
  readonly about?: string
}
