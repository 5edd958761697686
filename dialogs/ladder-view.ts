import {
  affects,
  candidates,
  pointlessDuring,
  ruledOut,
  warningOf,
  type Beliefs,
  type Candidate,
  type Outlook,
  type Pack,
  type RuledOut,
  type RungResult,
} from '../knowledge'
import { resultInWords } from './brief'
import { filesInWords } from './sent-files'
import { factsAbout, type BotState, type Case } from './state'
import type { RunningIncident } from './turn-input'
import { placeOf } from './words'

/** The case as an agent sees it while they have it: what is known, where the ladder stands, and what comes next. */
export interface CaseView {
  readonly symptom?: { readonly id: string; readonly title: string; readonly confidence?: number }
  readonly alternatives: readonly {
    readonly id: string
    readonly title: string
    readonly confidence: number
  }[]
  /** "iPhone with iOS 18" */
  readonly device?: string
  /** Major version, or "unknown"; and those that the pack tells apart on this device. */
  readonly system?: string
  readonly systems?: readonly { readonly label: string; readonly system: string }[]
  readonly role?: string
  readonly scope?: string
  readonly added?: string
  readonly lastWords?: string
  /** "a picture and 2 recordings" */
  readonly sent?: string
  readonly ladder?: LadderView
  readonly incidents: readonly {
    readonly title: string
    readonly text: string
    /** Milliseconds since 1970. */
    readonly since: number
  }[]
}

export interface LadderView {
  /** In the order shown; one without a result is being tried. */
  readonly rungs: readonly {
    readonly fix: string
    readonly title: string
    readonly result?: RungResult
    readonly resultText: string
  }[]
  /** What may be sent next, best first. */
  readonly next: readonly {
    readonly fix: string
    readonly title: string
    /** Between 0 and 1. */
    readonly chance: number
    readonly minutes: number
    /** Why it stands there, in a clause; empty where chance and minutes say it. */
    readonly why: string
    readonly loses?: string
  }[]
  readonly ruledOut: readonly {
    readonly fix: string
    readonly title: string
    readonly why: string
  }[]
}

/** Draws the case at hand, or the one closed last. */
export function caseView(
  state: BotState,
  pack: Pack,
  outlook: { readonly beliefs?: Beliefs; readonly incidents: readonly RunningIncident[] },
): CaseView {
  const about = state.case ?? state.closed
  const symptom = about && pack.symptoms.get(about.symptom)
  const facts = factsAbout(state)
  // Of somebody whose trouble nobody knows yet, any of them may be the cause.
  const incidents = symptom
    ? outlook.incidents.filter(({ name }) => affects(name, symptom, pack))
    : outlook.incidents
  const { confidence } = about ?? {}
  const place = facts.device && placeOf(facts)
  const systems = facts.device && pack.info.systems[facts.device]
  return {
    ...(symptom && {
      symptom: {
        id: symptom.id,
        title: symptom.title,
        ...(confidence !== undefined && { confidence }),
      },
    }),
    // Of somebody who was asked which one they mean, all that was thought of.
    alternatives: (about ? (about.alternatives ?? []) : (state.heard ?? [])).flatMap((other) => {
      const title = pack.symptoms.get(other.symptom)?.title
      return title ? [{ id: other.symptom, title, confidence: other.confidence }] : []
    }),
    ...(place && { device: place.replace(/^an? /, '') }),
    ...(facts.system && { system: facts.system }),
    ...(systems && { systems: systems.choices }),
    ...(facts.role && { role: facts.role }),
    ...(facts.scope && { scope: facts.scope }),
    ...(state.addedWords && { added: state.addedWords }),
    ...(state.lastWords && { lastWords: state.lastWords }),
    ...(state.sent && { sent: filesInWords(state.sent) }),
    ...(about?.ladder && {
      ladder: ladderView(about, state, pack, {
        ...(outlook.beliefs && { beliefs: outlook.beliefs }),
        pointless: pointlessDuring(
          incidents.map(({ name }) => name),
          symptom,
          pack,
        ),
      }),
    }),
    incidents: incidents.map(({ name, text, startedAt }) => ({
      title: pack.info.incidents[name]?.title ?? name,
      text,
      since: startedAt,
    })),
  }
}

function ladderView(about: Case, state: BotState, pack: Pack, outlook: Outlook): LadderView {
  const { ladder } = about
  if (!ladder) return { rungs: [], next: [], ruledOut: [] }
  const open = new Set(ladder.rungs.filter(({ result }) => !result).map(({ fix }) => fix))
  const shown = new Set(ladder.rungs.map(({ fix }) => fix))
  const before = (state.facts.tried ?? []).filter((fix) => !shown.has(fix) && pack.fixes.has(fix))
  const rungs = [
    ...before.map((fix) => ({ fix, result: 'already_tried' as const })),
    ...ladder.rungs,
  ]
  return {
    rungs: rungs.map(({ fix, result }) => ({
      fix,
      title: pack.fixes.get(fix)?.title ?? fix,
      ...(result && { result }),
      resultText: resultInWords(result ?? 'shown'),
    })),
    next: candidates(ladder, state.facts, pack, outlook)
      .filter(({ fix }) => !open.has(fix.id))
      .map((candidate) => ({
        fix: candidate.fix.id,
        title: candidate.fix.title,
        chance: candidate.chance,
        minutes: candidate.minutes,
        why: whyForAgents(candidate),
        ...(warningOf(candidate.fix) && { loses: warningOf(candidate.fix) ?? '' }),
      })),
    ruledOut: ruledOut(ladder, state.facts, pack, outlook).map(({ fix, by }) => ({
      fix: fix.id,
      title: fix.title,
      why: reasons[by],
    })),
  }
}

/** Agents see chance and minutes beside it, so only what those don't say is said. */
function whyForAgents({ place, belief }: Candidate): string {
  if (place === 'pinned') return 'put here by the pack'
  if (place === 'workaround') return 'repairs nothing'
  return belief.cases > 0 ? `helped ${belief.helped} of ${belief.cases}` : ''
}

const reasons: Readonly<Record<RuledOut['by'], string>> = {
  role: "not this person's to do: somebody else owns the album, or they do",
  scope: 'does not fit who is affected',
  device: 'not on this device or system',
  incident: "can't help while the incident lasts",
}
