import type { Entry, Sent, View } from '../history'
import type { Draft } from './renumber'

/** Choosing where something goes wrong. */

/** Numbers between 0 and 1. */
export type Random = () => number

export const bothSides = () => ['person' as const, 'agents' as const]

export const pick = <T>(random: Random, all: readonly T[]): T => {
  const one = all[Math.floor(random() * all.length)]
  if (one === undefined) throw new Error('There is nothing to pick from.')
  return one
}

export const acked = (history: Draft) => history.sent.filter(({ acks }) => acks.length > 0)

/** Those that were acknowledged and had been polled only afterwards. */
export const ackedIn = (history: Draft, conversation: string) =>
  acked(history).filter((each) => each.conversation === conversation)

export const messageOf = (history: Draft, { conversation, key }: Sent): Entry => {
  const row = history.log.find((each) => each.conversation === conversation && each.key === key)
  if (!row) throw new Error(`${key} is not there.`)
  return row
}

export const keyOf = (history: Draft, conversation: string, seq: number) =>
  history.log.find((each) => each.conversation === conversation && each.seq === seq)?.key

export const answerTo = (history: Draft, conversation: string, seq: number) =>
  history.log.find((each) => each.conversation === conversation && each.answers === seq)

export const lastOf = (history: Draft, conversation: string): number =>
  history.talks.find(({ id }) => id === conversation)?.lastSeq ?? 0

export const isLast = (history: Draft, { conversation, seq }: Entry): boolean =>
  seq === lastOf(history, conversation)

/** The bot's answers to clients, but for those at the very end. */
export const answersOf = (history: Draft) =>
  history.log.filter(
    (row) =>
      row.answers !== undefined &&
      !isLast(history, row) &&
      keyOf(history, row.conversation, row.answers) !== undefined,
  )

/** A row of the time before anybody queued. */
export const inside = (history: Draft, random: Random, conversation?: string): Entry =>
  pick(
    random,
    history.log.filter(
      (row) =>
        isEarly(history, row) && (conversation === undefined || row.conversation === conversation),
    ),
  )

export const isEarly = ({ spans }: Draft, { conversation, seq }: Entry): boolean =>
  spans.some(
    (span) => span.conversation === conversation && span.owner === 'queue' && seq < span.from,
  )

export const isAgents = (
  history: Draft,
  { conversation, seq }: { conversation: string; seq: number },
) =>
  history.spans.some(
    (span) =>
      span.conversation === conversation &&
      ['ada', 'ben'].includes(span.owner) &&
      seq + 1 >= span.from &&
      seq + 1 < (span.to ?? Infinity),
  )

export const isOnly = (audience: readonly string[], who: string) =>
  audience.length === 1 && audience[0] === who

export const readers = (history: Draft) => history.views.filter(({ kind }) => kind !== 'teams')
export const polls = (history: Draft) => history.views.filter(({ kind }) => kind === 'polling')
export const elsewhere = (history: Draft) => history.views.filter(({ kind }) => kind === 'teams')

/** A place in a page with so many rows from there on, one of them behind it. */
export function placeIn(random: Random, views: readonly View[], many: number) {
  const places = views.flatMap(({ pages }) =>
    pages.flatMap((page) =>
      page.seen.slice(0, page.seen.length - many + 1).map((_seen, at) => ({ page, at })),
    ),
  ) as { page: Draft['views'][number]['pages'][number]; at: number }[]
  return pick(random, places)
}

/** It went elsewhere, too. */
export function post(history: Draft, conversation: string, seq: number): void {
  history.outbox.postings.push({ conversation, seq, state: 'dead', reason: 'refused' })
}
