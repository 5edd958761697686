import type { Reply, RungReply } from '../../../../dialogs'
import { cut } from '../escapes'
import type { AdaptiveCard } from './parts'

/**
 * What Teams takes of a message: it counts 28 KB for one with a card, in UTF-16. A little less here, since the connector
 * adds what we do not see.
 */
export const mostBytes = 27 * 1024

/** What a message weighs, as Teams counts. */
export const bytesOf = (activity: unknown): number => JSON.stringify(activity).length * 2

/** A reply that fits on one card, or one half of it. */
export interface Fitting {
  readonly reply: Reply
  readonly half?: 'first' | 'second'
}

/** Around the steps nothing needs more room than this, in characters; a fix has sixty words. */
const longestText = 600
const longestQuestion = 3_000
/** One step alone: four of these are on two cards. */
const longestStep = 1_500

/**
 * A reply as it fits: as it is, or with its texts shortened, or a fix on two cards. No step is ever left out.
 * `fits` weighs one card.
 */
export function fitting(reply: Reply, fits: (part: Fitting) => boolean): readonly Fitting[] {
  if (fits({ reply })) return [{ reply }]
  if (reply.kind !== 'rung')
    return [{ reply: { ...reply, text: shortened(reply.text, longestQuestion) } }]
  const short = withShortTexts(reply)
  if (fits({ reply: short })) return [{ reply: short }]
  const halves = halvesOf(short)
  if (halves.every(fits)) return halves
  return halvesOf({ ...short, steps: short.steps.map((step) => shortened(step, longestStep)) })
}

/**
 * A card that has to be one, as the first that fits: with its texts whole, or ever shorter. `draw` takes how many
 * characters each of them may have.
 */
export function fitted(draw: (most: number) => AdaptiveCard): AdaptiveCard {
  const fits = (card: AdaptiveCard) =>
    bytesOf({ type: 'message', attachments: [card] }) <= mostBytes
  for (const most of [Number.POSITIVE_INFINITY, longestStep, longestText]) {
    const card = draw(most)
    if (fits(card)) return card
  }
  return draw(shortest)
}

/** So short that what has a dozen texts fits for sure, if each of them is one run. */
export const shortest = 200

const halvesOf = (reply: RungReply): readonly Fitting[] => [
  { reply, half: 'first' },
  { reply, half: 'second' },
]

const withShortTexts = ({ note, check, worked, ...reply }: RungReply): RungReply => ({
  ...reply,
  title: cut(reply.title, 200),
  lead: shortened(reply.lead, longestText),
  ...(note !== undefined && { note: shortened(note, longestText) }),
  ...(check !== undefined && { check: shortened(check, longestText) }),
  ...(worked !== undefined && { worked: shortened(worked, longestText) }),
  question: shortened(reply.question, longestText),
})

/** The beginning of a text, up to the end of a sentence if there is one in its second half. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  const end = endBefore(text, most - 2)
  return end > most / 2 ? `${text.slice(0, end)} …` : cut(text, most)
}

/** A text in pieces of so many characters at most, which end where a sentence does if they can. */
export function pieces(text: string, most: number): readonly string[] {
  const found: string[] = []
  let rest = text
  while (rest.length > most) {
    const sentence = endBefore(rest, most)
    const isTorn = /[\ud800-\udbff]$/.test(rest.slice(0, most))
    const end = sentence > most / 2 ? sentence : isTorn ? most - 1 : most
    found.push(rest.slice(0, end).trim())
    rest = rest.slice(end).trim()
  }
  return [...found, rest].filter((piece) => piece !== '')
}

/** Where the last sentence or line ends that is whole within so many characters; zero if none is. */
function endBefore(text: string, most: number): number {
  const ends = [...text.slice(0, most).matchAll(/[.!?…](?=\s)|\S(?=\n)|[。！？]/g)]
  return (ends.at(-1)?.index ?? -1) + 1
}
