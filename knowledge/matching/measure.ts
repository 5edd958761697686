import type { LabelledPhrase } from '../pack'
import type { Reader, Reading, Verdict } from './reading'

/** How a reader does on labelled phrases. Shares are between 0 and 1. */
export interface Measurement {
  /** Phrases that mean a symptom, and phrases that mean none. */
  readonly ours: number
  readonly others: number
  /** The right symptom is first, or among the first three, whatever the verdict. */
  readonly top1: number
  readonly top3: number
  /** Verdicts on our phrases. */
  readonly sure: number
  readonly asked: number
  /** How often a `sure` is right, over our phrases. */
  readonly precision: number
  /** How often a question has the right one among its three choices. */
  readonly askedWell: number
  /** Sure and right, or asked with the right one among three. */
  readonly served: number
  /** Phrases of others that started a ladder, or led to a question. */
  readonly othersSure: number
  readonly othersAsked: number
  readonly mistakes: readonly Mistake[]
  /** Our phrases for which another symptom came first, by pair, the commonest pair first. */
  readonly confusions: readonly Confusion[]
}

/** Two symptoms that are taken for one another, and the phrases that show it. */
export interface Confusion {
  readonly means: string
  readonly read: string
  readonly texts: readonly string[]
}

/** A phrase that was read wrongly. */
export interface Mistake {
  readonly text: string
  readonly means: string
  readonly read: string
  readonly verdict: Verdict
  readonly confidence: number
}

/** Reads every labelled phrase and counts. */
export function measure(reader: Reader, phrases: readonly LabelledPhrase[]): Measurement {
  const read = phrases.map(({ text, means }) => ({ text, means, reading: reader.read(text) }))
  const ours = read.filter(({ means }) => means !== 'none')
  const others = read.filter(({ means }) => means === 'none')
  const place = ({ means, reading }: (typeof read)[number]) =>
    reading.matches.findIndex(({ id }) => id === means)
  const within = (item: (typeof read)[number], places: number) =>
    place(item) >= 0 && place(item) < places
  const withVerdict = (items: typeof read, verdict: Verdict) =>
    items.filter(({ reading }) => reading.verdict === verdict)
  const sure = withVerdict(ours, 'sure')
  const asked = withVerdict(ours, 'unsure')
  const right = sure.filter((item) => within(item, 1))
  const mistakes = [
    ...ours.filter((item) => !within(item, 1)),
    ...others.filter(({ reading }) => reading.verdict !== 'none'),
  ]

  return {
    ours: ours.length,
    others: others.length,
    top1: share(
      ours.filter((item) => within(item, 1)),
      ours,
    ),
    top3: share(
      ours.filter((item) => within(item, 3)),
      ours,
    ),
    sure: share(sure, ours),
    asked: share(asked, ours),
    precision: share(right, sure),
    askedWell: share(
      asked.filter((item) => within(item, 3)),
      asked,
    ),
    served: share([...right, ...asked.filter((item) => within(item, 3))], ours),
    othersSure: share(withVerdict(others, 'sure'), others),
    othersAsked: share(withVerdict(others, 'unsure'), others),
    confusions: confusionsIn(ours.filter((item) => !within(item, 1))),
    mistakes: mistakes.map(({ text, means, reading }) => ({
      text,
      means,
      read: reading.matches[0]?.id ?? reading.kind,
      verdict: reading.verdict,
      confidence: reading.confidence,
    })),
  }
}

function confusionsIn(
  wrong: readonly { text: string; means: string; reading: Reading }[],
): Confusion[] {
  const pairs = new Map<string, Confusion & { readonly texts: string[] }>()
  for (const { text, means, reading } of wrong) {
    const read = reading.matches[0]?.id ?? reading.kind
    const pair = pairs.get(`${means} ${read}`) ?? { means, read, texts: [] }
    pair.texts.push(text)
    pairs.set(`${means} ${read}`, pair)
  }
  return [...pairs.values()].sort((a, b) => b.texts.length - a.texts.length)
}

const share = (part: readonly unknown[], whole: readonly unknown[]): number =>
  whole.length === 0 ? 0 : part.length / whole.length
