import type { Fix, Pack, Way } from '../pack'
import type { Facts } from '../words'
import type { Beliefs } from './beliefs'
import { closedRungs, openRungs, parkedRungs, type Ladder } from './ladder'
import { isPersonQuicker, rank, type Candidate } from './rank'
import { chooseWay, type MissingFact } from './ways'

/** What stands outside the ladder and moves it. */
export interface Outlook {
  /** What was learnt from cases; without it the author's chances count. */
  readonly beliefs?: Beliefs
  /** What bringing in a person costs, in the person's minutes; without it a person is offered at the end only. */
  readonly humanMinutes?: number
  /** Fixes that cannot help at the moment, because the cause lies elsewhere. */
  readonly pointless?: ReadonlySet<string>
}

/** A fix with the way that fits the person. */
export interface Telling {
  readonly fix: Fix
  readonly way: Way
  /** False when the way was chosen without knowing the system. */
  readonly certain: boolean
}

/** What comes next on a ladder. */
export type Step =
  | { readonly step: 'ask'; readonly about: MissingFact; readonly fix: Fix }
  | { readonly step: 'consent'; readonly fix: Fix; readonly candidate: Candidate }
  | (Telling & {
      readonly step: 'rung'
      /** Counted from 1. */
      readonly number: number
      readonly candidate: Candidate
    })
  /** Quick checks that are asked together: at least two. */
  | { readonly step: 'checks'; readonly checks: readonly Telling[]; readonly number: number }
  /** The next fix would cost more than a person does, so a person is offered. */
  | { readonly step: 'person'; readonly candidate: Candidate }
  /** Only what was put off is left. */
  | { readonly step: 'parked'; readonly fixes: readonly Fix[] }
  | { readonly step: 'end' }

/** Where the ladder stands: the rung being tried, or what to try next, or the fact that it depends on. */
export const nextStep = (ladder: Ladder, facts: Facts, pack: Pack, outlook: Outlook = {}): Step =>
  stepAmong(candidates(ladder, facts, pack, outlook), ladder, facts, pack, outlook)

/** The same among the candidates, for whoever has them. */
export function stepAmong(
  order: readonly Candidate[],
  ladder: Ladder,
  facts: Facts,
  pack: Pack,
  outlook: Outlook,
): Step {
  const open = openRungs(ladder)
  const opened = order.filter(({ fix }) => open.includes(fix.id))
  const [current] = opened
  if (opened.length > 1) return together(opened, ladder, facts)
  if (current) return stepFor(current, ladder, facts)

  const [next] = order
  const parked = parkedRungs(ladder).flatMap((fix) => pack.fixes.get(fix) ?? [])
  if (parked.length > 0 && (!next || next.place === 'workaround'))
    return { step: 'parked', fixes: parked }
  if (!next) return { step: 'end' }
  if (isPersonDue(order, ladder, outlook)) return { step: 'person', candidate: next }
  const step = stepFor(next, ladder, facts)
  const checks = step.step === 'rung' ? quickOnes(next, order, facts) : []
  return checks.length > 1 ? together(checks, ladder, facts) : step
}

/** The fixes that are left for this person, best first. */
export function candidates(
  ladder: Ladder,
  facts: Facts,
  pack: Pack,
  { beliefs, pointless }: Outlook = {},
): readonly Candidate[] {
  const symptom = pack.symptoms.get(ladder.symptom)
  if (symptom?.kind !== 'ladder') return []
  const open = openRungs(ladder)
  const tried = new Set(facts.tried)
  for (const id of [...closedRungs(ladder).map(({ fix }) => fix), ...tried])
    for (const covered of pack.fixes.get(id)?.covers ?? []) tried.add(covered)
  for (const id of open) tried.delete(id)
  const ruledOut = symptom.fixes
    .map(({ fix }) => fix)
    .filter((id) => {
      const fix = pack.fixes.get(id)
      return !fix || isRuledOut(fix, facts) || (pointless?.has(id) && !open.includes(id))
    })
  return rank(symptom, pack, {
    ...(beliefs && { beliefs }),
    device: facts.device,
    signs: facts.signs ?? [],
    rungs: ladder.rungs,
    tried: [...tried],
    ruledOut: new Set(ruledOut),
  })
}

/** A fix that is left out for this person, and what rules it out. */
export interface RuledOut {
  readonly fix: Fix
  readonly by: 'role' | 'scope' | 'device' | 'incident'
}

