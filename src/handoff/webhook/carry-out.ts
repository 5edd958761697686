import type { Desk } from '../attendance'
import type { Handoff, Handoffs } from '../handoffs'
import type { Agent } from '../ticket'
import type { CommandResult } from '../writes'
import { ownKeys } from './activities'
import type { Received } from './received'
import { declined, type TroubleOptions } from './trouble'

export interface CarryOutOptions extends TroubleOptions {
  readonly handoffs: Pick<Handoffs, 'command' | 'note' | 'get'>
  /** Shows the person that an agent is typing. */
  readonly typed?: (conversation: string, agent: string) => void
}

/** Where its agents work. */
const desk: Desk = 'webhook'

type Did = CommandResult | 'done'

/**
 * Does what the help desk sent, by the commands that every desk uses. Whoever of its agents writes has the case: among
 * themselves they pass it on without asking us. An agent of another desk keeps it; then the refusal is given back.
 */
export async function carryOut(
  options: CarryOutOptions,
  handoff: Handoff,
  sent: Received,
): Promise<Did> {
  switch (sent.type) {
    case 'message':
      return answer(options, handoff, { by: ours(sent.from), text: sent.text, id: sent.id })
    case 'typing':
      if (handoff.state === 'held' && isOurs(handoff.agent))
        options.typed?.(handoff.conversation, sent.from.name)
      return 'done'
    case 'event':
      return sent.name === 'handoff.return'
        ? giveBack(options, handoff, sent)
        : takeStatus(options, handoff, sent)
  }
}

type Status = Extract<Received, { name: 'handoff.status' }>
type Return = Extract<Received, { name: 'handoff.return' }>

async function takeStatus(
  options: CarryOutOptions,
  handoff: Handoff,
  { id, value }: Status,
): Promise<Did> {
  const { state, message, fixed, words } = value
  if (state === 'failed') return fail(options, handoff, { id, value })
  const by = whoActs(handoff, value.agent)
  const had =
    message === undefined
      ? await take(options, handoff, by)
      : await answer(options, handoff, { by, text: message, id })
  if (state === 'accepted' || isRefused(had)) return had
  return options.handoffs.command(
    handoff.id,
    { command: 'close', by },
    { desk, ...(fixed !== undefined && { fixed: { by: fixed, ...(words && { words }) } }) },
  )
}

/** Nobody there can take it: the case goes (back) into the queue, and is offered again. */
async function fail(
  options: CarryOutOptions,
  handoff: Handoff,
  { id, value }: Pick<Status, 'id' | 'value'>,
): Promise<Did> {
  const { handoffs } = options
  if (handoff.state !== 'queued') {
    const by = whoActs(handoff, undefined)
    const released = await handoffs.command(handoff.id, { command: 'release', by }, { desk })
    if (isRefused(released)) return released
  }
  if (value.message !== undefined)
    await handoffs.note(handoff.id, {
      by: ours(value.agent ?? unnamed),
      text: value.message,
      key: `${ownKeys}${id}`,
    })
  await declined(options, handoff.id)
  return 'done'
}

/** The bot goes on with the ladder, at the fix that was named or wherever it stands. */
function giveBack(options: CarryOutOptions, handoff: Handoff, { value }: Return): Promise<Did> {
  const by = whoActs(handoff, value.agent)
  const { fix } = value
  return options.handoffs.command(
    handoff.id,
    { command: 'return', by },
    { desk, ...(fix !== undefined && { act: { does: 'return', fix } }) },
  )
}

/** Says it to the person, which takes a case out of the queue. */
async function answer(
  options: CarryOutOptions,
  handoff: Handoff,
  { by, text, id }: { by: Agent; text: string; id: string },
): Promise<CommandResult> {
  const passed = isColleagues(handoff, by) ? await take(options, handoff, by) : undefined
  if (passed && isRefused(passed)) return passed
  const given = { desk, message: text, key: `${ownKeys}${id}` }
  return options.handoffs.command(handoff.id, { command: 'answer', by }, given)
}

/** Gives the case to this agent: from the queue, or from a colleague at the same desk. */
function take({ handoffs }: CarryOutOptions, handoff: Handoff, by: Agent): Promise<CommandResult> {
  const { id, agent } = handoff
  return handoffs.command(
    id,
    isColleagues(handoff, by) && agent
      ? { command: 'transfer', by: agent, to: by }
      : { command: 'claim', by },
    { desk },
  )
}

const isColleagues = ({ state, agent }: Handoff, by: Agent): boolean =>
  state === 'held' && isOurs(agent) && agent.id !== by.id

/** Whoever is named; otherwise whoever of this desk has the case. */
const whoActs = ({ agent, state }: Handoff, named: Agent | undefined): Agent =>
  named ? ours(named) : state === 'held' && isOurs(agent) ? agent : ours(unnamed)

const unnamed: Agent = { id: 'desk', name: 'A colleague' }

/** The desk's agents, marked so that none of them is ever taken for one of ours. */
const mark = 'webhook:'
const ours = ({ id, name }: Agent): Agent => ({ id: `${mark}${id}`, name })
const isOurs = (agent: Agent | undefined): agent is Agent => agent?.id.startsWith(mark) === true

const isRefused = (result: CommandResult): boolean => 'refused' in result
