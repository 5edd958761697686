import { runTurn } from '../../src/bot'
import { freshState, type AgentAct, type BotState, type TurnInput } from '../../dialogs'
import { createReader, type Reader, type Pack } from '../../knowledge'
import { loadFirstPack } from '../first-pack'

/** What the bot makes of what agents do, turn by turn: what is read late, and what the ledger hears. */

let pack: Pack
let reader: Reader
beforeAll(async () => {
  pack = await loadFirstPack()
  reader = createReader(pack)
})

let ids = 0
const turn = (
  state: BotState,
  activity: TurnInput['activity'],
  holder: TurnInput['holder'] = 'bot',
) =>
  runTurn(
    { activity, state, now: 1_000_000, pack, reader, holder, desk: {}, newId: () => `id-${++ids}` },
    'conversation',
  )
const says = (text: string) => ({ type: 'message', text })
const does = (value: AgentAct) => ({ type: 'event', name: 'fixladder/agent', value })
const closes = (value: object) => ({ type: 'event', name: 'fixladder/handoff-closed', value })

/** The state of somebody whose album is stuck and who was passed to a person. */
async function passedOn(): Promise<BotState> {
  const told = await turn(freshState, says('waiting for photos on my iphone, ios 18'))
  return (await turn(told.state, says('can i talk to a person'))).state
}

const endedIn = (effects: Awaited<ReturnType<typeof turn>>['effects']) =>
  effects.flatMap((effect) =>
    effect.effect === 'rung_ended' ? [`${effect.caseId} ${effect.fix}: ${effect.result}`] : [],
  )

test('a mark that is read after the chat was given back counts; a fix is not sent any more, and the agents read so', async () => {
  const state = await passedOn()
  const id = state.case?.id ?? ''
  const marked = await turn(state, does({ does: 'mark', fix: 'restart', result: 'no_help' }))
  expect(endedIn(marked.effects)).toEqual([`${id} restart: no_help`])
  const sent = await turn(marked.state, does({ does: 'fix', fix: 'vpn-off', agent: 'Maria' }))
  expect(sent.replies).toEqual([])
  expect(sent.effects).toEqual([
    { effect: 'note', text: expect.stringMatching(/was not sent: the chat had been given back/) },
  ])
  expect(sent.state.case?.ladder?.rungs.map(({ fix }) => fix)).not.toContain('vpn-off')
})

test('a symptom that is read after the end is still what the ticket was about', async () => {
  const chosen = await turn(
    await passedOn(),
    does({ does: 'symptom', symptom: 'cannot-add-photos' }),
  )
  expect(chosen.effects).toContainEqual({
    effect: 'handoff_about',
    caseId: chosen.state.case?.id,
  })
  expect(chosen.state.case?.symptom).toBe('cannot-add-photos')
})

test('a result that is said twice is written once', async () => {
  const state = await passedOn()
  const act = { does: 'mark', fix: 'restart', result: 'no_help' } as const
  const once = await turn(state, does(act), 'agent')
  expect(endedIn(once.effects)).toHaveLength(1)
  expect(endedIn((await turn(once.state, does(act), 'agent')).effects)).toEqual([])
  const other = await turn(once.state, does({ ...act, result: 'helped' }), 'agent')
  expect(endedIn(other.effects)).toHaveLength(1)
})

