import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { kindOf } from './questions'
import { meanings } from './guess'
import { familyOfLabel } from './signs'
import type { QuestionKind } from './understood'

/** A labelled reply of a set. */
export interface Sample {
  readonly text: string
  readonly kind: QuestionKind
  readonly label: string
  readonly also: readonly string[]
}

const known = new Set<string>(meanings)
const shape = z.object({
  text: z.string(),
  question: z.string().optional(),
  label: z.string().refine((label) => known.has(familyOfLabel(label)), 'is no label'),
  also: z.array(z.string()).optional(),
})

/** Reads a set of labelled replies, one JSON object a line; a fault names its line. */
export function readSamples(file: string): Sample[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      if (line.trim() === '') return []
      try {
        const { text, question, label, also = [] } = shape.parse(JSON.parse(line))
        return [{ text, kind: kindOf(question), label, also }]
      } catch (cause) {
        throw new Error(`${file}, line ${index + 1} is no labelled reply: ${line}`, { cause })
      }
    })
}

/** Labelled replies that one hand wrote. */
export interface SampleSet {
  readonly name: string
  readonly samples: readonly Sample[]
}

/** Reads every set of a folder, in the order of their names. */
export const readSets = (folder: string): SampleSet[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl'))
    .sort()
    .map((file) => ({
      name: basename(file, '.jsonl'),
      samples: readSamples(join(folder, file)),
    }))
