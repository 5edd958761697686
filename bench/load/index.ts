import { parseArgs } from 'node:util'
import { runEcho } from '../echo-server'
import { runFixladder } from '../fixladder-server'
import { runCrowd } from './crowd'
import { measureLoad } from './run'

/**
 * `npm run bench:load`: many open chats and so many messages a second, the same for a bare botbuilder echo bot beside
 * it. The same file is each of the servers, and everybody who talks to them, in a process of its own, when its first
 * word says so.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      /** Chats with an open stream. */
      sockets: { type: 'string', default: '5000' },
      /** Messages a second, from all of them together. */
      rate: { type: 'string', default: '200' },
      seconds: { type: 'string', default: '60' },
      /** Rounds of the same, beside the echo bot; each is shown. */
      rounds: { type: 'string', default: '1' },
      /** So many chats that say nothing: what one costs. */
      idle: { type: 'string', default: '0' },
      /** Looks for the highest rate that is still answered in time. */
      ceiling: { type: 'boolean', default: false },
      /** What a message costs on logs of so many rows: "1e4,1e5,1e6". */
      rows: { type: 'string', default: '' },
      /** PostgreSQL in place of SQLite, and how many instances share it. */
      'database-url': { type: 'string' },
      instances: { type: 'string', default: '1' },
      /** Holds each instance to this share of a core. */
      cores: { type: 'string' },
      /** Shows where the servers' time goes, at the price of slower ones. */
      profile: { type: 'boolean', default: false },
      /** Leaves the echo bot out. */
      echo: { type: 'boolean', default: true },
    },
    allowNegative: true,
  })
  const [role, dataDir = '', databaseUrl] = positionals
  if (role === 'echo') return runEcho()
  if (role === 'crowd') return runCrowd()
  if (role === 'fixladder')
    return runFixladder(dataDir, databaseUrl === undefined ? {} : sharing(databaseUrl))
  return measureLoad({
    sockets: Number(values.sockets),
    rate: Number(values.rate),
    seconds: Number(values.seconds),
    rounds: Number(values.rounds),
    idle: Number(values.idle),
    rows: values.rows.split(',').filter(Boolean).map(Number),
    looksForCeiling: values.ceiling,
    databaseUrl: values['database-url'],
    instances: Number(values.instances),
    cores: values.cores === undefined ? undefined : Number(values.cores),
    hasEcho: values.echo,
    profiles: values.profile,
  })
}

/** Servers that share a database sign with the same key. */
const sharing = (databaseUrl: string) => ({
  DATABASE_URL: databaseUrl,
  SIGNING_KEY: 'the key of all servers of this bench'.repeat(2),
})

void main()
