import { carryOver, startLadder, type Facts, type Pack, type Symptom } from '../knowledge'
import { cancelWait } from './incidents'
import { sameCaseFor, type AsideCase, type BotState, type Case, type ClosedCase } from './state'
import type { Turn } from './turn'

/** Opens the case of a symptom, or takes up the one that is open, set aside, or closed less than seven days ago. True when it was taken up. */
export function openCase(turn: Turn, symptom: Symptom, confidence?: number): boolean {
  const { state, pack, input } = turn
  const current = state.case
  if (current?.symptom === symptom.id) return true
  if (state.aside?.some((waiting) => waiting.symptom === symptom.id)) {
    takeUpAside(turn, symptom.id)
    return true
  }
  const earlier = state.closed
  const isSameCase = earlier?.symptom === symptom.id && input.now - earlier.closedAt < sameCaseFor
  const kept = isSameCase ? carriedOver(reopened(earlier), pack) : undefined
  if (kept) forgetClosed(turn)
  if (current) setAside(turn)
  if (kept) {
    turn.set({ case: kept })
    turn.learn(earlier?.facts ?? {})
    turn.effect({ effect: 'case_reopened', id: kept.id })
    return true
  }
  if (symptom.implies) turn.learn(definedOnly(symptom.implies))
  const id = input.newId()
  turn.set({
    case: {
      id,
      symptom: symptom.id,
      ...(confidence === undefined ? {} : { confidence }),
      ...alternativesTo(symptom.id, state),
      ...(symptom.kind === 'ladder' ? { ladder: startLadder(symptom, pack) } : {}),
    },
  })
  turn.effect({
    effect: 'case_opened',
    id,
    symptom: symptom.id,
    ...(confidence === undefined ? {} : { confidence }),
    packVersion: pack.info.version,
  })
  return false
}

const alternativesTo = (symptom: string, { heard = [] }: BotState): Pick<Case, 'alternatives'> => {
  const alternatives = heard.filter((each) => each.symptom !== symptom)
  return alternatives.length > 0 ? { alternatives } : {}
}

/** Closes the case at hand and keeps it for seven days; with the incident whose end solved it, if one did. */
export function closeCase(turn: Turn, outcome: ClosedCase['outcome'], incident?: string): void {
  if (outcome === 'solved') cancelWait(turn)
  // The pictures were of this case: whoever takes over a later one is not told of them.
  const { case: open, sent: _sent, ...rest } = turn.state
  if (!open) return
  if (open.reminder) turn.effect({ effect: 'timer_cancelled', id: open.reminder.id })
  const { reminder: _cancelled, ...kept } = open
  const { device, system, ...facts } = rest.facts
  turn.state = { ...rest, closed: { ...kept, facts, closedAt: turn.input.now, outcome } }
  // Whose album it was, who was affected and what was tried belong to this case; the device stays the person's.
  turn.forget({ ...(device && { device }), ...(system && { system }) })
  // A case that a person took over stays theirs, unless the person chatting says that it is solved.
  if (outcome === 'abandoned' && open.handedOff) return
  turn.effect({ effect: 'case_closed', id: open.id, outcome, ...(incident && { incident }) })
}

/**
 * "It works now", said once a person is done with the case: it is solved by the word of the person chatting, and no fix
 * of the ladder gets the credit. False when no case was handed off, or it was solved before.
 */
export function solveHandedOff(turn: Turn): boolean {
  const { closed } = turn.state
  const isOpen = turn.state.case?.handedOff === true
  const isLate = closed && turn.input.now - closed.closedAt >= sameCaseFor
  if (!isOpen && (!closed?.handedOff || closed.outcome === 'solved' || isLate)) return false
  if (isOpen) closeCase(turn, 'solved')
  else if (closed) {
    turn.set({ closed: { ...closed, outcome: 'solved' } })
    turn.effect({ effect: 'case_closed', id: closed.id, outcome: 'solved' })
  }
  return true
}

/** So many cases wait at most; the oldest is given up. */
const mostAside = 3

