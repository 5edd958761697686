import { createHmac, randomInt, sign } from 'node:crypto'
import { runInNewContext } from 'node:vm'
import { setFlagsFromString } from 'node:v8'
import { createConnectorTokens } from '../../src/channels/teams/trust/connector-tokens'
import { createKey } from './microsoft'
import { appId, bearer, connectorKey, message, serviceUrl, signed, startStage } from './stage'

/** A hundred thousand tokens that are nearly good: none is. */

// Ten to twenty seconds on a machine that has nothing else to do.
jest.setTimeout(300_000)

const rounds = 10
const tokensInARound = 10_000

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

const stranger = createKey(connectorKey.kid, ['msteams'])
const publicPem = connectorKey.publicKey.export({ type: 'spki', format: 'pem' })
const publicDer = connectorKey.publicKey.export({ type: 'spki', format: 'der' })
const good = bearer({ exp: Math.floor(Date.now() / 1000) + 24 * 3600 })
const scheme = 'Bearer '
const [head = '', payload = '', signature = ''] = good.slice(scheme.length).split('.')
const text = (part: string) => Buffer.from(part, 'base64url').toString('utf8')
const part = (value: string | object) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const header = JSON.parse(text(head)) as Record<string, unknown>
const claims = JSON.parse(text(payload)) as Record<string, unknown>
const pick = <T>(list: readonly T[]): T => list[randomInt(list.length)] as T
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const spaces = [' ', '\t', '\n', '\r\n', '\u00a0', '\u2028', '\ufeff', '\0']

/** Another header or other claims under the signature that was made for the good ones. */
const under = (newHead: string | object, newPayload: string | object, end = signature) =>
  `${scheme}${part(newHead)}.${part(newPayload)}.${end}`

const strangeValues: readonly unknown[] = [
  ...[null, true, 0, -1, 1e308, '', ' ', [], {}, '\u0000', 'ｍsteams', '🔑'],
  ...[connectorKey.kid, appId, appId.toUpperCase(), serviceUrl, 'https://api.botframework.com'],
  ...[9_999_999_999, '9999999999', ['RS256'], { $ne: '' }, '../keys', '__proto__', "' or 1=1 --"],
]
const headerFields = 'alg kid typ x5t x5c jku jwk x5u crit b64 cty enc zip'.split(' ')
const claimNames = 'iss aud exp nbf iat serviceurl serviceUrl sub appid azp ver tid jti'.split(' ')
const algorithms = ['none', 'None', 'NONE', 'nOnE', 'HS256', 'HS384', 'HS512', 'RS384', 'RS512']
const otherAlgorithms = [...algorithms, 'PS256', 'ES256', 'EdDSA', 'rs256', 'RS256 ', 'RSA', '']
const twice = (object: object, name: string, value: unknown) =>
  JSON.stringify(object).replace('{', `{${JSON.stringify(name)}:${JSON.stringify(value)},`)

/** By an algorithm for which the public key would be the secret. */
function confused(): string {
  const secret = pick([publicPem, publicDer, publicPem.toString().trim(), '', connectorKey.kid])
  const bits = pick([256, 384, 512])
  const alg = pick([`HS${bits}`, 'RS256', 'none'])
  const parts = `${part({ ...header, alg })}.${payload}`
  return `${scheme}${parts}.${createHmac(`sha${bits}`, secret).update(parts).digest('base64url')}`
}

/** Ways to make a token that is nearly good; every one has to differ from the good one. */
const mutations: readonly (() => string)[] = [
  // One bit of the header, of the claims or of the signature.
  ...[0, 1, 2].map((which) => () => {
    const bytes = [head, payload, signature].map((each) => Buffer.from(each, 'base64url'))
    const changed = bytes[which] as Buffer
    const at = randomInt(changed.length)
    changed[at] = (changed[at] as number) ^ (1 << randomInt(8))
    return scheme + bytes.map((each) => each.toString('base64url')).join('.')
  }),
  // One character, anywhere: the bits behind the last byte as well.
  () => {
    const at = scheme.length + randomInt(good.length - scheme.length)
    const other = pick(alphabet.replace(good[at] ?? '', '.=+/%').split(''))
    return good.slice(0, at) + other + good.slice(at + 1)
  },
  () => good.slice(0, -1) + pick(alphabet.replace(good.at(-1) ?? '', '').split('')),
  // Something cut out, put in or repeated.
  () => good.slice(0, good.length - 1 - randomInt(good.length - 1)),
  () => {
    const at = randomInt(good.length)
    return good.slice(0, at) + good.slice(at + 1 + randomInt(40))
  },
  () => {
    const at = randomInt(good.length)
    return good.slice(0, at) + good.slice(at, at + 1 + randomInt(40)) + good.slice(at)
  },
  // Parts in another order, missing, doubled, emptied.
  () => {
    const parts = [head, payload, signature]
    const others = Array.from({ length: randomInt(6) }, () => pick([...parts, '', 'e30', 'bnVsbA']))
    return others.join('.') === parts.join('.') ? scheme : scheme + others.join('.')
  },
  // Header fields and claims of all kinds.
  () => under({ ...header, [pick(headerFields)]: pick(strangeValues) }, text(payload) + ' '),
  () => under({ ...header, alg: pick(otherAlgorithms) }, claims, pick([signature, '', 'AAAA'])),
  () => under(header, { ...claims, [pick(claimNames)]: pick(strangeValues), z: 1 }),
  () => under(twice(header, pick(headerFields), pick(strangeValues)), claims),
  () => under(header, twice(claims, pick(claimNames), pick(strangeValues))),
  // The same content written otherwise: white space, escapes, another order of keys.
  () => under(text(head).replace(':', `:${pick([' ', '\t', '\n'])}`), claims),
  () => under(header, text(payload).replace('i', '\\u0069')),
  () => under(header, Object.fromEntries(Object.entries(claims).toReversed())),
  // Around the token and inside: white space, other schemes, two tokens.
  () => {
    const at = randomInt(scheme.length, good.length + 1)
    return good.slice(0, at) + pick(spaces) + good.slice(at)
  },
  () => pick(spaces) + good,
  () => pick(['', 'Basic ', 'bearer: ', 'Bearer', 'Bearer Bearer ', 'Token ']) + good.slice(7),
  () => `${good}${pick([', ', ',', ' ', ';', '\n'])}${good}`,
  () => `Bearer ${signature}.${payload}.${head}, ${good}`,
  // As JSON (RFC 7515, 7.2), flattened and general.
  () => {
    const one = { protected: head, signature }
    const json = pick([
      { payload, ...one },
      { payload, signatures: [one] },
    ])
    return scheme + pick([JSON.stringify(json), part(json), `${part(json)}.${part(json)}.`])
  },
  // Far too long, and nested far too deep.
  () => `${good}${'A'.repeat(randomInt(1, 30_000))}`,
  () => under(header, `${'['.repeat(5_000)}${']'.repeat(5_000)}`),
  () => under('{"alg":'.repeat(randomInt(1, 500)), claims),
  // Signed by somebody else, and by what everybody knows.
  confused,
  () => under(header, claims, part(pick([text(head), '', 'signature']))),
]

