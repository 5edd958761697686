import { createTokens, tokenSeconds } from '../../src/channels/direct-line/tokens'

const start = Date.UTC(2026, 2, 2, 9)
let clock = start
beforeEach(() => {
  clock = start
})
const create = (key = 'k'.repeat(40)) => createTokens(key, () => clock)
const ada = { user: 'dl_ada', conversation: 'c1', name: 'Ada', locale: 'en-GB' }

test('a token that is shown again says the same, and ends when it ends', () => {
  const tokens = create()
  const token = tokens.issue(ada)
  const good = { kind: 'good', value: { ...ada, until: start + tokenSeconds * 1000 } }
  expect(tokens.read(token)).toEqual(good)
  expect(tokens.read(token)).toEqual(good)
  clock += tokenSeconds * 1000 - 1
  expect(tokens.read(token)).toEqual(good)
  clock += 1
  expect(tokens.read(token)).toEqual({ kind: 'expired' })
  expect(create().read(token)).toEqual({ kind: 'expired' })
})

test('one that differs from a good one by a letter is good in nothing', () => {
  const tokens = create()
  const token = tokens.issue(ada)
  tokens.read(token)
  // The very last letter has bits that stand for nothing.
  for (let at = 0; at < token.length - 1; at += 1) {
    const letter = token[at] === 'A' ? 'B' : 'A'
    const other = token.slice(0, at) + letter + token.slice(at + 1)
    expect([at, tokens.read(other).kind]).toEqual([at, 'bad'])
  }
})

test('a ticket is no token, however often it is shown', () => {
  const tokens = create()
  const ticket = tokens.issueTicket({ ...ada, until: start + 1000 })
  expect([tokens.read(ticket), tokens.read(ticket)]).toEqual([{ kind: 'bad' }, { kind: 'bad' }])
})

test('what one server believes another with another key does not', () => {
  const token = create().issue(ada)
  expect(create('q'.repeat(40)).read(token)).toEqual({ kind: 'bad' })
})

test('more tokens than are remembered are all good', () => {
  const tokens = create()
  const all = Array.from({ length: 10_050 }, (_none, at) =>
    tokens.issue({ ...ada, conversation: `c${at}` }),
  )
  for (const token of all) tokens.read(token)
  expect(tokens.read(all[0] ?? '')).toMatchObject({ value: { conversation: 'c0' } })
  expect(tokens.read(all.at(-1) ?? '')).toMatchObject({ value: { conversation: 'c10049' } })
})
