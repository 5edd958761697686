import { readArguments, runTool } from '../../scripts/tool'
import { childRole, runChild } from './child'
import { expected, splits } from './datasets'
import { runDataSets } from './datasets-run'
import { runFiles } from './files-run'
import { runGrowth } from './growth-run'
import { InputError } from './input-error'

const usage = `npm run bench:match [-- --quick] [--long] [--only ENGINE,ENGINE]
How query time, build time and memory grow with the number of phrases, beside other engines.
  --quick  small and short, for CI    --long  also what takes minutes to train

npm run bench:match -- --train FILE.jsonl --test FILE.jsonl
Learns from one file and is tested with the other; a line is {"text": …, "label": …}.
The label out_of_scope stands for a text that means none of the entries.

npm run bench:match -- --datasets FOLDER [--split valid|test] [--only bank_10,hwu_5] [--off-topic]
Scores the matcher on BANKING77, HWU64 and CLINC150, with and without typing mistakes.
${expected}

--json with any of them: one JSON value, and nothing else, on the standard output.`

const options = {
  train: { type: 'string' },
  test: { type: 'string' },
  datasets: { type: 'string' },
  split: { type: 'string', default: 'valid' },
  only: { type: 'string', default: '' },
  'off-topic': { type: 'boolean', default: false },
  quick: { type: 'boolean', default: false },
  long: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const

/** `npm run bench:match`: how good and how fast the matcher is. */
async function main(): Promise<number> {
  if (process.argv[2] === childRole) {
    await runChild(process.argv.slice(3))
    return 0
  }
  const { values } = readArguments(usage, options, 0)
  const only = values.only.split(',').filter((name) => name !== '')
  const isJson = values.json
  if (values.train !== undefined || values.test !== undefined) {
    if (values.train === undefined || values.test === undefined)
      throw new InputError(`--train and --test go together.\n${usage}`)
    runFiles({ train: values.train, test: values.test, isJson })
  } else if (values.datasets !== undefined) {
    const split = splits.find((known) => known === values.split)
    if (!split) throw new InputError(`There is no split "${values.split}": ${splits.join(' or ')}.`)
    const isOffTopicTaught = values['off-topic']
    runDataSets({ folder: values.datasets, split, only, isOffTopicTaught, isJson })
  } else {
    await runGrowth({ isQuick: values.quick, isLong: values.long, only, isJson })
  }
  return 0
}

void runTool(async () => {
  try {
    return await main()
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    process.stderr.write(`${error.message}\n`)
    return 2
  }
})