/** The fixes of the ladder that known facts or a running incident leave out. */
export function ruledOut(
  ladder: Ladder,
  facts: Facts,
  pack: Pack,
  { pointless }: Outlook = {},
): readonly RuledOut[] {
  const symptom = pack.symptoms.get(ladder.symptom)
  if (symptom?.kind !== 'ladder') return []
  const shown = new Set(ladder.rungs.map(({ fix }) => fix))
  return symptom.fixes.flatMap(({ fix: id }) => {
    const fix = shown.has(id) ? undefined : pack.fixes.get(id)
    const by = fix && (whatRulesOut(fix, facts) ?? (pointless?.has(id) ? 'incident' : undefined))
    return fix && by ? [{ fix, by }] : []
  })
}

/** What is said before a yes: what is lost, or what else the person should know first. */
export const warningOf = (fix: Fix): string | undefined => fix.loses ?? fix.confirm

function stepFor(candidate: Candidate, ladder: Ladder, facts: Facts): Step {
  const { fix } = candidate
  const missing = missingFor(fix, facts)
  if (missing) return { step: 'ask', about: missing, fix }
  // Before its details: who says no need not be asked for them.
  if (warningOf(fix) !== undefined && !ladder.consents.includes(fix.id))
    return { step: 'consent', fix, candidate }
  const choice = chooseWay(fix.ways, facts)
  if (choice.choice === 'none') return { step: 'end' }
  if (choice.choice === 'ask') return { step: 'ask', about: choice.about, fix }
  const { way, certain } = choice
  return { step: 'rung', fix, way, certain, number: closedRungs(ladder).length + 1, candidate }
}

/** A person is offered once; who would rather go on is not asked at every rung. A workaround is shown without asking. */
const isPersonDue = (
  order: readonly Candidate[],
  { personDeclined }: Ladder,
  { humanMinutes }: Outlook,
): boolean => humanMinutes !== undefined && !personDeclined && isPersonQuicker(order, humanMinutes)

/** Known facts rule the fix out: it is not theirs to do, not for their trouble, or not on their device. */
const isRuledOut = (fix: Fix, facts: Facts): boolean => whatRulesOut(fix, facts) !== undefined

function whatRulesOut(fix: Fix, { role, scope, ...others }: Facts): RuledOut['by'] | undefined {
  if (fix.who !== undefined && role !== undefined && !fix.who.includes(role)) return 'role'
  if (fix.scope !== undefined && scope !== undefined && !fix.scope.includes(scope)) return 'scope'
  const facts = { ...others, ...(role && { role }), ...(scope && { scope }) }
  return chooseWay(fix.ways, facts).choice === 'none' ? 'device' : undefined
}

/** A fact that decides whether the fix makes sense at all, and is not known yet. */
function missingFor(fix: Fix, facts: Facts): MissingFact | undefined {
  const choice = chooseWay(fix.ways, facts)
  if (choice.choice === 'ask' && choice.about === 'device') return 'device'
  if (fix.who?.length === 1 && !facts.role) return 'role'
  if (fix.scope?.length === 1 && !facts.scope) return 'scope'
  return undefined
}

/** What takes longer than this, in minutes, is a rung of its own. */
const quickMinutes = 1
/** So many checks are asked together at most: a rung has four steps. */
const mostTogether = 3
/** A check is taken along when it is at least so good, beside the first: else asking it first costs more than it saves. */
const worthTakingAlong = 0.5

/** The quick checks to ask together with this one, itself among them. */
function quickOnes(
  first: Candidate,
  order: readonly Candidate[],
  facts: Facts,
): readonly Candidate[] {
  const isQuick = ({ fix, minutes, place }: Candidate) =>
    minutes <= quickMinutes &&
    place === 'ratio' &&
    fix.wait === undefined &&
    fix.finding === undefined &&
    warningOf(fix) === undefined &&
    missingFor(fix, facts) === undefined &&
    quickWay(fix, facts) !== undefined
  if (!isQuick(first)) return []
  const least = first.chancePerMinute * worthTakingAlong
  return order
    .filter((each) => isQuick(each) && each.chancePerMinute >= least)
    .slice(0, mostTogether)
}

function quickWay(fix: Fix, facts: Facts): Telling | undefined {
  const choice = chooseWay(fix.ways, facts)
  return choice.choice === 'way' && choice.way.quick !== undefined
    ? { fix, way: choice.way, certain: choice.certain }
    : undefined
}

/** Checks asked together; one that is no longer quick for these facts (another device was named) waits for its own rung. */
function together(checks: readonly Candidate[], ladder: Ladder, facts: Facts): Step {
  const told = checks.flatMap(({ fix }) => quickWay(fix, facts) ?? [])
  const [first] = checks
  if (told.length < 2 && first) return stepFor(first, ladder, facts)
  return { step: 'checks', checks: told, number: closedRungs(ladder).length + 1 }
}
