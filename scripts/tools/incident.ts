import { config as readDotenv } from 'dotenv'
import { readConfig } from '../../src/config'
import type { WireIncident } from '../../src/incidents'
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
async function ask(method: string, path: string, body?: object): Promise<Listed> {
  readDotenv({ quiet: true })
  const { ADMIN_PORT } = readConfig(process.env)
  const response = await fetch(`http://127.0.0.1:${ADMIN_PORT}/api/incidents${path}`, {
    method,
    ...(body && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  }).catch(() => {
    return fail(
      `No server answers on port ${ADMIN_PORT} of this machine (ADMIN_PORT). Start it with npm start, or set ADMIN_PORT to the port it uses.`,
    )
  })
  const answer = await (response.json() as Promise<Listed & Refused>).catch((): Refused => ({}))
  if (response.ok && ('incident' in answer || 'incidents' in answer)) return answer
  return fail(
    answer.error?.message && response.status !== 405
      ? answer.error.message
      : `What answers on port ${ADMIN_PORT} of this machine (ADMIN_PORT) does not know incidents. Start this version of the server, or set ADMIN_PORT to the port it uses.`,
  )
}

interface Refused {
  readonly error?: { readonly message?: string }
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  return process.exit(1)
}

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
