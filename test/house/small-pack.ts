import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'

/** A pack cut from the first one, written into a folder: whole enough to be valid, small enough to be learnt at once. */

const source = join(__dirname, '../../knowledge/packs/icloud-photo-sharing')

/** With fewer than five nothing is held out to try the model on. */
const symptoms = [
  'storage-full',
  'album-missing',
  'invite-not-received',
  'battery-low-power',
  'apple-tv',
]

/** Of each symptom and of each topic that is not ours. */
const mostPhrases = 12
const mostTopics = 2
const mostForeign = 3

/** A file of a pack as it comes out of YAML. */
interface Entry {
  [field: string]: unknown
  phrases: string[]
  unlike?: { means?: string }[]
  also?: string[]
  offer?: string[]
  apart?: Record<string, string>
  fixes?: { fix: string }[]
  covers?: string[]
}

/** Writes the pack into `folder` and returns that. */
export function writeSmallPack(folder: string): string {
  mkdirSync(join(folder, 'symptoms'), { recursive: true })
  mkdirSync(join(folder, 'fixes'), { recursive: true })
  const isKept = (id = '') => symptoms.includes(id)
  const fixes = new Set<string>()
  for (const id of symptoms) {
    const entry = read<Entry>(`symptoms/${id}.yaml`)
    // A question that narrows down names symptoms that are not here.
    delete entry.narrow
    entry.phrases = entry.phrases.slice(0, mostPhrases)
    entry.unlike = entry.unlike?.filter(({ means }) => means === undefined || isKept(means)) ?? []
    entry.also = entry.also?.filter(isKept) ?? []
    if (entry.offer) entry.offer = entry.offer.filter(isKept)
    entry.apart = Object.fromEntries(
      Object.entries(entry.apart ?? {}).filter(([other]) => isKept(other)),
    )
    for (const { fix } of entry.fixes ?? []) fixes.add(fix)
    write(folder, `symptoms/${id}.yaml`, entry)
  }
  for (const id of fixes) {
    const fix = read<Entry>(`fixes/${id}.yaml`)
    fix.covers = fix.covers?.filter((other) => fixes.has(other)) ?? []
    write(folder, `fixes/${id}.yaml`, fix)
  }
  const { topics, foreign } = read<{ topics: Entry[]; foreign: unknown[] }>('off-topic.yaml')
  write(folder, 'off-topic.yaml', {
    topics: topics.slice(0, mostTopics).map((topic) => ({
      ...topic,
      phrases: topic.phrases.slice(0, mostPhrases),
    })),
    foreign: foreign.slice(0, mostForeign),
  })
  // Incidents name symptoms that are not here.
  const { incidents: _dropped, ...info } = read<{ incidents?: unknown }>('pack.yaml')
  write(folder, 'pack.yaml', info)
  for (const name of ['phrases.yaml', 'development.yaml']) {
    const { phrases } = read<{ phrases: { means: string }[] }>(name)
    write(folder, name, { phrases: phrases.filter(({ means }) => isKept(means)) })
  }
  return folder
}

const read = <T>(name: string): T => parse(readFileSync(join(source, name), 'utf8')) as T

const write = (folder: string, name: string, content: unknown): void =>
  writeFileSync(join(folder, name), stringify(content))
