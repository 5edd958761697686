import fc from 'fast-check'
import type { Line } from '../../web/widget/line'
import { refusal, type Fault } from './fake-server'
import { createPlace, type Place } from './page'
import type { SocketMode } from './fake-socket'

/** Whatever happens to the network, in the end every message is in the server's log once, and in order. */

const faults: Record<string, () => Fault> = {
  none: () => 'none',
  cut: () => 'cut',
  lost: () => 'lost',
  hang: () => 'hang',
  'hang-after': () => 'hang after',
  'not-our-403': () => new Response('<html>', { status: 403 }),
  'not-our-404': () => new Response('<html>', { status: 404 }),
  portal: () => new Response('<html>', { status: 200 }),
  502: () => new Response('', { status: 502 }),
  408: () => new Response('', { status: 408 }),
  429: () => refusal(429, 'TooManyConversations', { 'retry-after': '3' }),
  503: () => refusal(503, 'Unavailable', { 'retry-after': '2' }),
  flood: () => refusal(400, 'TooManyMessages'),
  401: () => refusal(401, 'MissingToken'),
  403: () => refusal(403, 'TokenExpired'),
}
const modes: SocketMode[] = ['open', 'refused', 'hang', 'deaf', 'short', 'throws']

type Step =
  | {
      readonly kind: 'send' | 'reload' | 'wake' | 'cut sockets' | 'kill sockets' | 'expire' | 'bot'
    }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'jump'; readonly ms: number }
  | { readonly kind: 'online'; readonly isOnline: boolean }
  | { readonly kind: 'faults'; readonly names: readonly string[] }
  | { readonly kind: 'sockets'; readonly mode: SocketMode }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Step>({ kind: 'send' }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      ms: fc.oneof(fc.nat(50), fc.nat(5000), fc.nat(100_000)),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('faults' as const),
      names: fc.array(fc.constantFrom(...Object.keys(faults)), { minLength: 1, maxLength: 5 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('sockets' as const),
      mode: fc.constantFrom(...modes),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        ...(['reload', 'wake', 'cut sockets', 'kill sockets', 'expire', 'bot'] as const),
      ),
    }),
  },
  fc.record({
    kind: fc.constant('jump' as const),
    ms: fc.constantFrom(-86_400_000, -1000, 0, 86_400_000),
  }),
  fc.record({ kind: fc.constant('online' as const), isOnline: fc.boolean() }),
)

interface Run {
  readonly place: Place
  line: Line
  /** What was sent, in its order. */
  readonly sent: string[]
}

async function take(run: Run, now: Step): Promise<void> {
  const { place, sent } = run
  const { server, clock, network } = place
  if (now.kind === 'send') {
    const text = `m${sent.length}`
    sent.push(text)
    run.line.send({ text })
  } else if (now.kind === 'pass') await clock.pass(now.ms)
  else if (now.kind === 'jump') clock.skew = now.ms
  else if (now.kind === 'online') network.isOnline = now.isOnline
  else if (now.kind === 'sockets') server.socketMode = () => now.mode
  else if (now.kind === 'faults') {
    let request = 0
    server.fault = () => faults[now.names[request++ % now.names.length] ?? 'none']?.() ?? 'none'
  } else if (now.kind === 'reload') {
    run.line.stop()
    run.line = place.open()
  } else if (now.kind === 'wake') run.line.wake()
  else if (now.kind === 'cut sockets') server.cutSockets()
  else if (now.kind === 'kill sockets')
    for (const socket of server.openSockets) socket.isDead = true
  else if (now.kind === 'expire') server.expireTokens()
  else for (const each of server.conversations.values()) if (each.isStarted) server.say(each, 'ok')
}

/** What holds at every moment: nothing twice, nothing out of order, nothing sent that is neither here nor there. */
function check({ place, line, sent }: Run): void {
  const said = [...place.server.conversations.values()].flatMap(place.server.saidIn)
  expect(said).toEqual(sent.slice(0, said.length))
  const ids = line.state.activities.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const here = line.state.outbox.map(({ text }) => text)
  expect(sent.filter((text) => !said.includes(text) && !here.includes(text))).toEqual([])
}

test('every message is in the log once and in order, whatever happened', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
      const place = createPlace()
      const run: Run = { place, line: place.open(), sent: [] }
      for (const each of steps) {
        await take(run, each)
        check(run)
      }
      place.goOnline()
      // Longer than the longest pause: it comes back by itself.
      await place.clock.pass(150_000)
      check(run)
      const { line, sent } = run
      expect(line.state).toMatchObject({ connection: 'open', outbox: [] })
      const { only } = place.server
      expect(place.server.saidIn(only)).toEqual(sent)
      expect(line.state.activities.map(({ id }) => id)).toEqual(only.rows.map(({ id }) => id))
      line.stop()
    }),
    { numRuns: 150 },
  )
})

test('two tabs, whatever happens to both: what each wrote is there once, and in its order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.boolean(), step), { minLength: 1, maxLength: 30 }),
      async (steps) => {
        const place = createPlace()
        const first = place.open()
        await place.clock.pass(100)
        const runs: [Run, Run] = [
          { place, line: first, sent: [] },
          { place, line: place.open(), sent: [] },
        ]
        for (const [isSecond, each] of steps) {
          const run = runs[isSecond ? 1 : 0]
          if (each.kind === 'send') {
            const text = `${isSecond ? 'b' : 'a'}${run.sent.length}`
            run.sent.push(text)
            run.line.send({ text })
          } else await take(run, each)
        }
        place.goOnline()
        await place.clock.pass(150_000)
        const said = place.server.saidIn(place.server.only)
        for (const [index, { line, sent }] of runs.entries()) {
          expect(said.filter((text) => text?.startsWith(index ? 'b' : 'a'))).toEqual(sent)
          expect(line.state).toMatchObject({ connection: 'open', outbox: [] })
          expect(line.state.activities).toHaveLength(place.server.only.rows.length)
          line.stop()
        }
      },
    ),
    { numRuns: 75 },
  )
})
