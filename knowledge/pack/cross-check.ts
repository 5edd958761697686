import type { Device, Role } from '../words'
import { type Fault, unknownName } from './faults'
import type { Fix, LabelledPhrase, LadderSymptom, OffTopic, PackInfo, Symptom, Way } from './schema'

/** What could be read of a pack, with the names of all its files. */
export interface ReadEntries {
  readonly symptoms: ReadonlyMap<string, Symptom>
  readonly fixes: ReadonlyMap<string, Fix>
  readonly phrases: readonly LabelledPhrase[]
  readonly development: readonly LabelledPhrase[]
  readonly offTopic: OffTopic
  /** Names of the pack's signs; absent when \`pack.yaml\` could not be read. */
  readonly signs?: readonly string[]
  readonly incidents?: PackInfo['incidents']
  /** Every file's name, also of those that could not be read: a name does not lead nowhere because its file has a fault. */
  readonly names: { readonly symptoms: ReadonlySet<string>; readonly fixes: ReadonlySet<string> }
}

/** What no single file can see: names that lead nowhere, ways that overlap or leave a gap, chances that add up to too much. */
export function crossCheck(pack: ReadEntries): Fault[] {
  return [
    ...[...pack.symptoms].flatMap(([name, symptom]) => symptomFaults(name, symptom, pack)),
    ...[...pack.fixes].flatMap(([name, fix]) => fixFaults(name, fix, pack)),
    ...phraseFaults(pack),
    ...incidentFaults(pack),
  ]
}

/** Single-fault reasoning needs room for "none of these": the chances of one symptom stay below this. */
const mostChance = 0.95

function symptomFaults(name: string, symptom: Symptom, pack: ReadEntries): Fault[] {
  const file = `symptoms/${name}.yaml`
  const faults: Fault[] = []
  const named = (field: string, ids: readonly string[]) => {
    for (const id of ids) {
      if (!pack.names.symptoms.has(id)) {
        faults.push({ file, field, problem: unknownName('symptom', id, pack.names.symptoms) })
      }
    }
  }
  named('also', symptom.also)
  named('apart', Object.keys(symptom.apart))
  if (Object.hasOwn(symptom.apart, name)) {
    faults.push({
      file,
      field: `apart.${name}`,
      problem: 'A symptom needs nothing to tell it apart from itself. Name another one.',
    })
  }
  named(
    'unlike',
    symptom.unlike.flatMap((phrase) => phrase.means ?? []),
  )
  if (symptom.kind === 'answer') {
    named('offer', symptom.offer)
    faults.push(...wayFaults(file, symptom.ways))
    return faults
  }
  named('narrow.choices', symptom.narrow?.choices ?? [])
  let sum = 0
  for (const [index, { fix, chance }] of symptom.fixes.entries()) {
    if (!pack.names.fixes.has(fix)) {
      faults.push({
        file,
        field: `fixes.${index}.fix`,
        problem: unknownName('fix', fix, pack.names.fixes),
      })
    }
    if (symptom.fixes.findIndex((other) => other.fix === fix) !== index) {
      faults.push({
        file,
        field: `fixes.${index}.fix`,
        problem: `"${fix}" is there twice. Keep one.`,
      })
    }
    faults.push(...placeFaults(file, index, symptom, pack))
    // A fix that could not be read may be a workaround, so its chance does not count.
    if (pack.fixes.get(fix)?.outcome === 'solved') sum += chance
  }
  if (sum > mostChance + 1e-9) {
    faults.push({
      file,
      field: 'fixes',
      problem: `The chances add up to ${sum.toFixed(2)}; at most ${mostChance}, since some cases none of them cures.`,
    })
  }
  return faults
}

/** Pins and gains that contradict what they stand beside. */
function placeFaults(
  file: string,
  index: number,
  { fixes }: LadderSymptom,
  pack: ReadEntries,
): Fault[] {
  const entry = fixes[index]
  const fix = entry && pack.fixes.get(entry.fix)
  if (!entry || !fix) return []
  const faults: Fault[] = []
  const add = (field: string, problem: string) =>
    faults.push({ file, field: `fixes.${index}.${field}`, problem })
  if (entry.pin !== undefined) {
    if (fixes.some((other, place) => place < index && other.pin === entry.pin))
      add('pin', `Another fix has place ${entry.pin} already. Give each its own.`)
    if (fix.outcome === 'workaround') add('pin', 'A workaround is always last. Take the pin out.')
    if (fix.loses !== undefined && entry.gain === undefined)
      add(
        'pin',
        'It loses something, so it cannot be early. Say in "gain" what is gained, or take the pin out.',
      )
  }
  if (entry.gain !== undefined && fix.loses === undefined)
    add('gain', 'It loses nothing, so nothing has to be weighed against it. Take it out.')
  return faults
}

function fixFaults(name: string, fix: Fix, pack: ReadEntries): Fault[] {
  const file = `fixes/${name}.yaml`
  const faults = wayFaults(file, fix.ways)
  for (const covered of fix.covers) {
    if (!pack.fixes.has(covered)) {
      faults.push({
        file,
        field: 'covers',
        problem: unknownName('fix', covered, pack.fixes.keys()),
      })
    }
  }
  for (const sign of Object.keys(fix.signs)) {
    if (pack.signs && !pack.signs.includes(sign))
      faults.push({
        file,
        field: `signs.${sign}`,
        problem: unknownName('sign', sign, pack.signs),
      })
  }
  const used = [...pack.symptoms.values()].some(
    (symptom) => symptom.kind === 'ladder' && symptom.fixes.some((entry) => entry.fix === name),
  )
  // A symptom that could not be read may be the one that uses it.
  if (!used && pack.symptoms.size === pack.names.symptoms.size)
    faults.push({ file, field: '', problem: 'No symptom uses this fix. Use it or delete it.' })
  return faults
}

