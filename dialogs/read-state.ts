import { z } from 'zod'
import { freshState, type BotState } from './state'

/** The shape in which a stored state has to be for the dialogs to take it up. */

const ladder = z.looseObject({
  symptom: z.string(),
  packVersion: z.string(),
  rungs: z.array(z.looseObject({ fix: z.string() })),
  consents: z.array(z.string()),
})
const card = z.looseObject({
  ask: z.number(),
  fixes: z.array(z.string()),
  topic: z.string(),
  answers: z.array(z.string()),
})
const caseOf = z.looseObject({
  id: z.string(),
  symptom: z.string(),
  ladder: ladder.optional(),
  cards: z.array(card).optional(),
})
const question = z.looseObject({
  ask: z.number(),
  topic: z.string(),
  buttons: z.array(z.object({ label: z.string(), answer: z.string() })),
})
const stored = z.looseObject({
  dialogs: z.looseObject({ dialogStack: z.array(z.looseObject({ id: z.string() })) }).optional(),
  asked: z.number(),
  facts: z.looseObject({ tried: z.array(z.string()).optional() }),
  misses: z.number(),
  lastAt: z.number().optional(),
  case: caseOf.optional(),
  closed: caseOf.optional(),
  aside: z.array(caseOf.extend({ facts: z.looseObject({}) })).optional(),
  question: question.extend({ behind: question.optional() }).optional(),
  paused: question.optional(),
  givenUp: z.looseObject({ reason: z.string() }).optional(),
})

/** The state as it was stored, or undefined when an older version wrote it in a shape that this one cannot take up. */
export function readState(text: string): BotState | undefined {
  if (text === '{}') return freshState
  const read = stored.safeParse(JSON.parse(text))
  // The schema holds every part whose shape the dialogs rely on; the rest is theirs alone.
  return read.success ? (read.data as unknown as BotState) : undefined
}
