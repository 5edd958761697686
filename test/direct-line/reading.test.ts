import { createReader } from '../../src/channels/direct-line/reading'
import type { Conversation, Row } from '../../src/conversations'

const rows: readonly Row[] = Array.from({ length: 40 }, (_none, index) => ({
  seq: index + 1,
  id: `talk|${index + 1}`,
  at: 1,
  kind: 'activity',
  audience: ['person'],
  body: { type: 'message', text: 'x'.repeat(8_000), from: { id: 'dl_x', role: 'user' } },
}))
const log = {
  get: async () => ({ lastSeq: rows.length }) as Conversation,
  read: async (_id: string, { after, limit = 1_000 }: { after: number; limit?: number }) =>
    rows.slice(after, after + limit),
}

test('a set of long texts ends early, and the next goes on where it ended', async () => {
  const reader = createReader(log, 'talk', 0)
  const ids: string[] = []
  let sets = 0
  for (let more = true; more; sets += 1) {
    const set = await reader.next()
    expect(JSON.stringify(set.activities).length).toBeLessThan(64 * 1024)
    ids.push(...set.activities.map(({ id }) => id))
    expect(set.watermark).toBe(String(ids.length))
    more = set.more
  }
  expect(ids).toEqual(rows.map(({ id }) => id))
  // Five in each, and a last one that finds nothing more.
  expect(sets).toBe(9)
})
