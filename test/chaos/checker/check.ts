import type { Entry, History, Outbox, Sent, Span, Talk, Ticket, View } from './history'
import { checkAnswers } from './answers'
import { checkOrder } from './order'
import { checkOutbox } from './outbox'
import { checkOwners } from './owners'
import { checkSent } from './sent'
import { checkTickets } from './tickets'
import { checkViews } from './views'

/**
 * What has to hold in every run:
 * I1 what was acknowledged is in the log; I2 nothing is there, or was seen, that nobody sent; I3 nothing twice;
 * I4 numbers without gaps, and one order for every reader; I5 watermarks never go back; I6 what was acknowledged can be
 * read; I7 one answer for each message; I8 one owner at a time; I9 each ticket ends once; I10 nothing is left in the outbox
 * without a reason.
 */
export const invariants = ['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I8', 'I9', 'I10'] as const
export type Invariant = (typeof invariants)[number]

export interface Fault {
  readonly invariant: Invariant
  readonly conversation: string
  readonly seq?: number
  readonly words: string
}

export interface Report {
  readonly faults: readonly Fault[]
  readonly counts: Counts
}

export interface Counts {
  readonly conversations: number
  readonly sent: number
  readonly acknowledged: number
  readonly rows: number
  readonly views: number
  readonly seen: number
  readonly tickets: number
  readonly postings: number
}

/** All of a history that is about one conversation. */
export interface Part {
  readonly id: string
  readonly talk: Talk | undefined
  readonly sent: readonly Sent[]
  readonly views: readonly View[]
  /** In order. */
  readonly log: readonly Entry[]
  readonly bySeq: ReadonlyMap<number, Entry>
  readonly spans: readonly Span[]
  readonly tickets: readonly Ticket[]
  readonly outbox: Outbox
}

/** Notes that something does not hold. */
export type Note = (invariant: Invariant, words: string, seq?: number) => void

const checks = [
  checkSent,
  checkOrder,
  checkViews,
  checkAnswers,
  checkOwners,
  checkTickets,
  checkOutbox,
]

/** Compares all that is known of a run with what has to hold. */
export function check(history: History): Report {
  const faults: Fault[] = []
  for (const part of partsOf(history)) {
    const note: Note = (invariant, words, seq) =>
      faults.push({ invariant, conversation: part.id, words, ...(seq !== undefined && { seq }) })
    for (const each of checks) each(part, note)
  }
  return { faults, counts: count(history) }
}

/** The faults of each kind, in one line: `0 lost (I1), …`, those first that people ask about. */
export function tell({ faults }: Report): string {
  const found = invariants
    .map((invariant) => ({ invariant, times: timesOf(faults, invariant) }))
    .filter(({ times }) => times > 0)
  if (found.length === 0) return 'checker: I1 to I10 hold'
  return `checker: ${found.map(({ invariant, times }) => `${invariant} ${times}`).join(', ')}`
}

export const timesOf = (faults: readonly Fault[], invariant: Invariant): number =>
  faults.filter((fault) => fault.invariant === invariant).length

function count(history: History): Counts {
  return {
    conversations: history.talks.length,
    sent: history.sent.length,
    acknowledged: history.sent.filter(({ acks }) => acks.length > 0).length,
    rows: history.log.length,
    views: history.views.length,
    seen: history.views.reduce(
      (sum, { pages }) => sum + pages.reduce((all, { seen }) => all + seen.length, 0),
      0,
    ),
    tickets: history.tickets.length,
    postings: history.outbox.postings.length,
  }
}

function partsOf(history: History): Part[] {
  const [sent, views, log] = [by(history.sent), by(history.views), by(history.log)]
  const [spans, tickets] = [by(history.spans), by(history.tickets)]
  const [cursors, postings] = [by(history.outbox.cursors), by(history.outbox.postings)]
  const talks = new Map(history.talks.map((talk) => [talk.id, talk]))
  const ids = new Set([talks, sent, views, log, tickets].flatMap((each) => [...each.keys()]))
  return [...ids].map((id) => {
    const rows = (log.get(id) ?? []).toSorted((a, b) => a.seq - b.seq)
    return {
      id,
      talk: talks.get(id),
      sent: sent.get(id) ?? [],
      views: views.get(id) ?? [],
      log: rows,
      bySeq: new Map(rows.map((row) => [row.seq, row])),
      spans: spans.get(id) ?? [],
      tickets: tickets.get(id) ?? [],
      outbox: { cursors: cursors.get(id) ?? [], postings: postings.get(id) ?? [] },
    }
  })
}

function by<T extends { readonly conversation: string }>(all: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const each of all) {
    const group = groups.get(each.conversation)
    if (group) group.push(each)
    else groups.set(each.conversation, [each])
  }
  return groups
}
