import { createReader, measure } from '../../knowledge/matching'
import { loadPack } from '../../knowledge/pack'
import { firstPack, packOption, readArguments, runTool } from '../tool'

const usage = `npm run knowledge:test [-- FOLDER]
Tells how well the labelled phrases of the pack in FOLDER (by default ${firstPack}) are read.`

/** `npm run knowledge:test`: how well the labelled phrases of a pack are read, confusions named. */
async function main(): Promise<number> {
  const { values, positionals } = readArguments(usage, packOption, 1)
  const pack = await loadPack(values.pack ?? positionals[0] ?? firstPack)
  const started = performance.now()
  const reader = createReader(pack)
  const built = performance.now() - started
  const result = measure(reader, pack.phrases)
  const read = performance.now() - started - built

  for (const { text, means, read, verdict, confidence } of result.mistakes) {
    write(
      `  ${verdict.padEnd(6)} ${confidence.toFixed(2)}  "${text}" means ${means}, read as ${read}`,
    )
  }
  write(
    [
      `${result.ours} phrases of ours, ${result.others} of others`,
      `first ${percent(result.top1)}, among three ${percent(result.top3)}`,
      `sure ${percent(result.sure)} (right ${percent(result.precision)}), asked ${percent(result.asked)}, served ${percent(result.served)}`,
      `others: sure ${percent(result.othersSure)}, asked ${percent(result.othersAsked)}`,
      `built in ${built.toFixed(0)} ms, ${(read / pack.phrases.length).toFixed(2)} ms a phrase`,
    ].join('\n'),
  )
  return 0
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
const write = (line: string): boolean => process.stdout.write(`${line}\n`)

void runTool(main)
