import { once } from 'node:events'
import { Readable } from 'node:stream'
import type { HttpRequest } from '../../src/http'
import { filesRoute } from '../../src/uploads'

/** How many files are sent at once: the conversation of each is what its id begins with. */

const route = filesRoute({
  uploads: {
    find: async (id) => ({ id, conversation: id.slice(0, 1), type: 'image/png', bytes: 4 }),
    reading: async () => () => Readable.from([Buffer.from('four')]),
  },
  links: { isGood: () => true },
  most: { ofAll: 3, ofOne: 2 },
})
const ask = async (id: string, method = 'GET') => {
  const { status, stream } = await route.handler({
    method,
    params: { id },
    query: new Map(),
    header: () => undefined,
  } as unknown as HttpRequest)
  return { status, open: () => stream!.open() }
}

test('of one conversation and of all only so many are sent at once, and one that has gone makes room', async () => {
  const first = (await ask('a1')).open()
  const second = (await ask('a2')).open()
  expect((await ask('a3')).status).toBe(503)
  const third = (await ask('b1')).open()
  expect((await ask('c1')).status).toBe(503)
  // Whoever only asks how large it is opens nothing.
  third.destroy()
  await once(third, 'close')
  expect([(await ask('c1', 'HEAD')).status, (await ask('c1')).status]).toEqual([200, 200])
  expect((await ask('a3')).status).toBe(503)
  first.destroy()
  second.resume()
  await Promise.all([once(first, 'close'), once(second, 'close')])
  expect((await ask('a3')).status).toBe(200)
})
