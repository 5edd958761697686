import { createReader, findUnshared, measure, type Measurement } from '../../knowledge/matching'
import { loadPack } from '../../knowledge/pack'
import { firstPack, packOption, readArguments, runTool } from '../tool'

const usage = `npm run knowledge:test [-- FOLDER] [--development] [--all]
Tells how well the labelled phrases of the pack in FOLDER (by default ${firstPack}) are read:
its test (phrases.yaml), or with --development the phrases to look at while changing something.
With --all every phrase that was read wrongly is shown, not only the pairs of symptoms that are confused.`

/** `npm run knowledge:test`: how well the labelled phrases of a pack are read, confusions named. */
async function main(): Promise<number> {
  const options = {
    ...packOption,
    development: { type: 'boolean' },
    all: { type: 'boolean' },
  } as const
  const { values, positionals } = readArguments(usage, options, 1)
  const pack = await loadPack(values.pack ?? positionals[0] ?? firstPack)
  const labelled = values.development ? pack.development : pack.phrases
  if (labelled.length === 0) {
    write(
      `There are no labelled phrases in ${values.development ? 'development' : 'phrases'}.yaml.`,
    )
    return 1
  }
  const started = performance.now()
  const reader = createReader(pack)
  const built = performance.now() - started
  const result = measure(reader, labelled)
  const read = performance.now() - started - built
  const isUnshared = findUnshared(pack)
  const unshared = measure(reader, labelled.filter(isUnshared))
  const usual = measure(
    reader,
    labelled.filter((phrase) => !isUnshared(phrase)),
  )

  if (values.all) {
    for (const { text, means, read, verdict, confidence } of result.mistakes) {
      write(
        `  ${verdict.padEnd(6)} ${confidence.toFixed(2)}  "${text}" means ${means}, read as ${read}`,
      )
    }
  } else writeConfusions(result)
  write(
    [
      `${result.ours} phrases of ours, ${result.others} of others`,
      `top-1 ${percent(result.top1)}, top-3 ${percent(result.top3)}`,
      `sure ${percent(result.sure)}, right when sure ${percent(result.precision)}`,
      `asked ${percent(result.asked)}, the right one among the choices ${percent(result.askedWell)}`,
      `served (sure and right, or asked well) ${percent(result.served)}`,
      `others: sure ${percent(result.othersSure)}, asked ${percent(result.othersAsked)}`,
      `${usual.ours} of ours share a content word with a phrase of their symptom: top-1 ${percent(usual.top1)}, top-3 ${percent(usual.top3)}`,
      `${unshared.ours} of ours share none: top-1 ${percent(unshared.top1)}, top-3 ${percent(unshared.top3)}`,
      `built in ${built.toFixed(0)} ms, ${(read / labelled.length).toFixed(2)} ms a phrase`,
    ].join('\n'),
  )
  return 0
}

function writeConfusions({ confusions, mistakes }: Measurement): void {
  for (const { means, read, texts } of confusions) {
    write(`${means} read as ${read} (${texts.length})`)
    for (const text of texts) write(`    "${text}"`)
  }
  const accepted = mistakes.filter(({ means }) => means === 'none')
  if (accepted.length > 0) write(`none of ours, and yet not refused (${accepted.length})`)
  for (const { text, read, verdict } of accepted) write(`    ${verdict}: "${text}" read as ${read}`)
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
const write = (line: string): boolean => process.stdout.write(`${line}\n`)

void runTool(main)
