import type { Pack, Symptom } from '../pack'

/** Whether the incident of this name explains the symptom: it names it, or it names none and the symptom is a ladder. */
export function affects(name: string, symptom: Symptom | undefined, pack: Pack): boolean {
  const incident = incidentOf(name, pack)
  if (!incident || !symptom) return false
  return incident.symptoms?.includes(symptom.id) ?? symptom.kind === 'ladder'
}

/** The fixes of a symptom that cannot help while these incidents last: all but those that each of them lets through. */
export function pointlessDuring(
  names: readonly string[],
  symptom: Symptom | undefined,
  pack: Pack,
): ReadonlySet<string> {
  if (symptom?.kind !== 'ladder') return new Set()
  const running = names.flatMap((name) =>
    affects(name, symptom, pack) ? (incidentOf(name, pack) ?? []) : [],
  )
  return new Set(
    symptom.fixes
      .map(({ fix }) => fix)
      .filter((fix) => running.some(({ helps }) => !helps.includes(fix))),
  )
}

/** The pack is a plain object, so a name such as "constructor" would find what nobody declared. */
const incidentOf = (name: string, { info }: Pack) =>
  Object.hasOwn(info.incidents, name) ? info.incidents[name] : undefined
