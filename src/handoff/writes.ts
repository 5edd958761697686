import { append } from '../conversations/writes'
import { Refused, statement, type Tx } from '../storage'

/** What changes hand-offs after a turn opened one. Runs inside the storage worker's transactions. */
export const handoffWrites = { noteAnnounced, answerHandoff, returnToBot }

/** How agents are called to the person until agents have names of their own. */
const colleague = { id: 'agent', name: 'Support', role: 'agent' } as const

async function noteAnnounced(tx: Tx, input: { id: string; at: number }): Promise<void> {
  await tx.run(setAnnounced, input)
}

/** A person answers. From the first answer on they hold the conversation, and the bot stays quiet. */
async function answerHandoff(
  tx: Tx,
  input: { id: string; text: string; key?: string; at: number; joined: string },
): Promise<{ conversation: string; seq: number }> {
  const { conversation, state } = await find(tx, input.id)
  if (state === 'closed')
    throw new Refused('handoff_closed', 'This case is closed; the bot answers again.')
  if (state === 'waiting') await tx.run(setState, { id: input.id, state: 'open' })
  const took = await tx.run(takeOver, { conversation })
  if (took.length > 0) {
    await systemLine(tx, conversation, input.joined, input.at)
  }
  const { seq } = await append(tx, {
    conversation,
    row: {
      at: input.at,
      kind: 'activity',
      audience: ['person', 'agents'],
      ...(input.key === undefined ? {} : { key: `desk:${input.key}` }),
      body: { type: 'message', from: colleague, text: input.text },
    },
  })
  return { conversation, seq }
}

/** The person who helped is done: the bot answers again. */
async function returnToBot(
  tx: Tx,
  input: { id: string; at: number; left: string },
): Promise<{ conversation: string; seq: number }> {
  const { conversation, state } = await find(tx, input.id)
  if (state === 'closed') throw new Refused('handoff_closed', 'This case is closed already.')
  await tx.run(setState, { id: input.id, state: 'closed' })
  const others = await tx.run(selectOpen, { conversation })
  // Another case of the same person is still with somebody: they keep the chat.
  if (others.length > 0) return { conversation, seq: 0 }
  const held = await tx.run(giveBack, { conversation })
  const wasJoined = held.length > 0 && state === 'open'
  const seq = wasJoined ? await systemLine(tx, conversation, input.left, input.at) : 0
  return { conversation, seq }
}

async function find(tx: Tx, id: string): Promise<{ conversation: string; state: string }> {
  const [handoff] = await tx.run(selectHandoff, { id })
  if (!handoff) throw new Refused('handoff_unknown', `No hand-off ${JSON.stringify(id)}.`)
  return handoff
}

async function systemLine(tx: Tx, conversation: string, text: string, at: number): Promise<number> {
  const { seq } = await append(tx, {
    conversation,
    row: {
      at,
      kind: 'event',
      audience: ['person', 'agents'],
      body: {
        type: 'message',
        from: { id: 'fixladder', name: 'Fixladder', role: 'bot' },
        channelData: { fixladder: { kind: 'system', text } },
      },
    },
  })
  return seq
}

const setAnnounced = statement<{ id: string; at: number }>()((db, at) =>
  db
    .updateTable('handoffs')
    .set({ announced_at: at('at') })
    .where('id', '=', at('id')),
)

const selectHandoff = statement<{ id: string }>()((db, at) =>
  db.selectFrom('handoffs').select(['conversation', 'state']).where('id', '=', at('id')),
)

const selectOpen = statement<{ conversation: string }>()((db, at) =>
  db
    .selectFrom('handoffs')
    .select('id')
    .where('conversation', '=', at('conversation'))
    .where('state', '=', 'open'),
)

const setState = statement<{ id: string; state: string }>()((db, at) =>
  db
    .updateTable('handoffs')
    .set((column) => ({ state: at('state'), version: column('version', '+', 1) }))
    .where('id', '=', at('id')),
)

const takeOver = statement<{ conversation: string }>()((db, at) =>
  db
    .updateTable('conversations')
    .set((column) => ({ holder: 'agent', holder_version: column('holder_version', '+', 1) }))
    .where('id', '=', at('conversation'))
    .where('holder', '<>', 'agent')
    .returning('id'),
)

const giveBack = statement<{ conversation: string }>()((db, at) =>
  db
    .updateTable('conversations')
    .set((column) => ({ holder: 'bot', holder_version: column('holder_version', '+', 1) }))
    .where('id', '=', at('conversation'))
    .where('holder', '<>', 'bot')
    .returning('id'),
)
