import type { Fix, LadderSymptom, Pack, Way } from '../pack'
import type { Facts } from '../words'
import { rank } from './rank'
import { chooseWay, type MissingFact } from './ways'

/** What became of a rung. */
export type RungResult =
  | 'helped'
  | 'no_help'
  | 'partly'
  | 'already_tried'
  | 'cannot'
  | 'skipped'
  /** A check found the cause, and it is not the person's to mend. */
  | 'found'
  | 'declined'

export interface Rung {
  readonly fix: string
  /** Absent while the rung is the one being tried. */
  readonly result?: RungResult
}

/** The ladder of one person and symptom, by names, so that it survives a new version of the pack. Plain JSON. */
export interface Ladder {
  readonly symptom: string
  readonly packVersion: string
  /** The rungs in the order shown; at most the last has no result. */
  readonly rungs: readonly Rung[]
  /** Fixes that lose something and that the person said yes to. */
  readonly consents: readonly string[]
}

/** What comes next on a ladder. */
export type Step =
  | { readonly step: 'ask'; readonly about: MissingFact; readonly fix: Fix }
  | { readonly step: 'consent'; readonly fix: Fix }
  | {
      readonly step: 'rung'
      readonly fix: Fix
      readonly way: Way
      /** False when the way was chosen without knowing the system. */
      readonly certain: boolean
      /** Counted from 1. */
      readonly number: number
    }
  | { readonly step: 'end' }

export const startLadder = (symptom: LadderSymptom, pack: Pack): Ladder => ({
  symptom: symptom.id,
  packVersion: pack.info.version,
  rungs: [],
  consents: [],
})

/** Where the ladder stands: the rung being tried, or the fix to try next, or the fact that the next fix depends on. */
export function nextStep(ladder: Ladder, facts: Facts, pack: Pack): Step {
  const symptom = pack.symptoms.get(ladder.symptom)
  if (symptom?.kind !== 'ladder') return { step: 'end' }
  const open = openRung(ladder)
  const done = new Set(
    ladder.rungs.filter((rung) => rung.result !== undefined).map((rung) => rung.fix),
  )
  const tried = new Set(facts.tried ?? [])
  for (const id of [...done, ...tried]) {
    for (const covered of pack.fixes.get(id)?.covers ?? []) tried.add(covered)
  }
  const candidates = rank(symptom, pack)
    .map((candidate) => candidate.fix)
    .filter((fix) => !done.has(fix.id) && (fix.id === open || !tried.has(fix.id)))
  const opened = candidates.find((fix) => fix.id === open)
  const order = opened ? [opened, ...candidates.filter((fix) => fix !== opened)] : candidates
  for (const fix of order) {
    const missing = missingFor(fix, facts)
    if (missing === 'never') continue
    if (missing) return { step: 'ask', about: missing, fix }
    // Before its details: who says no need not be asked for them.
    if (warningOf(fix) !== undefined && !ladder.consents.includes(fix.id))
      return { step: 'consent', fix }
    const choice = chooseWay(fix.ways, facts)
    if (choice.choice === 'none') continue
    if (choice.choice === 'ask') return { step: 'ask', about: choice.about, fix }
    return {
      step: 'rung',
      fix,
      way: choice.way,
      certain: choice.certain,
      number: closed(ladder).length + 1,
    }
  }
  return { step: 'end' }
}

/** What is said before a yes: what is lost, or what else the person should know first. */
export const warningOf = (fix: Fix): string | undefined => fix.loses ?? fix.confirm

/** Who can do it and for whom it makes sense: a fact to ask for, `never` when known facts rule the fix out, or undefined. */
function missingFor(fix: Fix, facts: Facts): MissingFact | 'never' | undefined {
  if (fix.who && facts.role && !fix.who.includes(facts.role)) return 'never'
  if (fix.scope && facts.scope && !fix.scope.includes(facts.scope)) return 'never'
  const choice = chooseWay(fix.ways, facts)
  if (choice.choice === 'none') return 'never'
  if (choice.choice === 'ask' && choice.about === 'device') return 'device'
  if (fix.who && fix.who.length === 1 && !facts.role) return 'role'
  if (fix.scope && fix.scope.length === 1 && !facts.scope) return 'scope'
  return undefined
}

/** The id of the rung that is being tried, if one is. */
export const openRung = (ladder: Ladder): string | undefined => {
  const last = ladder.rungs.at(-1)
  return last && last.result === undefined ? last.fix : undefined
}

/** Shows a fix: it becomes the rung being tried. Showing it again changes nothing. */
export const show = (ladder: Ladder, fix: string): Ladder =>
  openRung(ladder) === fix ? ladder : { ...ladder, rungs: [...closed(ladder), { fix }] }

/** Writes the result of the rung being tried, or of a fix that is not on the ladder yet (declined, tried before). */
export function record(ladder: Ladder, fix: string, result: RungResult): Ladder {
  const others = ladder.rungs.filter((rung) => rung.fix !== fix)
  return { ...ladder, rungs: [...others, { fix, result }] }
}

/** The person's yes to a fix that loses something. */
export const consent = (ladder: Ladder, fix: string): Ladder => ({
  ...ladder,
  consents: [...ladder.consents, fix],
})

/** One rung back: the one before is open again. Undefined when there is none. */
export function goBack(ladder: Ladder): Ladder | undefined {
  const answered = closed(ladder)
  const previous = answered.findLast((rung) => rung.result !== 'already_tried')
  if (!previous) return undefined
  return {
    ...ladder,
    rungs: [...answered.filter((rung) => rung !== previous), { fix: previous.fix }],
  }
}

/** The ladder under another version of the pack: fixes that are gone are dropped. Undefined when its symptom is gone. */
export function carryOver(ladder: Ladder, pack: Pack): Ladder | undefined {
  if (pack.symptoms.get(ladder.symptom)?.kind !== 'ladder') return undefined
  return {
    ...ladder,
    packVersion: pack.info.version,
    rungs: ladder.rungs.filter((rung) => pack.fixes.has(rung.fix)),
    consents: ladder.consents.filter((fix) => pack.fixes.has(fix)),
  }
}

const closed = (ladder: Ladder): readonly Rung[] =>
  ladder.rungs.filter((rung) => rung.result !== undefined)