/** Signing takes longer than checking, so there are fewer of these, made once. */
function signedOnes(): string[] {
  const right = (newHead: string, newPayload: string) => signed(newHead, newPayload)
  const changes = claimNames.slice(0, 3).concat('serviceurl')
  return [
    ...Array.from({ length: 200 }, (_none, index) =>
      signed(text(head), JSON.stringify({ ...claims, jti: String(index) }), stranger),
    ),
    // By the right key, over what must not be taken.
    ...changes.map((name) => right(text(head), JSON.stringify({ ...claims, [name]: undefined }))),
    ...changes.flatMap((name) =>
      [null, true, [], {}, [claims[name]]].map((value) =>
        right(text(head), JSON.stringify({ ...claims, [name]: value })),
      ),
    ),
    ...otherAlgorithms.map((alg) => right(JSON.stringify({ ...header, alg }), text(payload))),
    ...(['sha1', 'sha384', 'sha512', 'md5'] as const).map((hash) => {
      const mine = sign(hash, Buffer.from(`${head}.${payload}`), connectorKey.privateKey)
      return `${scheme}${head}.${payload}.${mine.toString('base64url')}`
    }),
    right(JSON.stringify({ ...header, crit: ['exp'] }), text(payload)),
    right(text(head), JSON.stringify(text(payload))),
    right(text(head), `[${text(payload)}]`),
  ]
}

/** Bytes in use once everything that nobody holds is thrown away. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  collect()
  return process.memoryUsage().heapUsed
}

test('none of 100,000 is accepted, and nothing of them is kept', async () => {
  const accepted: string[] = []
  const reasons = new Set<string>()
  const heap: number[] = []
  const ready = signedOnes()
  expect((await tokens.verify(good)).kind).toBe('good')
  for (let round = 0; round < rounds; round++) {
    for (let index = 0; index < tokensInARound; index++) {
      const token =
        index < ready.length
          ? (ready[index] as string)
          : (mutations[index % mutations.length] as () => string)()
      const verdict = await tokens.verify(token)
      if (verdict.kind === 'good') accepted.push(token)
      else reasons.add(verdict.reason)
    }
    heap.push(heapInUse())
  }
  expect((await tokens.verify(good)).kind).toBe('good')
  expect(accepted).toEqual([])
  // The log says why in words of ours: nothing that a stranger wrote gets there.
  expect([...reasons].filter((reason) => reason.length > 80)).toEqual([])
  expect(reasons.size).toBeLessThan(25)
  // A hundred bytes kept of each would be eight megabytes by the end. The first rounds warm up.
  const [, early = 0] = heap
  expect((heap.at(-1) ?? 0) - early).toBeLessThan(8 * 1024 * 1024)
})

test('some of them over HTTP: 401 or 403 each, an empty body, and no trace', async () => {
  const stage = await startStage()
  try {
    // What a header cannot hold never arrives.
    const sendable = (token: string) => !/[^\x21-\x7e \t]/.test(token) && token.length < 12_000
    const body = message({ type: 'messageReaction' })
    expect(await stage.post(body, good)).toEqual({ status: 200, body: '' })
    for (let index = 0; index < 500; index++) {
      const token = (mutations[index % mutations.length] as () => string)()
      if (!sendable(token) || token.trim() === good) continue
      const answer = await stage.post(body, token)
      expect([token, [401, 403].includes(answer.status), answer.body]).toEqual([token, true, ''])
    }
    expect(await stage.post(body, good)).toEqual({ status: 200, body: '' })
  } finally {
    await stage.close()
  }
})
