import { clausesOf, isFactsOnly, readFacts } from '../matching'
import type { Device, Facts } from '../words'
import { factQuestion } from './bare-facts'
import { hear, type Heard } from './hear'
import { judge, type Judged, type Reply } from './judge'
import type { Label } from './understood'

/** What the parts of a reply mean, one by one; none when it has only one. */
export function partsOf({ plain, kind }: Reply): readonly Part[] {
  const parts = clausesOf(plain.replace(seams, ' , ')).filter((part) => !isFactsOnly(part))
  if (parts.length < 2 || parts.length > MOST_PARTS) return []
  return parts.map((part) => {
    const facts = readFacts(part, factQuestion(kind))
    const judged = judge({ plain: part, kind, facts, isAsking: false }, hear(part, kind, facts))
    return { plain: part, device: facts.device, ...judged }
  })
}

/** A part of a reply and what it was taken for. */
export interface Part extends Judged {
  readonly plain: string
  readonly device: Device | undefined
}

/** "It works on my iPad but not my iPhone": the device that counts is the one where it fails. */
export function whereItFails(facts: Facts, parts: readonly Part[]): Facts {
  const { device, ...rest } = facts
  const works = parts.flatMap((part) => (part.label === 'yes' && part.device ? part.device : []))
  const fails = parts.flatMap((part) => (part.label !== 'yes' && part.device ? part.device : []))
  if (works.length === 0 || (device && fails.includes(device))) return facts
  return fails[0] ? { ...rest, device: fails[0] } : rest
}

/** A long story is judged as a whole. */
const MOST_PARTS = 4

/** Where one thing ends and another begins, though no comma says so. */
const seams =
  / (?:but|though|however|and(?= (?:now|also|it|its|they|that|the|still|nothing|nope|no|did|does|not)(?: |$)))(?= |$)/g

/** In a reply of two parts the answer comes before the news: "ok that works but now i get no notifications". */
export function twoAtOnce(whole: Judged, parts: readonly Part[]): Judged {
  const [first, second] = parts
  if (parts.length !== 2 || !first || !second || first.confidence < SURE_BESIDE) return whole
  // "No, I can't" is one answer; "no change, and we have no wifi here" are two.
  const isOutcome = first.label === 'no' && first.plain.includes(' ')
  const isBefore =
    second.label === 'new_symptom'
      ? first.label === 'yes' || first.label === 'no'
      : second.label === 'cant_do' && isOutcome
  return isBefore && whole.label !== 'partly' ? first : whole
}

/** What else is said: by the parts, by the device that is named, by thanks. */
export function alsoSaid(
  label: Label,
  heard: readonly Heard[],
  parts: readonly Part[],
  { device }: Facts,
): Label[] {
  const said = parts.flatMap((part, place): Label[] => {
    if (place > 0 && isNews(label, part)) return ['new_symptom']
    return part.confidence >= SURE_BESIDE && beside.has(part.label) ? [part.label] : []
  })
  const all: Label[] = [
    ...said,
    // "Tried all this last night without success" has no seam.
    ...(label === 'already_tried' && heard.some(failed) ? (['no'] as const) : []),
    ...(device ? [`device:${device}` as const] : []),
    ...(heard.some((each) => each.label === 'thanks') ? (['thanks'] as const) : []),
  ]
  return [...new Set(all)].filter((each) => each !== label)
}

const failed = ({ label, strength }: Heard) => label === 'no' && strength >= 3

/** A trouble told behind a yes or a no is another one: what was asked is answered. */
const isNews = (label: Label, { plain, ...part }: Part): boolean =>
  (label === 'yes' || label === 'no') &&
  plain.split(' ').length >= LONG_ENOUGH_FOR_A_SYMPTOM &&
  (part.likeliest === 'new_symptom' ||
    (troubles.has(part.likeliest) && (label === 'yes' || /^(?:and )?now\b/.test(plain))))

/** A part of fewer words belongs to the answer. */
const LONG_ENOUGH_FOR_A_SYMPTOM = 4
/** What a trouble sounds like to ears that expect an answer. */
const troubles: ReadonlySet<Label> = new Set([
  'new_symptom',
  'no',
  'cant_do',
  'dont_understand',
  'partly',
])

/** What is worth telling beside an answer. */
const beside: ReadonlySet<Label> = new Set([
  'no',
  'partly',
  'already_tried',
  'cant_do',
  'dont_understand',
  'go_back',
  'next',
  'human',
  'stop',
  'restart',
  'new_symptom',
])

/** What is only said beside the answer should be clear, or it confuses. */
const SURE_BESIDE = 0.7
