import type { Answer } from '../../../http'

/** How long a press may wait for its answer, in milliseconds; Teams gives up after some five seconds. */
export const patienceMs = 4_000

/** Answers a press with the card as it is to stand from now on. */
export const showingCard = (card: unknown): Answer =>
  invoked('application/vnd.microsoft.card.adaptive', card)

/** Answers a press with a short text, which only the one who pressed sees. */
export const spoken = (text: string): Answer =>
  invoked('application/vnd.microsoft.activity.message', text)

const invoked = (type: string, value: unknown): Answer => ({
  status: 200,
  json: { statusCode: 200, type, value },
})
