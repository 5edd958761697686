import { caseView, type CaseView, type RunningIncident } from '../../dialogs'
import type { Beliefs, Pack } from '../../knowledge'
import type { TicketState } from '../handoff'
import type { Reads } from '../storage'
import type { CaseLine } from './case-line'
import { selectEarlier, selectMinutes, type CaseRow } from './case-rows'
import { standOf } from './case-stand'
import { endedView } from './ended-view'

/** All that an agent sees of a case besides the conversation: the brief and the ladder. */
export interface CaseDetail {
  readonly line: CaseLine
  readonly brief: Omit<CaseView, 'ladder' | 'incidents'>
  readonly ladder?: Ladder
  readonly incidents: CaseView['incidents']
  /** Earlier cases of this person. */
  readonly history: readonly {
    readonly id: string
    readonly createdAt: number
    readonly endedAt?: number
    readonly state: TicketState
    readonly symptom?: string
  }[]
}

type Ladder = Omit<NonNullable<CaseView['ladder']>, 'rungs'> & {
  readonly symptom: { readonly id: string; readonly title: string }
  readonly rungs: readonly (NonNullable<CaseView['ladder']>['rungs'][number] & {
    /** How long it took the person, in whole minutes, where that could be measured. */
    readonly minutes?: number
  })[]
}

/** Draws a case for whoever has it open. */
export async function caseDetail(
  storage: Reads,
  { row, line }: { readonly row: CaseRow; readonly line: CaseLine },
  known: {
    readonly pack: Pack
    readonly beliefs: Beliefs
    readonly incidents: readonly RunningIncident[]
  },
): Promise<CaseDetail> {
  const { pack, beliefs, incidents } = known
  const { conversation, id, case_id: caseId } = row
  const told = caseId === null ? [] : await storage.read(selectMinutes, { caseId })
  const took = new Map(told.map(({ fix, minutes }) => [fix, minutes]))
  const stands = standOf(row)
  const {
    ladder,
    incidents: running,
    ...brief
  } = 'brief' in stands
    ? endedView(stands.brief, pack)
    : caseView(stands.state, pack, { beliefs, incidents })
  const earlier = await storage.read(selectEarlier, { conversation, id })
  return {
    line,
    brief,
    ...(ladder &&
      brief.symptom && {
        ladder: {
          ...ladder,
          symptom: { id: brief.symptom.id, title: brief.symptom.title },
          rungs: ladder.rungs.map((rung) => {
            const minutes = took.get(rung.fix)
            return {
              ...rung,
              ...(minutes != null && rung.result && { minutes: Math.max(1, Math.round(minutes)) }),
            }
          }),
        },
      }),
    incidents: running,
    history: earlier.map((other) => ({
      id: other.id,
      createdAt: other.created_at,
      ...(other.ended_at !== null && { endedAt: other.ended_at }),
      state: other.state as TicketState,
      ...(other.symptom !== null && {
        symptom: pack.symptoms.get(other.symptom)?.title ?? other.symptom,
      }),
    })),
  }
}
