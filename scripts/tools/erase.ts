import { askAdmin } from '../admin-port'
import { readArguments, runTool } from '../tool'

const usage = `npm run erase -- --user ID [--dry-run] [--json]
Erases everything that is kept of one person, on the server that runs on this machine (ADMIN_PORT). --dry-run tells what would go, and erases nothing.
ID is how the page's server calls them (the "sub" of their token), the id of a web visitor ("dl_..."), or in Teams their object id in the directory.`

/** Many conversations take their time. */
const patience = 10 * 60_000

interface Answer {
  readonly counts: Readonly<Record<string, number>>
}

/** `npm run erase`: what a person is owed who asks whoever runs the server. */
async function main(): Promise<number> {
  const options = {
    user: { type: 'string' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
  } as const
  const { values } = readArguments(usage, options, 0)
  const { user, json, 'dry-run': isDry = false } = values
  if (!user) {
    process.stderr.write(`${usage}\n`)
    return 2
  }
  const body = { user, dry_run: isDry }
  const { counts } = await askAdmin<Answer>(
    { method: 'POST', path: '/api/erasures', body, patience },
    (answer) => 'counts' in answer,
    'cannot erase anybody',
  )
  process.stdout.write(
    `${json ? JSON.stringify({ dry_run: isDry, counts }) : told(counts, isDry)}\n`,
  )
  return 0
}

function told(counts: Answer['counts'], isDry: boolean): string {
  if (!counts.conversations) return 'Nothing is kept of anybody with this id.'
  const list = Object.entries(counts)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ')
  return isDry ? `Would erase: ${list}. Nothing was erased.` : `Erased: ${list}.`
}

void runTool(main)
