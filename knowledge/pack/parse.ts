import { parseDocument } from 'yaml'
import type { z } from 'zod'
import { type Fault, PackError, unknownName } from './faults'
import { crossCheck } from './cross-check'
import { remedy } from './remedy'
import {
  cannedSchema,
  fixSchema,
  offTopicSchema,
  packSchema,
  phrasesSchema,
  symptomSchema,
  type Pack,
} from './schema'

/** A file of a pack: its path from the pack's folder, with forward slashes, and its text. */
export interface PackFile {
  readonly path: string
  readonly text: string
}

/** Limits that keep a mistaken or hostile file from stalling the server. */
const longestFile = 2 * 1024 * 1024
const mostEntries = 5_000

/**
 * Makes a pack of its files in one language (the pack's own by default).
 * A translation lies beside its file (`fixes/restart.de.yaml`) and holds only the fields that differ.
 * Throws PackError with every fault of every file.
 */
export function parsePack(files: readonly PackFile[], language?: string): Pack {
  const faults: Fault[] = []
  if (files.length > mostEntries) {
    throw new PackError([
      { file: '.', field: '', problem: `${files.length} files; at most ${mostEntries}.` },
    ])
  }
  const documents = new Map(files.map((file) => [file.path, readYaml(file, faults)]))
  const info = check('pack.yaml', documents.get('pack.yaml'), packSchema, faults)
  const spoken = language ?? info?.language
  if (info && spoken && spoken !== info.language && !info.translations.includes(spoken)) {
    faults.push({
      file: 'pack.yaml',
      field: 'translations',
      problem: unknownName('translation', spoken, [info.language, ...info.translations]),
    })
  }
  const overlay = spoken === info?.language ? undefined : spoken

  const entriesOf = <T extends { id: string }>(folder: string, schema: z.ZodType<T>) => {
    const entries = new Map<string, T>()
    const names = new Set<string>()
    for (const path of documents.keys()) {
      const match = entryPath.exec(path)
      if (match?.[1] !== folder || !match[2] || match[3]) continue
      names.add(match[2])
      const translated = overlay && documents.get(path.replace(/\.yaml$/, `.${overlay}.yaml`))
      const entry = check(path, merged(documents.get(path), translated), schema, faults)
      if (!entry) continue
      if (entry.id !== match[2]) {
        faults.push({
          file: path,
          field: 'id',
          problem: `"${entry.id}" is not the file's name. Rename one of the two.`,
        })
      }
      entries.set(match[2], entry)
    }
    return { entries, names }
  }

  for (const path of documents.keys()) {
    if (!entryPath.test(path) && !topFiles.has(path)) {
      faults.push({
        file: path,
        field: '',
        problem: 'Not a place for a pack file. Use symptoms/ or fixes/, and .yaml.',
      })
    }
  }
  const fixes = entriesOf('fixes', fixSchema)
  const symptoms = entriesOf('symptoms', symptomSchema)
  const optional = <T>(name: string, schema: z.ZodType<T>): T | undefined =>
    documents.has(name) ? check(name, documents.get(name), schema, faults) : undefined

  const read = {
    symptoms: symptoms.entries,
    fixes: fixes.entries,
    offTopic: optional('off-topic.yaml', offTopicSchema) ?? { topics: [], foreign: [] },
    canned: optional('canned-replies.yaml', cannedSchema)?.replies ?? [],
    phrases: optional('phrases.yaml', phrasesSchema)?.phrases ?? [],
    development: optional('development.yaml', phrasesSchema)?.phrases ?? [],
  }
  const names = { symptoms: symptoms.names, fixes: fixes.names }
  faults.push(
    ...crossCheck({
      ...read,
      ...(info && { signs: Object.keys(info.signs), incidents: info.incidents }),
      names,
    }),
  )
  if (!info || faults.length > 0) throw new PackError(faults)
  return { info, ...read }
}

const entryPath = /^(symptoms|fixes)\/([a-z0-9-]+)(?:\.([a-z]{2}))?\.yaml$/
const topFiles = new Set([
  'pack.yaml',
  'off-topic.yaml',
  'canned-replies.yaml',
  'phrases.yaml',
  'development.yaml',
])

function readYaml({ path, text }: PackFile, faults: Fault[]): unknown {
  if (text.length > longestFile) {
    faults.push({
      file: path,
      field: '',
      problem: `${text.length} characters; at most ${longestFile}.`,
    })
    return undefined
  }
  const document = parseDocument(text, { prettyErrors: true })
  for (const error of document.errors) {
    faults.push({ file: path, field: '', problem: error.message.split('\n')[0] ?? 'Not YAML.' })
  }
  if (document.errors.length > 0) return undefined
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    // Aliases that expand to millions of nodes: the library refuses them here.
    faults.push({
      file: path,
      field: '',
      problem: error instanceof Error ? error.message : String(error),
    })
    return undefined
  }
}

function check<T>(
  file: string,
  value: unknown,
  schema: z.ZodType<T>,
  faults: Fault[],
): T | undefined {
  if (value === undefined) {
    if (!faults.some((fault) => fault.file === file)) {
      faults.push({ file, field: '', problem: 'The file is missing or empty.' })
    }
    return undefined
  }
  const result = schema.safeParse(value)
  if (result.success) return result.data
  for (const issue of result.error.issues) {
    faults.push({ file, field: issue.path.join('.'), problem: remedy(issue, value, schema) })
  }
  return undefined
}

/** The entry with the translated fields laid over it, one level deep: a list is replaced whole. */
function merged(entry: unknown, translated: unknown): unknown {
  if (!isRecord(entry) || !isRecord(translated)) return entry
  return { ...entry, ...translated }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
