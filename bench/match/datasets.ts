import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { readCsv } from './csv'
import { InputError } from './input-error'
import type { Example } from './matcher'
import { readText } from './read-text'

/** Validation texts are for choosing; the test texts are looked at once per change. */
export type Split = 'valid' | 'test'
export const splits: readonly Split[] = ['valid', 'test']

/** One training set of a public collection, with the texts that test it. */
export interface DataSet {
  readonly name: string
  readonly train: readonly Example[]
  /** Texts that mean nothing here and may teach that, where the collection has some. */
  readonly offTopic: readonly Example[]
  /** Validation texts, out-of-scope ones among them where the collection has some. */
  readonly valid: readonly Example[]
  readonly test: readonly Example[]
}

/** The training sets that there are: a few examples for each entry, or all. */
export const setNames = ['bank', 'hwu', 'clinc'].flatMap((name) =>
  ['5', '10', 'full'].map((size) => `${name}_${size}`),
)

/** Reads one of the training sets, to be scored on `split`, from the folder that holds the three collections. */
export function readDataSet(folder: string, name: string, split: Split): DataSet {
  const [collection = '', size = ''] = name.split('_')
  const place = join(folder, folders[collection] ?? collection)
  if (!existsSync(place)) throw new InputError(`There is no ${place}.\n${expected}`)
  const all = collection === 'clinc' ? readClinc(place) : readPairs(place, collection)
  return {
    name,
    ...all,
    train: trainingOf(),
  }

  function trainingOf(): Example[] {
    if (size !== 'full') return readLines(join(place, `train_${size}`))
    return split === 'valid' ? unseen(all.train, all.valid) : [...all.train]
  }
}

const folders: Readonly<Record<string, string>> = {
  bank: 'banking77',
  hwu: 'hwu64',
  clinc: 'clinc150',
}

/** What the folder has to hold, for whoever has not got it yet. */
export const expected = `The folder holds three collections of labelled questions; they are not part of this project:
  banking77/  train.csv and test.csv (text,category), from PolyAI-LDN/task-specific-datasets, CC BY 4.0
              train_5/, train_10/, valid/
  clinc150/   data_full.json, from clinc/oos-eval, CC BY 3.0
              train_5/, train_10/
  hwu64/      train/, train_5/, train_10/, valid/, test/, CC BY 4.0
Each small folder has the files seq.in and label, line by line, as in jianguoz/Few-Shot-Intent-Detection on GitHub.`

type Everything = Omit<DataSet, 'name'>

function readPairs(place: string, collection: string): Everything {
  const isBank = collection === 'bank'
  return {
    train: isBank ? readTable(join(place, 'train.csv')) : readLines(join(place, 'train')),
    test: isBank ? readTable(join(place, 'test.csv')) : readLines(join(place, 'test')),
    valid: readLines(join(place, 'valid')),
    offTopic: [],
  }
}

function readClinc(place: string): Everything {
  const file = join(place, 'data_full.json')
  const read = clincSchema.safeParse(JSON.parse(readText(file)))
  if (!read.success)
    throw new InputError(
      `${file} is not the file of clinc/oos-eval: ${z.prettifyError(read.error)}`,
    )
  const { train, val, test, oos_train, oos_val, oos_test } = read.data
  const ours = (pairs: typeof train) => pairs.map(([text, label]) => ({ text, label }))
  const others = (pairs: typeof train) => pairs.map(([text]) => ({ text }))
  return {
    train: ours(train),
    valid: [...ours(val), ...others(oos_val)],
    test: [...ours(test), ...others(oos_test)],
    offTopic: others(oos_train),
  }
}

const pairs = z.array(z.tuple([z.string(), z.string()]))
const clincSchema = z.object({
  train: pairs,
  val: pairs,
  test: pairs,
  oos_train: pairs,
  oos_val: pairs,
  oos_test: pairs,
})

function readLines(folder: string): Example[] {
  const [texts, labels] = ['seq.in', 'label'].map((file) =>
    readText(join(folder, file)).trimEnd().split('\n'),
  )
  if (!texts || texts.length !== labels?.length)
    throw new InputError(
      `${folder} has ${texts?.length} lines in seq.in and ${labels?.length} in label; they go together line by line.`,
    )
  return texts.map((text, index) => ({ text: text.trim(), label: labels[index]?.trim() ?? '' }))
}

function readTable(file: string): Example[] {
  const [, ...rows] = readCsv(readText(file))
  return rows.map(([text = '', label = '']) => ({ text, label }))
}

/** Without the texts that also stand in the validation lines, as those of BANKING77 were drawn from its training lines. */
function unseen(train: readonly Example[], valid: readonly Example[]): Example[] {
  const held = new Set(valid.map(({ text }) => plain(text)))
  return train.filter(({ text }) => !held.has(plain(text)))
}

const plain = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim()