/** Another trouble comes first: the case waits, with what is known about it alone, until somebody goes back to it. */
function setAside(turn: Turn): void {
  const { case: open, aside = [], ...rest } = turn.state
  // What has no rungs needs no going back to, and what a person has taken over is theirs.
  if (!open?.ladder || open.handedOff) {
    closeCase(turn, 'abandoned')
    return
  }
  const { device, system, ...facts } = rest.facts
  const waiting: readonly AsideCase[] = [...aside, { ...open, facts }]
  turn.state = { ...rest, aside: waiting.slice(-mostAside) }
  turn.forget({ ...(device && { device }), ...(system && { system }) })
  for (const { id, isLeft } of waiting.slice(0, -mostAside))
    if (!isLeft) turn.effect({ effect: 'case_closed', id, outcome: 'abandoned' })
}

/** The case set aside last that may be offered. */
export const lastAside = ({ aside = [] }: BotState): AsideCase | undefined =>
  aside.findLast(({ isLeft }) => !isLeft)

/** The case of this symptom that was set aside is at hand again. */
export function takeUpAside(turn: Turn, symptom: string): void {
  const { aside = [], ...rest } = turn.state
  const found = aside.find((waiting) => waiting.symptom === symptom)
  if (!found) return
  // What everybody has to hear is told anew, as in a case that is reopened.
  const { facts, isLeft, incident: _told, ...kept } = found
  turn.state = { ...rest, aside: aside.filter((waiting) => waiting !== found) }
  if (rest.case) setAside(turn)
  turn.set({ case: kept })
  turn.learn(facts)
  if (isLeft) turn.effect({ effect: 'case_reopened', id: kept.id })
}

/** The person would rather not go back to what was offered. What was tried is kept, in case they name it again. */
export function leaveAside(turn: Turn): void {
  const left = lastAside(turn.state)
  if (!left) return
  if (left.reminder) turn.effect({ effect: 'timer_cancelled', id: left.reminder.id })
  const { reminder: _cancelled, ...kept } = left
  turn.set({
    aside:
      turn.state.aside?.map((each) => (each === left ? { ...kept, isLeft: true } : each)) ?? [],
  })
  turn.effect({ effect: 'case_closed', id: left.id, outcome: 'abandoned' })
}

/** Everything that was set aside is given up: the person starts over. */
export function dropAside(turn: Turn): void {
  while (lastAside(turn.state)) leaveAside(turn)
  turn.set({ aside: [] })
}

/** Brings a case that was begun with another version of the pack up to this one, or closes it when its entry is gone. */
export function carryCaseOver(turn: Turn): void {
  const { case: open, aside } = turn.state
  if (aside)
    turn.set({
      aside: aside.flatMap(({ facts, ...waiting }) => {
        const carried = carriedOver(waiting, turn.pack)
        return carried ? [{ ...carried, facts }] : []
      }),
    })
  if (!open) return
  const carried = carriedOver(open, turn.pack)
  if (carried === open) return
  if (carried) turn.set({ case: carried })
  else {
    turn.closeQuestion()
    closeCase(turn, 'abandoned')
  }
}

/** The case under this pack: itself, one with its ladder carried over, or undefined when its entry is gone or of another kind. */
function carriedOver(open: Case, pack: Pack): Case | undefined {
  const kind = pack.symptoms.get(open.symptom)?.kind
  if (kind === undefined || (kind === 'ladder') !== (open.ladder !== undefined)) return undefined
  if (!open.ladder || open.ladder.packVersion === pack.info.version) return open
  const ladder = carryOver(open.ladder, pack)
  // A button under a fix that is gone says nothing any more.
  const cards = open.cards?.filter(({ fixes }) => fixes.every((fix) => pack.fixes.has(fix)))
  return ladder && { ...open, ladder, ...(cards && { cards }) }
}

/** What everybody has to hear is told anew. */
function reopened({
  closedAt: _at,
  outcome: _outcome,
  facts: _facts,
  incident: _told,
  ...kept
}: ClosedCase): Case {
  return kept
}

function forgetClosed(turn: Turn): void {
  const { closed: _taken, ...rest } = turn.state
  turn.state = rest
}

/** Facts without the names that have no value. */
const definedOnly = ({ role, scope }: NonNullable<Symptom['implies']>): Facts => ({
  ...(role && { role }),
  ...(scope && { scope }),
})
