import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import type { Pack } from '../knowledge'
import { createGrowthSet } from './match/growth-set'

/** Writes a made-up pack of so many phrases, grown out of those of a real one, into `folder`. */
export function writeMadeUpPack(
  folder: string,
  size: number,
  real: Pack,
  realFolder: string,
): void {
  const seeds = [...real.symptoms.values()].flatMap(({ phrases }) => phrases)
  const phrases = new Map<string, string>()
  for (const { text, label } of createGrowthSet(size, 0, seeds).phrases)
    phrases.set(text.toLowerCase(), label.replace('_', '-'))
  mkdirSync(join(folder, 'symptoms'), { recursive: true })
  for (const id of new Set(phrases.values())) {
    const own = [...phrases].flatMap(([text, owner]) => (owner === id ? text : []))
    // Of the shortest entries too few phrases are left when those of others are taken out.
    if (own.length < fewestPhrases) continue
    const symptom = {
      id,
      kind: 'answer',
      title: own[0],
      choice: id,
      says: 'Something is the matter.',
      phrases: own,
      answer: 'This is how it is.',
      sources: [{ mark: 'G' }],
    }
    writeFileSync(join(folder, `symptoms/${id}.yaml`), stringify(symptom))
  }
  // Incidents name symptoms and fixes of the real pack, which this one does not have.
  writeFileSync(join(folder, 'pack.yaml'), stringify({ ...real.info, incidents: {} }))
  writeFileSync(join(folder, 'off-topic.yaml'), readFileSync(join(realFolder, 'off-topic.yaml')))
  for (const file of ['phrases.yaml', 'development.yaml'])
    writeFileSync(join(folder, file), stringify({ phrases: [] }))
}

/** The format asks for so many. */
const fewestPhrases = 12
