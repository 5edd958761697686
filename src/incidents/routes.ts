import { z } from 'zod'
import { unknownName, type Pack } from '../../knowledge'
import {
  fromHere,
  problem,
  toOwnPages,
  type Answer,
  type HttpRequest,
  type Origins,
  type Route,
} from '../http'
import type { Log } from '../log'
import { endTime } from './end-time'
import type { CountedIncident, Incidents } from './incidents'

export interface IncidentRouteOptions {
  readonly incidents: Incidents
  /** The pack of the moment; it may be exchanged while the server runs. */
  readonly pack: () => Pack
  readonly origins: Origins
  readonly now: () => number
  readonly log: Log
}

/** An incident as it goes over HTTP; times are ISO 8601. */
export interface WireIncident {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly text: string
  readonly started_at: string
  /** When it ends by itself. */
  readonly ends_at: string | null
  /** So many conversations want to hear its end. */
  readonly waiting: number
}

/** What is said of an incident: one line that fits a chat bubble with the sentences around it. */
const longestText = 300
const textRule = `"text" must say in 1 to ${longestText} characters how it stands, for example "Apple is working on it."`

const declaration = z.strictObject({
  name: z.string('"name" must be the name of an incident of the pack.'),
  text: z
    .string(textRule)
    .transform((text) => text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim())
    .pipe(z.string().min(1, textRule).max(longestText, textRule)),
  for: z.string('"for" must be a length of time, for example 2h.').optional(),
  until: z.string('"until" must be a time, for example 18:00.').optional(),
})

/**
 * The incident switch, for the admin port: what is at work, declare one, end one. What it says reaches people, so only
 * this machine may, and no page of another origin.
 */
export function incidentRoutes(options: IncidentRouteOptions): readonly Route[] {
  const { incidents, pack, origins, now, log } = options
  const listed = async (): Promise<readonly WireIncident[]> =>
    (await incidents.counted()).map((incident) => wired(incident, pack()))

  async function declare(request: HttpRequest): Promise<Answer> {
    const body = declaration.safeParse(await request.json())
    if (!body.success) return problem(400, 'BadIncident', sentenceOf(body.error))
    const { name, text, ...end } = body.data
    const known = pack().info.incidents
    if (!Object.hasOwn(known, name))
      return problem(400, 'UnknownIncident', unknownIncident(name, Object.keys(known)))
    const time = endTime(end, now())
    if ('problem' in time) return problem(400, 'BadIncident', time.problem)
    const { id, isNew } = await incidents.declare({ name, text, endsAt: time.endsAt })
    log.info({ incident: id, name, isNew }, 'an incident is at work')
    const incident = (await listed()).find((each) => each.id === id)
    return { status: isNew ? 201 : 200, json: { incident } }
  }

  async function end(request: HttpRequest): Promise<Answer> {
    const meant = request.params.id ?? ''
    const running = await listed()
    const incident = running.find(({ id, name }) => id === meant || name === meant)
    if (!incident || !(await incidents.end(incident.id)))
      return problem(404, 'NotRunning', notRunning(meant, running))
    log.info({ incident: incident.id, name: incident.name }, 'an incident has ended')
    return { status: 200, json: { incident } }
  }

  const routes: readonly Route[] = [
    {
      method: 'GET',
      path: '/api/incidents',
      handler: async () => ({
        status: 200,
        json: { incidents: await listed(), names: Object.keys(pack().info.incidents) },
      }),
    },
    { method: 'POST', path: '/api/incidents', handler: declare },
    { method: 'DELETE', path: '/api/incidents/:id', handler: end },
  ]
  return routes.map((route) => ({
    ...route,
    handler: fromHere(origins, toOwnPages(route.handler)),
  }))
}

/** What an incident is called on screens; its name, once the pack no longer has it. */
const titleOf = (name: string, { info }: Pack): string =>
  (Object.hasOwn(info.incidents, name) ? info.incidents[name]?.title : undefined) ?? name

const wired = (
  { id, name, text, startedAt, endsAt, waiting }: CountedIncident,
  pack: Pack,
): WireIncident => ({
  id,
  name,
  title: titleOf(name, pack),
  text,
  started_at: new Date(startedAt).toISOString(),
  ends_at: endsAt === undefined ? null : new Date(endsAt).toISOString(),
  waiting,
})

const sentenceOf = ({ issues: [issue] }: z.ZodError): string =>
  issue?.code === 'unrecognized_keys'
    ? `No field ${JSON.stringify(issue.keys[0])}. An incident has "name", "text", and "for" or "until".`
    : issue?.path.length === 0
      ? 'Send {"name", "text"} as JSON.'
      : (issue?.message ?? '')

const unknownIncident = (name: string, known: readonly string[]): string =>
  known.length === 0
    ? `The pack names no incidents, so there is no "${name}". Add it to pack.yaml under "incidents".`
    : `${unknownName('incident', name, known)} The pack names ${known.join(', ')}.`

const notRunning = (name: string, running: readonly WireIncident[]): string =>
  running.length === 0
    ? `No incident "${name}" is running; none is.`
    : `No incident "${name}" is running. Running: ${running.map((each) => each.name).join(', ')}.`
