import { join } from 'node:path'
import { fill } from '../../bench/load/fill'
import { walkConversations } from '../../src/keeping/walk'
import { createFolder, createStore, removeFolder } from '../direct-line/store'

test('a filled log is made of whole conversations, each as one that was talked', async () => {
  const folder = createFolder()
  try {
    const store = await createStore(folder)
    const person = { channel: 'direct-line', userId: 'dl_ada' } as const
    for (const id of ['ada-conversation', 'ben-conversation']) {
      await store.conversations.create({ id, ...person }, [])
      for (let count = 0; count < 3; count += 1) {
        const from = { id: 'dl_ada', role: 'user' } as const
        const body = { type: 'message', from, text: 'no', replyToId: `${id}|1` }
        await store.conversations.append(id, { at: 1, kind: 'activity', audience: ['bot'], body })
      }
    }
    await store.close()

    expect(fill(join(folder, 'fixladder.db'), 100)).toBeGreaterThan(97)

    const filled = await createStore(folder)
    const ids: string[] = []
    for await (const page of walkConversations(filled.database))
      ids.push(...page.map(({ id }) => id))
    const logs = await Promise.all(ids.map((id) => filled.rowsOf(id)))
    await filled.close()
    expect(ids.length).toBeGreaterThanOrEqual(33)
    for (const [at, rows] of logs.entries()) {
      expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3])
      expect(rows[1]?.body?.replyToId).toBe(`${ids[at]}|1`)
    }
  } finally {
    removeFolder(folder)
  }
})
