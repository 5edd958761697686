import type { LadderSymptom, Pack } from '../pack'

/** What can become of a rung. */
export const rungResults = [
  'helped',
  'no_help',
  'partly',
  'already_tried',
  /** Not now: it comes back when nothing else is left. */
  'parked',
  /** Never here: the switch is grey, there is no such device. */
  'cannot',
  'skipped',
  /** A check found the cause, and it is not the person's to mend. */
  'found',
  'declined',
] as const
export type RungResult = (typeof rungResults)[number]

export interface Rung {
  readonly fix: string
  /** Absent while the rung is being tried. */
  readonly result?: RungResult
  /** The result it had before the person went back to it; it has it again if they go further back. */
  readonly was?: RungResult
}

/** The ladder of one person and symptom, by names, so that it survives a new version of the pack. Plain JSON. */
export interface Ladder {
  readonly symptom: string
  readonly packVersion: string
  /** The rungs in the order shown; those without a result are being tried (more than one: asked together). */
  readonly rungs: readonly Rung[]
  /** Fixes that lose something and that the person said yes to. */
  readonly consents: readonly string[]
  /** Fixes that were put off and taken up again: they are not put off twice. */
  readonly takenUp?: readonly string[]
  /** True once the person was offered somebody because the next fix is dear, and would rather go on. */
  readonly personDeclined?: boolean
}

export const startLadder = (symptom: LadderSymptom, pack: Pack): Ladder => ({
  symptom: symptom.id,
  packVersion: pack.info.version,
  rungs: [],
  consents: [],
})

/** The ids of the rungs being tried. */
export const openRungs = ({ rungs }: Ladder): readonly string[] =>
  rungs.filter(({ result }) => result === undefined).map(({ fix }) => fix)

/** The id of the rung that is being tried, if one is; of checks asked together the first. */
export const openRung = (ladder: Ladder): string | undefined => openRungs(ladder)[0]

export const closedRungs = ({ rungs }: Ladder): readonly Rung[] =>
  rungs.filter(({ result }) => result !== undefined)

/** Results of fixes that nobody has tried. */
const untried: ReadonlySet<string> = new Set(['parked', 'cannot', 'skipped', 'declined'])

/** Whether a rung with this result was tried, here or before. */
export const wasTried = (result: string | undefined): boolean =>
  result !== undefined && !untried.has(result)

/** The ids of the fixes that were put off. */
export const parkedRungs = ({ rungs }: Ladder): readonly string[] =>
  rungs.filter(({ result }) => result === 'parked').map(({ fix }) => fix)

/** Shows fixes: they become the rungs being tried. Showing them again changes nothing. */
export function show(ladder: Ladder, ...fixes: readonly string[]): Ladder {
  if (openRungs(ladder).join() === fixes.join()) return ladder
  const others = settled(ladder).filter(({ fix }) => !fixes.includes(fix))
  return { ...ladder, rungs: [...others, ...fixes.map((fix) => ({ fix }))] }
}

/** Shows a fix beside those being tried, which stay so: an agent may ask for several things at once. */
export const showBeside = (ladder: Ladder, fix: string): Ladder => ({
  ...ladder,
  rungs: [...ladder.rungs.filter((rung) => rung.fix !== fix), { fix }],
})

/** Writes the result of a rung, or of a fix that is not on the ladder yet (declined, tried before). Others being tried stay so. */
export function record(ladder: Ladder, fix: string, result: RungResult): Ladder {
  const { rungs } = ladder
  const written = { fix, result }
  return {
    ...ladder,
    rungs: rungs.some((rung) => rung.fix === fix)
      ? rungs.map((rung) => (rung.fix === fix ? written : rung))
      : [...rungs, written],
  }
}

/** The rungs that have a result, also the one they had before somebody went back to them. */
const settled = ({ rungs }: Ladder): readonly Rung[] =>
  rungs.flatMap(({ fix, result, was }) => {
    const kept = result ?? was
    return kept === undefined ? [] : [{ fix, result: kept }]
  })

/** The person's yes to a fix that loses something. */
export const consent = (ladder: Ladder, fix: string): Ladder => ({
  ...ladder,
  consents: [...ladder.consents, fix],
})

/** One rung back: the one before is open again, and those after it keep their answers. Undefined when there is none. */
export function goBack(ladder: Ladder): Ladder | undefined {
  const answered = settled(ladder)
  const reopened = ladder.rungs.find(({ was }) => was !== undefined)?.fix
  const from = answered.findIndex(({ fix }) => fix === reopened)
  const before = from < 0 ? answered : answered.slice(0, from)
  const previous = before.at(-1)
  if (!previous) return undefined
  const { fix, result: was } = previous
  return {
    ...ladder,
    rungs: answered.map((rung) => (rung === previous ? { fix, ...(was && { was }) } : rung)),
  }
}

/** The first fix that was put off is being tried. */
export function takeUpParked(ladder: Ladder): Ladder {
  const [fix] = parkedRungs(ladder)
  if (fix === undefined) return ladder
  const closed = closedRungs(ladder).filter((rung) => rung.fix !== fix)
  return {
    ...ladder,
    rungs: [...closed, { fix }],
    takenUp: [...(ladder.takenUp ?? []), fix],
  }
}

/** What was put off will not be done. */
export const dropParked = (ladder: Ladder): Ladder => ({
  ...ladder,
  rungs: ladder.rungs.map((rung) =>
    rung.result === 'parked' ? { ...rung, result: 'cannot' as const } : rung,
  ),
})

/** The ladder under another version of the pack: fixes that are gone are dropped. Undefined when its symptom is gone. */
export function carryOver(ladder: Ladder, pack: Pack): Ladder | undefined {
  if (pack.symptoms.get(ladder.symptom)?.kind !== 'ladder') return undefined
  const isKnown = (fix: string) => pack.fixes.has(fix)
  return {
    ...ladder,
    packVersion: pack.info.version,
    rungs: ladder.rungs.filter((rung) => isKnown(rung.fix)),
    consents: ladder.consents.filter(isKnown),
    ...(ladder.takenUp && { takenUp: ladder.takenUp.filter(isKnown) }),
  }
}
