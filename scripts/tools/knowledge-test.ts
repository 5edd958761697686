import { createReader, measure } from '../../knowledge/matching'
import { loadPack } from '../../knowledge/pack'

/** `npm run knowledge:test [-- FOLDER]`: how well the labelled phrases of a pack are read, confusions named. */
async function main(folder = 'knowledge/packs/icloud-photo-sharing'): Promise<void> {
  const pack = await loadPack(folder)
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
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
const write = (line: string): boolean => process.stdout.write(`${line}\n`)

void main(process.argv[2])
