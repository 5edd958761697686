import { readState, reminderEvent, textOf, type BotState } from '../../dialogs'
import { createReader, type Pack, type Reader } from '../../knowledge'
import { runTurn } from '../../src/bot'
import { loadFirstPack } from '../first-pack'

/** States and timers that an earlier version left: without the time of the last word, and without the reminder's times. */

let pack: Pack
let reader: Reader

beforeAll(async () => {
  pack = await loadFirstPack()
  reader = createReader(pack)
})

const hour = 60 * 60_000
let ids = 0

/** One turn on a state as it comes out of the database. */
async function turn(state: BotState | undefined, activity: object, now: number) {
  const input = {
    activity: { type: 'message', ...activity },
    state: state ?? (readState('{}') as BotState),
    now,
    pack,
    reader,
    holder: 'bot',
    desk: {},
    newId: () => `id-${(ids += 1)}`,
  } as const
  const output = await runTurn(input, 'old')
  return { ...output, said: output.replies.map(textOf) }
}

/** A ladder with a reminder, as it was stored before those times were. */
async function oldState(): Promise<BotState> {
  const { state } = await turn(undefined, { text: 'a shared album is stuck on waiting, iphone' }, 0)
  const promised = await turn(state, { text: 'ask me in an hour' }, 1000)
  const { lastAt: _later, ...old } = promised.state
  const reminder = { id: old.case?.reminder?.id, fix: old.case?.reminder?.fix }
  return readState(JSON.stringify({ ...old, case: { ...old.case, reminder } })) as BotState
}

test('nobody is asked whether to go on while it is not known when they left', async () => {
  const state = await oldState()
  const { said, state: after } = await turn(state, { text: 'hello' }, 900 * hour)
  expect(said.join()).not.toContain('Welcome back')
  expect(after.case).toBeDefined()
  const again = await turn(after, { text: 'hello' }, 905 * hour)
  expect(again.said.join()).toContain('Welcome back')
})

test('a timer of before still asks, once', async () => {
  const state = await oldState()
  const value = { caseId: state.case?.id, fix: state.case?.reminder?.fix }
  const event = { type: 'event', name: reminderEvent, value }
  const { said } = await turn(state, event, hour)
  expect(said).toEqual(['Some time has passed. Has it helped?'])
})
