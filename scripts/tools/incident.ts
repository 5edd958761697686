import type { WireIncident } from '../../src/incidents'
import { askAdmin } from '../admin-port'
import { readArguments, runTool } from '../tool'

const usage = `npm run incident -- start NAME "TEXT" [--for 2h | --until 18:00]
npm run incident -- end NAME
npm run incident -- list [--json]
Declares a cause that many people share, which the pack names under "incidents", on the server that runs on this machine (ADMIN_PORT).
TEXT is said to people, for example "Apple is working on it." Of an incident that runs already, "start" changes the text.`

/** How long the server may take to answer, in milliseconds. */
const patience = 15_000

/** `npm run incident`: the switch for causes that many people share. It asks the running server, which tells its people at once. */
async function main(): Promise<number> {
  const options = {
    for: { type: 'string' },
    until: { type: 'string' },
    json: { type: 'boolean' },
  } as const
  const { values, positionals } = readArguments(usage, options, 3)
  const [command, name, text] = positionals
  const { for: length, until } = values
  if (command === 'start' && name && text) {
    const { incident } = await ask('POST', '', { name, text, for: length, until })
    return tell(incident ? [lineOf(incident)] : [])
  }
  if (command === 'end' && name && !text) {
    const { incident } = await ask('DELETE', `/${encodeURIComponent(name)}`)
    return tell(incident ? [`Ended: ${incident.title}. ${told(incident.waiting)}`] : [])
  }
  if (command === 'list' && !name) {
    const answer = await ask('GET', '')
    if (values.json) return tell([JSON.stringify({ incidents: answer.incidents })])
    const { incidents = [], names = [] } = answer
    if (incidents.length > 0) return tell(incidents.map(lineOf))
    return tell([
      names.length > 0
        ? `None is running. The pack names ${names.join(', ')}.`
        : 'None is running, and the pack names none.',
    ])
  }
  process.stderr.write(`${usage}\n`)
  return 2
}

interface Listed {
  readonly incident?: WireIncident
  readonly incidents?: readonly WireIncident[]
  readonly names?: readonly string[]
}

/** What the server says; a refusal ends the tool with its sentence. */
const ask = (method: string, path: string, body?: object): Promise<Listed> =>
  askAdmin<Listed>(
    { method, path: `/api/incidents${path}`, body, patience },
    (answer) => 'incident' in answer || 'incidents' in answer,
    'does not know incidents',
  )

function tell(lines: readonly string[]): number {
  process.stdout.write(`${lines.join('\n')}\n`)
  return 0
}

const lineOf = ({ name, title, text, started_at, ends_at, waiting }: WireIncident): string =>
  `${name}  ${title} since ${clock(started_at)}${ends_at === null ? '' : ` until ${clock(ends_at)}`}, ${waiting} waiting: ${text}`

/** As the clock of this machine shows it: the operator's own. */
const clock = (time: string): string => {
  const date = new Date(time)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`
}

const told = (waiting: number): string =>
  waiting === 0
    ? 'Nobody was waiting to hear it.'
    : `${waiting} ${waiting === 1 ? 'conversation is' : 'conversations are'} told.`

void runTool(main)
