import { meant, type MeantLabel } from './meant'
import type { Sample } from './samples'
import { mostForAGuess, understand } from './understand'

/** One reply of a set with what it was taken for. */
export interface Scored {
  readonly sample: Sample
  readonly label: MeantLabel
  readonly also: readonly string[]
  readonly confidence: number
  readonly isRight: boolean
  /** The bot would ask again: what stands as the label is a guess. */
  readonly isAsked: boolean
}

/** How well a set of labelled replies is understood. */
export interface Score {
  readonly replies: readonly Scored[]
  readonly accuracy: number
  /** Shares of all replies: acted on rightly, acted on wrongly, asked again. */
  readonly acted: { readonly right: number; readonly wrong: number; readonly asked: number }
  /** Of the labels that are said beside the answer, how many were heard. */
  readonly alsoHeard: number
  readonly labels: readonly LabelScore[]
  /** For each range of confidence how often it was right. */
  readonly confidences: readonly {
    readonly from: number
    readonly count: number
    readonly right: number
  }[]
}

export interface LabelScore {
  readonly label: string
  /** Replies that mean it, replies taken for it, and both. */
  readonly means: number
  readonly taken: number
  readonly right: number
}

/** Understands every reply of a set and counts. */
export function score(samples: readonly Sample[]): Score {
  const replies = samples.map((sample): Scored => {
    const { text, kind } = sample
    const { label, also, confidence } = meant(understand(text, { kind }), kind)
    const isAsked = confidence <= mostForAGuess
    const isRight = sample.label === 'unclear' ? isAsked : label === sample.label
    return { sample, label, also, confidence, isRight, isAsked }
  })
  const names = [...new Set(replies.flatMap(({ sample, label }) => [sample.label, label]))].sort()
  const beside = replies.flatMap(({ sample, also }) =>
    sample.also.map((label) => also.includes(label)),
  )
  const share = (right: number, all: number) => (all === 0 ? 1 : right / all)
  return {
    replies,
    accuracy: share(replies.filter(({ isRight }) => isRight).length, replies.length),
    acted: {
      right: share(replies.filter((each) => each.isRight && !each.isAsked).length, replies.length),
      wrong: share(replies.filter((each) => !each.isRight && !each.isAsked).length, replies.length),
      asked: share(replies.filter((each) => each.isAsked).length, replies.length),
    },
    alsoHeard: share(beside.filter(Boolean).length, beside.length),
    labels: names.map((label) => ({
      label,
      means: replies.filter(({ sample }) => sample.label === label).length,
      taken: replies.filter((reply) => reply.label === label).length,
      right: replies.filter((reply) => reply.label === label && reply.isRight).length,
    })),
    confidences: ranges.map((from, place) => {
      const inside = replies.filter(
        ({ confidence }) => confidence >= from && confidence < (ranges[place + 1] ?? Infinity),
      )
      return { from, count: inside.length, right: inside.filter(({ isRight }) => isRight).length }
    }),
  }
}

const ranges = [0, mostForAGuess + 0.0001, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]
