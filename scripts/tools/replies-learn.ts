import { writeFileSync } from 'node:fs'
import { crossValidate } from '../../knowledge/replies/cross-validation'
import { learnReplies } from '../../knowledge/replies/guess'
import { learntFile, writeLearnt } from '../../knowledge/replies/learnt'
import { lessonsOf } from '../../knowledge/replies/lessons'
import { readSamples } from '../../knowledge/replies/samples'
import { readArguments, runTool } from '../tool'

const usage = `npm run replies:learn [-- --try]
Learns from test/knowledge/replies/training.jsonl how people answer, and writes knowledge/replies/learnt.bin.
--try: writes nothing; says how well each fifth of these replies is judged by what the others teach.`
const trainingFile = 'test/knowledge/replies/training.jsonl'

/** `npm run replies:learn`: makes the table by which replies are judged. */
async function main(): Promise<number> {
  const { values } = readArguments(usage, { try: { type: 'boolean' } } as const, 0)
  const samples = readSamples(trainingFile)
  if (values.try) {
    const tried = crossValidate(samples)
    write(`${samples.length} replies, ${rightOf(tried)} right`)
    for (const [place, from] of ranges.entries()) {
      const above = ranges[place + 1] ?? Infinity
      const inside = tried.filter(({ chance }) => chance >= from && chance < above)
      write(
        `chance from ${from.toFixed(2)}: ${String(inside.length).padStart(5)}, ${rightOf(inside)} right`,
      )
    }
    return 0
  }
  const bytes = writeLearnt(learnReplies(lessonsOf(samples)))
  writeFileSync(learntFile, bytes)
  write(`${samples.length} replies, ${(bytes.length / 1024).toFixed(0)} KB`)
  return 0
}

const ranges = [0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]

const rightOf = (tried: readonly { readonly isRight: boolean }[]): string =>
  `${((100 * tried.filter(({ isRight }) => isRight).length) / (tried.length || 1)).toFixed(1)} %`

const write = (text: string): boolean => process.stdout.write(`${text}\n`)

void runTool(main)
