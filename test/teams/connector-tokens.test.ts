import fc from 'fast-check'
import { createConnectorTokens } from '../../src/channels/teams/trust/connector-tokens'
import { appId, bearer, connectorKey, serviceUrl } from './stage'

const tokens = createConnectorTokens({
  appId,
  keys: {
    find: async (kid) =>
      kid === connectorKey.kid
        ? { key: connectorKey.publicKey, endorsements: ['msteams'] }
        : undefined,
  },
  now: Date.now,
})
const good = bearer()
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.'.split('')

describe("the connector's token", () => {
  it('is good as it came', async () => {
    expect(await tokens.verify(good)).toEqual({ kind: 'good', serviceUrl })
  })

  // The last character stands for two bits of the signature and four of nothing.
  const place = fc.integer({ min: 'Bearer '.length, max: good.length - 2 })

  it('is never good with one character changed', () =>
    fc.assert(
      fc.asyncProperty(place, fc.constantFrom(...alphabet), async (index, character) => {
        fc.pre(good[index] !== character)
        const changed = good.slice(0, index) + character + good.slice(index + 1)
        expect((await tokens.verify(changed)).kind).not.toBe('good')
      }),
      { numRuns: 2_000 },
    ))

  it('is never good with a piece taken out', () =>
    fc.assert(
      fc.asyncProperty(place, fc.integer({ min: 2, max: 300 }), async (index, length) => {
        const cut = good.slice(0, index) + good.slice(index + length)
        expect((await tokens.verify(cut)).kind).not.toBe('good')
      }),
      { numRuns: 500 },
    ))

  it('is never good as something else', () =>
    fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 500 }), async (text) => {
        for (const header of [text, `Bearer ${text}`, `Bearer ${text}.${text}.${text}`])
          expect((await tokens.verify(header)).kind).not.toBe('good')
      }),
      { numRuns: 500 },
    ))
})