/** For one device and role, the system ranges must neither overlap nor leave a gap. */
function wayFaults(file: string, ways: readonly Way[]): Fault[] {
  const faults: Fault[] = []
  const places = new Set(ways.flatMap((way) => way.devices ?? ['other' as const]))
  for (const device of places) {
    for (const role of ['owner', 'member'] as const) {
      const problem = rangeProblem(ways.filter((way) => isFor(way, device, role)))
      if (problem) {
        faults.push({ file, field: 'ways', problem: `For ${device} (${role}): ${problem}` })
        break
      }
    }
  }
  return faults
}

const isFor = (way: Way, device: Device, role: Role): boolean =>
  (way.devices?.includes(device) ?? true) && (way.role === undefined || way.role === role)

function rangeProblem(ways: readonly Way[]): string | undefined {
  const sorted = ways.toSorted((a, b) => (a.from ?? 0) - (b.from ?? 0))
  for (const [index, way] of sorted.entries()) {
    const next = sorted[index + 1]
    if (index === 0 && way.from !== undefined)
      return `nothing before system ${way.from}. Leave "from" off the oldest.`
    if (!next)
      return way.to === undefined
        ? undefined
        : `nothing after system ${way.to}. Leave "to" off the newest.`
    if (way.to === undefined || next.from === undefined || next.from <= way.to) {
      return 'two ways fit the same system. Give them "from" and "to" that do not overlap.'
    }
  }
  return undefined
}

/** Symptoms and fixes of an incident that lead nowhere, and fixes that none of its ladders has. */
function incidentFaults(pack: ReadEntries): Fault[] {
  const file = 'pack.yaml'
  return Object.entries(pack.incidents ?? {}).flatMap(([name, { symptoms, helps }]): Fault[] => {
    const affected = [...pack.symptoms].filter(([id]) => symptoms?.includes(id) ?? true)
    const climbed = new Set(
      affected.flatMap(([, symptom]) =>
        symptom.kind === 'ladder' ? symptom.fixes.map(({ fix }) => fix) : [],
      ),
    )
    const areAllRead = pack.symptoms.size === pack.names.symptoms.size
    return [
      ...(symptoms ?? []).flatMap((id, index) =>
        pack.names.symptoms.has(id)
          ? []
          : {
              file,
              field: `incidents.${name}.symptoms.${index}`,
              problem: unknownName('symptom', id, pack.names.symptoms),
            },
      ),
      ...helps.flatMap((id, index) => {
        const field = `incidents.${name}.helps.${index}`
        if (!pack.names.fixes.has(id))
          return { file, field, problem: unknownName('fix', id, pack.names.fixes) }
        // A symptom that could not be read may be the one that uses it.
        return climbed.has(id) || !areAllRead
          ? []
          : {
              file,
              field,
              problem: `None of its symptoms uses "${id}", so it is never shown. Take it out, or name the symptom.`,
            }
      }),
    ]
  })
}

function phraseFaults(pack: ReadEntries): Fault[] {
  const faults = [
    ...labelledFaults('phrases.yaml', pack.phrases, pack),
    ...labelledFaults('development.yaml', pack.development, pack),
  ]
  const owners = new Map<string, string>()
  for (const [name, symptom] of pack.symptoms) {
    for (const phrase of symptom.phrases) {
      const key = phrase.toLowerCase()
      const other = owners.get(key)
      if (other) {
        faults.push({
          file: `symptoms/${name}.yaml`,
          field: 'phrases',
          problem: `"${phrase}" belongs to "${other}" already. A phrase means one thing.`,
        })
      }
      owners.set(key, name)
    }
  }
  return faults
}

/** Labels that lead nowhere, and phrases that also teach: such a test would only show what was learnt by heart. */
function labelledFaults(
  file: string,
  labelled: readonly LabelledPhrase[],
  pack: ReadEntries,
): Fault[] {
  const taught = new Set(
    [
      ...[...pack.symptoms.values()].flatMap(({ title, choice, phrases, unlike }) => [
        title,
        choice,
        ...phrases,
        ...unlike.map(({ text }) => text),
      ]),
      ...pack.offTopic.topics.flatMap(({ phrases }) => phrases),
    ].map(lettersOf),
  )
  return labelled.flatMap(({ text, means }, index): Fault[] => [
    ...(means === 'none' || pack.names.symptoms.has(means)
      ? []
      : [
          {
            file,
            field: `phrases.${index}.means`,
            problem: unknownName('symptom', means, pack.names.symptoms),
          },
        ]),
    ...(taught.has(lettersOf(text))
      ? [
          {
            file,
            field: `phrases.${index}.text`,
            problem: `"${text}" also teaches (a phrase, a title, a choice or a subject that is not ours), so it tests nothing. Keep one of the two.`,
          },
        ]
      : []),
  ])
}

/** Letters and digits only: marks and spaces do not make another phrase of it. */
const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
