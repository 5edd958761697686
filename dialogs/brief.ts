import { affects, wasTried, type Pack, type Rung } from '../knowledge'
import type { Brief } from './effects'
import { filesInWords } from './sent-files'
import { factsAbout, type BotState } from './state'
import type { RunningIncident } from './turn-input'
import { placeOf } from './words'

/** The case in brief, for the agent's first look. */
export function briefOf(
  state: BotState,
  pack: Pack,
  incidents: readonly RunningIncident[] = [],
): Brief {
  const about = state.case ?? state.closed
  const symptom = about && pack.symptoms.get(about.symptom)
  const facts = factsAbout(state)
  const incident = incidents.find(({ name }) => affects(name, symptom, pack))
  return {
    ...(symptom && about
      ? {
          symptom: {
            id: symptom.id,
            title: symptom.title,
            short: symptom.choice,
            ...(about.confidence === undefined ? {} : { confidence: about.confidence }),
          },
        }
      : {}),
    ...(facts.device ? { device: facts.device } : {}),
    ...(facts.system ? { system: facts.system } : {}),
    ...(facts.role ? { role: facts.role } : {}),
    ...(facts.scope ? { scope: facts.scope } : {}),
    ...(incident
      ? {
          incident: {
            name: incident.name,
            title: pack.info.incidents[incident.name]?.title ?? incident.name,
            since: incident.startedAt,
          },
        }
      : {}),
    rungs: rungsOf(about?.ladder?.rungs ?? [], facts.tried ?? [], pack),
    ...(state.lastWords ? { lastWords: state.lastWords } : {}),
    ...(state.addedWords ? { added: state.addedWords } : {}),
    ...(state.sent ? { sent: filesInWords(state.sent) } : {}),
    packVersion: pack.info.version,
  }
}

/** The rungs with their results, then what the person had tried before. */
function rungsOf(rungs: readonly Rung[], tried: readonly string[], pack: Pack): Brief['rungs'] {
  const shown = new Set(rungs.map((rung) => rung.fix))
  const before = tried.filter((fix) => !shown.has(fix))
  const all = [...rungs, ...before.map((fix): Rung => ({ fix, result: 'already_tried' }))]
  return all.map(({ fix, result }) => ({
    fix,
    title: pack.fixes.get(fix)?.title ?? fix,
    result: result ?? 'shown',
  }))
}

/** "no help", "tried before". */
export const resultInWords = (result: string): string => resultWords[result] ?? result

const resultWords: Readonly<Record<string, string>> = {
  helped: 'helped',
  no_help: 'no help',
  partly: 'helped in part',
  already_tried: 'tried before',
  parked: 'put off',
  cannot: "can't be done",
  skipped: 'skipped',
  declined: 'not wanted',
  found: 'cause found',
  shown: 'not answered',
}

/** So many rungs are named to the person; more are counted. */
const mostNamed = 3

/** The brief as the person hears it before it is sent: a long ladder is counted, not listed. */
export function briefInShort(brief: Brief): string[] {
  if (brief.rungs.length <= mostNamed) return briefLines(brief)
  const found = brief.rungs.filter((rung) => rung.result === 'found')
  const tried = brief.rungs.filter(({ result }) => wasTried(result) && !apart.has(result)).length
  const { added, sent, ...others } = brief
  return [
    ...briefLines({ ...others, rungs: found }),
    tried === 0 ? 'nothing tried yet' : tried === 1 ? 'one thing tried' : `${tried} things tried`,
    ...(sent ? [sentLine(sent)] : []),
    ...(added ? [addedLine(added)] : []),
  ]
}

/** What is said for itself (a cause that was found), or is not known yet (a rung that was shown). */
const apart = new Set(['found', 'shown'])

/** The same brief as short lines, for the desk and for a short ladder. */
export function briefLines(brief: Brief): string[] {
  const place = placeOf(brief)
  return [
    brief.symptom?.short,
    place,
    brief.role === 'owner'
      ? 'own album'
      : brief.role === 'member'
        ? "someone else's album"
        : undefined,
    brief.scope === 'everyone'
      ? 'everyone is affected'
      : brief.scope === 'me'
        ? 'only this person is affected'
        : undefined,
    brief.incident ? `known problem with ${brief.incident.title}` : undefined,
    ...brief.rungs.map((rung) => `${rung.title}: ${resultInWords(rung.result)}`),
    brief.sent ? sentLine(brief.sent) : undefined,
    brief.added ? addedLine(brief.added) : undefined,
  ].filter((line) => line !== undefined)
}

const sentLine = (files: string): string => `with ${files}`
const addedLine = (words: string): string => `you add: "${words}"`
