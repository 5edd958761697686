import { parseArgs } from 'node:util'
import { runEcho } from './echo-server'
import { runFixladder } from './fixladder-server'
import { measureAll } from './measure-all'

/**
 * `npm run bench:turn`: turns a second of the whole server, beside a bare botbuilder echo bot in the same run.
 * The same file is each of the servers, in a process of its own, when its first word says so.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      /** Rounds of each kind; the medians of all are shown. */
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '5' },
      /** Conversations at once. */
      parallel: { type: 'string', default: '64' },
      profile: { type: 'boolean', default: true },
    },
    allowNegative: true,
  })
  if (positionals[0] === 'echo') return runEcho()
  if (positionals[0] === 'fixladder') return runFixladder(positionals[1] ?? '')
  return measureAll({
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    parallel: Number(values.parallel),
    profile: values.profile,
  })
}

void main()
