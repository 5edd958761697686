import { readExamples } from './jsonl'
import { learn } from './matcher'
import { measure, warmUp } from './measure'
import { milliseconds, percent, write } from './table'

export interface FilesPlan {
  readonly train: string
  readonly test: string
  readonly isJson: boolean
}

/** Learns from one file of labelled texts and is tested with another. */
export function runFiles({ train, test, isJson }: FilesPlan): void {
  const examples = readExamples(train)
  const texts = readExamples(test)
  const before = performance.now()
  const rank = learn(examples)
  const buildMs = performance.now() - before
  warmUp(rank, examples)
  const { measured } = measure(rank, texts)
  const result = { ...measured, n_train: examples.length, n_test: texts.length, buildMs }
  if (isJson) return void write(JSON.stringify(result))

  const ours = texts.filter(({ label }) => label !== undefined).length
  const rows: readonly (readonly [string, string])[] = [
    [`learnt from`, `${examples.length} texts in ${buildMs.toFixed(0)} ms`],
    [`tested with`, `${ours} texts in scope, ${texts.length - ours} out of scope`],
    ['right at first place', percent(result.top1)],
    ['right among three', percent(result.top3)],
    ['asked what was meant', percent(result.askRate)],
    ['right when sure', percent(result.precisionWhenSure)],
    ['AUROC of the confidence', percent(result.auroc)],
    ['out of scope: sure', percent(result.oosSure)],
    ['out of scope: none', percent(result.oosNone)],
    ['out of scope: rejected keeping 95 %', percent(result.oosRecallAt95)],
    ['milliseconds a query', `${milliseconds(result.p50)} p50, ${milliseconds(result.p99)} p99`],
  ]
  for (const [name, value] of rows) write(`${name.padEnd(37)}${value}`)
}
