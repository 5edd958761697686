import { candidates, startLadder, type Outlook } from '../ladder'
import type { Reader, Reading } from '../matching'
import type { Fix, LadderSymptom, Pack, Symptom } from '../pack'
import type { Facts } from '../words'
import { titlesOf } from './titles'

/** One thing of a pack. */
export type Found =
  | { readonly kind: 'symptom'; readonly symptom: Symptom }
  | { readonly kind: 'fix'; readonly fix: Fix }

/** What a pack has for some words. */
export interface Finding {
  /** Best first, each once. */
  readonly found: readonly Found[]
  /** What the words say of a device and the like. */
  readonly facts: Facts
  /** What sort of message the words would be. */
  readonly kind: Reading['kind']
}

/**
 * Looks up words that somebody types: the symptoms they may mean, what has a title like them, and for a symptom that is
 * sure the fixes that its ladder begins with.
 */
export function find(
  text: string,
  { pack, reader }: { readonly pack: Pack; readonly reader: Reader },
  outlookOf: (symptom: Symptom) => Outlook = () => ({}),
): Finding {
  const { kind, verdict, matches, facts } = reader.read(text)
  const meant = (kind === 'symptom' ? matches : [])
    .filter(({ confidence }) => verdict !== 'sure' || confidence >= worthBesideASureOne)
    .flatMap(({ id }) => symptomsOf(pack, id))
  const titled = titlesOf(pack).like(text)
  const done = (facts.tried ?? []).flatMap((id) => fixesOf(pack, id))
  const [best] = meant
  const firsts =
    verdict === 'sure' && best?.symptom.kind === 'ladder'
      ? firstFixes(best.symptom, pack, outlookOf(best.symptom)).slice(0, mostFixes)
      : []
  // Somebody who types a title wants that very thing, unless the words say plainly what is wrong, or stand in many titles.
  const whole = titled.filter(({ isWhole }) => isWhole).length
  const isTitle = verdict !== 'sure' && whole > 0 && whole <= mostNamed
  const named = [...titled.map(({ found }) => found), ...done]
  return {
    found: once([
      ...(isTitle ? [...named, ...meant] : [...meant, ...named]),
      ...firsts.map((fix): Found => ({ kind: 'fix', fix })),
    ]),
    facts,
    kind,
  }
}

/** The fixes in the order in which the ladder begins for somebody of whom nothing is known. */
export const firstFixes = (
  symptom: LadderSymptom,
  pack: Pack,
  outlook: Outlook = {},
): readonly Fix[] => candidates(startLadder(symptom, pack), {}, pack, outlook).map(({ fix }) => fix)

/** Below this a match beside a sure one is noise; estimated. */
const worthBesideASureOne = 0.15
/** Words that more titles have than this name none of them. */
const mostNamed = 3
/** The fixes of one symptom that are listed of their own: a screen of them. */
const mostFixes = 5

const symptomsOf = (pack: Pack, id: string) => {
  const symptom = pack.symptoms.get(id)
  return symptom ? [{ kind: 'symptom' as const, symptom }] : []
}

const fixesOf = (pack: Pack, id: string): Found[] => {
  const fix = pack.fixes.get(id)
  return fix ? [{ kind: 'fix', fix }] : []
}

function once(found: readonly Found[]): readonly Found[] {
  const all = new Map<Symptom | Fix, Found>()
  for (const each of found) {
    const thing = each.kind === 'fix' ? each.fix : each.symptom
    if (!all.has(thing)) all.set(thing, each)
  }
  return [...all.values()]
}
