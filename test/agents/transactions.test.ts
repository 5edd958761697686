import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { createTransactions, type Transaction } from '../../src/agents/oidc/transactions'
import type { Database } from '../../src/storage'
import { openTestDatabase } from '../storage/engine'

/** A sign-in under way lies with the browser: any server goes on with it, once, in time, and with nothing that was changed. */

let folder: string
let database: Database
let now = 1_000
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fixladder-transactions-'))
  database = await openTestDatabase(join(folder, 'fixladder.db'))
})
afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

const serverWith = (signingKey: string) =>
  createTransactions({ signingKey, database, now: () => now })
const key = 'the key that all of these servers have'
const transaction = (state: string): Transaction => ({ state, nonce: 'n', verifier: 'v' })

test('one that another server began is good there, once', async () => {
  const sealed = serverWith(key).seal(transaction('across'))
  const other = serverWith(key)
  expect(await other.take(sealed)).toEqual(transaction('across'))
  expect(await other.take(sealed)).toBeUndefined()
  expect(await serverWith(key).take(sealed)).toBeUndefined()
})

test('of two that come back at once one is good', async () => {
  const server = serverWith(key)
  const sealed = server.seal(transaction('at once'))
  const taken = await Promise.all([server.take(sealed), server.take(sealed)])
  expect(taken.filter(Boolean)).toHaveLength(1)
})

test('after ten minutes none is good, and with another key none is', async () => {
  const server = serverWith(key)
  const late = server.seal(transaction('late'))
  now += 10 * 60_000
  expect(await server.take(late)).toBeUndefined()
  const foreign = serverWith('the key of somebody else altogether').seal(transaction('foreign'))
  expect(await server.take(foreign)).toBeUndefined()
})

test('says nothing of what is in it, and with any bit changed it is nothing', async () => {
  const server = serverWith(key)
  const sealed = server.seal(transaction('secret-state'))
  const bytes = Buffer.from(sealed, 'base64url')
  expect(bytes.toString('latin1')).not.toContain('secret-state')
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length * 8 - 1), async (bit) => {
      const changed = Buffer.from(bytes)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(await server.take(changed.toString('base64url'))).toBeUndefined()
    }),
  )
  await fc.assert(
    fc.asyncProperty(fc.string(), async (text) => {
      expect(await server.take(text)).toBeUndefined()
    }),
  )
  expect(await server.take(sealed)).toEqual(transaction('secret-state'))
})
