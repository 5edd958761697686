import { config as readDotenv } from 'dotenv'
import { readConfig } from '../../src/config'
import type { Phrase } from '../../src/insights/phrases'
import {
  defaultPhrases,
  listUnmatched,
  mostDays,
  mostPhrases,
  wholeNumber,
} from '../../src/insights/unmatched'
import { databasePlace, openToRead } from '../../src/storage/open'
import { readArguments, runTool } from '../tool'

const usage = `npm run unmatched [-- --days N] [--limit N] [--json]
Lists what people typed that the bot had no use for, the most frequent first, from the database.
--days: how far back, 1 to ${mostDays}. --limit: how many, 1 to ${mostPhrases} (by default ${defaultPhrases}). --json: as the admin port answers.`

/** `npm run unmatched`: reads the database file, whether the server runs or not, and changes nothing in it. */
async function main(): Promise<number> {
  const options = {
    days: { type: 'string' },
    limit: { type: 'string' },
    json: { type: 'boolean' },
  } as const
  const { values } = readArguments(usage, options, 0)
  const days = count('--days', values.days, mostDays)
  const limit = count('--limit', values.limit, mostPhrases)
  readDotenv({ quiet: true })
  const config = readConfig(process.env)
  const { DATA_DIR, RETENTION_DAYS } = config
  const file = await openToRead(databasePlace(config))
  if (!file) {
    process.stderr.write(
      `There is no database in ${DATA_DIR} (DATA_DIR). It is made when the server starts for the first time.\n`,
    )
    return 1
  }
  try {
    const phrases = await listUnmatched(file, {
      days,
      limit,
      retentionDays: RETENTION_DAYS,
      now: Date.now(),
    })
    process.stdout.write(`${values.json ? JSON.stringify({ phrases }) : asTable(phrases)}\n`)
  } finally {
    await file.close()
  }
  return 0
}

/** A number given on the command line; any other word ends the tool. */
function count(name: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined
  const value = wholeNumber(text, most)
  if (value !== undefined) return value
  process.stderr.write(
    `${name} must be a whole number from 1 to ${most}, for example 30.\n${usage}\n`,
  )
  return process.exit(2)
}

function asTable(phrases: readonly Phrase[]): string {
  if (phrases.length === 0) return 'Nothing was left unmatched.'
  const rows = phrases.map(({ text, count: times, last_at, why, nearest }) => [
    String(times),
    last_at.slice(0, 10),
    Object.entries(why)
      .filter(([, number]) => number > 0)
      .map(([reason, number]) => `${reason.replaceAll('_', ' ')} ${number}`)
      .join(', '),
    plain(text),
    nearest.join(', '),
  ])
  const table = [['count', 'last', 'why', 'phrase', 'nearest'], ...rows]
  const widths = [0, 1, 2, 3].map((column) =>
    Math.min(Math.max(...table.map((row) => row[column]?.length ?? 0)), widest),
  )
  return table
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n')
}

/** A column is made no wider than this; a longer phrase pushes what follows it to the right. */
const widest = 60

/** What strangers typed goes to a terminal: without the characters that move its cursor or turn its text round. */
const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')

void runTool(main)