test('after a yes the agent may say what did it, of the case that the ticket is about and of no other', async () => {
  const state = await passedOn()
  const id = state.case?.id ?? ''
  const checks = { ask: 99, topic: 'checks', answers: ['yes', 'no'] } as const
  const card = { ...checks, fixes: ['internet', 'low-power-mode'] }
  const asked = { ...state, ...(state.case && { case: { ...state.case, cards: [card] } }) }
  const yes = { type: 'message', text: 'Yes', value: { ask: 99, answer: 'yes' } }
  const works = await turn(asked, yes, 'agent')
  expect(endedIn(works.effects)).toEqual([
    `${id} internet: skipped`,
    `${id} low-power-mode: skipped`,
  ])
  expect(works.state.closed?.outcome).toBe('solved')
  const told = { ticket: 't', agent: 'Maria', fixed: 'reset-network-settings' }
  const credited = await turn(works.state, closes({ ...told, case: id }))
  expect(endedIn(credited.effects)).toEqual([`${id} reset-network-settings: helped`])
  for (const about of [{}, { case: 'another' }])
    expect(
      endedIn(
        await turn(works.state, closes({ ...told, ...about })).then(({ effects }) => effects),
      ),
    ).toEqual([])
})

test('every end of a ticket keeps how its case stood', async () => {
  const state = await passedOn()
  const brief = { symptom: { id: 'stuck-updating-waiting' }, device: 'iphone' }
  const kept = {
    effect: 'handoff_ended',
    brief: expect.objectContaining({
      device: 'iphone',
      symptom: expect.objectContaining(brief.symptom),
    }),
  }
  const given = await turn(state, does({ does: 'return' }))
  expect(given.effects).toContainEqual(kept)
  expect(
    (await turn(state, closes({ ticket: 't', agent: 'Maria', fixed: 'nothing' }))).effects,
  ).toContainEqual(kept)
  const abandoned = {
    type: 'event',
    name: 'fixladder/handoff-abandoned',
    value: { reason: 'asked' },
  }
  expect((await turn(state, abandoned)).effects).toContainEqual(kept)
  expect((await turn(state, says('never mind the person'), 'queue')).effects).toContainEqual(kept)
  expect((await turn(state, says('it works now'), 'queue')).effects).toContainEqual(kept)
})

test('what was sent and not answered stands in what is kept, and is taken up one by one after it', async () => {
  const state = await passedOn()
  const first = await turn(state, does({ does: 'fix', fix: 'restart', agent: 'Maria' }), 'agent')
  const act = { does: 'fix', fix: 'keep-photos-open', agent: 'Maria' } as const
  const second = await turn(first.state, does(act), 'agent')
  const given = await turn(second.state, does({ does: 'return' }))
  const briefs = given.effects.flatMap((effect) =>
    effect.effect === 'handoff_ended'
      ? [effect.brief.rungs.map(({ fix, result }) => `${fix}: ${result}`)]
      : [],
  )
  expect(briefs).toEqual([['internet: shown', 'restart: shown', 'keep-photos-open: shown']])
  expect(given.state.case?.ladder?.rungs).toEqual([{ fix: 'keep-photos-open' }])
})

test('a card of another case, or under a fix that the pack no longer has, writes nothing here', async () => {
  const state = await passedOn()
  const chosen = await turn(state, does({ does: 'symptom', symptom: 'cannot-add-photos' }), 'agent')
  const sent = await turn(
    chosen.state,
    does({ does: 'fix', fix: 'restart', agent: 'Maria' }),
    'agent',
  )
  const ask = sent.state.question?.ask ?? 0
  const back = await turn(
    sent.state,
    does({ does: 'symptom', symptom: 'stuck-updating-waiting' }),
    'agent',
  )
  const no = { type: 'message', text: 'No', value: { ask, answer: 'no' } }
  expect(endedIn((await turn(back.state, no, 'agent')).effects)).toEqual([])

  const { restart: _gone, ...fixes } = Object.fromEntries(pack.fixes)
  const changed = {
    ...pack,
    info: { ...pack.info, version: 'next' },
    fixes: new Map(Object.entries(fixes)),
  }
  const pressed = await runTurn(
    {
      activity: no,
      state: sent.state,
      now: 1_000_000,
      pack: changed,
      reader,
      holder: 'agent',
      desk: {},
      newId: () => 'x',
    },
    'conversation',
  )
  expect(endedIn(pressed.effects)).toEqual([])
})
