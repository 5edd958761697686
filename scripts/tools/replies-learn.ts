import { writeFileSync } from 'node:fs'
import { crossValidate, type Tried } from '../../knowledge/replies/cross-validation'
import { learnReplies } from '../../knowledge/replies/guess'
import { learntFile, writeLearnt } from '../../knowledge/replies/learnt'
import { lessonsOf } from '../../knowledge/replies/lessons'
import { readSets } from '../../knowledge/replies/samples'
import { printOf } from '../replies-print'
import { readArguments, runTool } from '../tool'

const usage = `npm run replies:learn [-- --try]
Learns from the sets in test/knowledge/replies/training/ how people answer, and writes knowledge/replies/learnt.bin.
--try: writes nothing; says how well each set is judged by what the others teach.`
const trainingFolder = 'test/knowledge/replies/training'

/** `npm run replies:learn`: makes the table by which replies are judged. */
async function main(): Promise<number> {
  const { values } = readArguments(usage, { try: { type: 'boolean' } } as const, 0)
  const sets = readSets(trainingFolder)
  if (values.try) {
    reportTrial(crossValidate(sets))
    return 0
  }
  const samples = sets.flatMap((set) => set.samples)
  const lessons = lessonsOf(samples)
  const bytes = writeLearnt(learnReplies(lessons), printOf(lessons, '.'))
  writeFileSync(learntFile, bytes)
  write(`${samples.length} replies, ${(bytes.length / 1024).toFixed(0)} KB`)
  return 0
}

function reportTrial(sets: readonly Tried[]): void {
  for (const { name, replies } of sets) write(row(name, replies))
  const all = sets.flatMap(({ replies }) => replies)
  write(row('all', all))
  ranges.forEach((from, place) => {
    const above = ranges[place + 1] ?? Infinity
    const inside = all.filter(({ chance }) => chance >= from && chance < above)
    write(row(`chance from ${from.toFixed(2)}`, inside))
  })
}

const row = (name: string, replies: Tried['replies']): string =>
  `${name.padEnd(18)}${String(replies.length).padStart(6)} replies${rightOf(replies).padStart(8)} right`

const ranges = [0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]

const rightOf = (tried: Tried['replies']): string =>
  `${((100 * tried.filter(({ isRight }) => isRight).length) / (tried.length || 1)).toFixed(1)} %`

const write = (text: string): boolean => process.stdout.write(`${text}\n`)

void runTool(main)
