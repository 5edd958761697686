import { sendRaw } from './raw'
import { bearer, message, startStage, type Stage } from './stage'

/** What only bytes on a socket can show. */

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.close())

const call = (
  authorizations: readonly string[],
  { body, length }: { body: string; length: number },
) =>
  [
    'POST /api/messages HTTP/1.1',
    'Host: localhost',
    'Content-Type: application/json',
    `Content-Length: ${length}`,
    ...authorizations.map((value) => `Authorization: ${value}`),
    '',
    body,
  ].join('\r\n')
const whole = JSON.stringify(message({ type: 'messageReaction' }))
const complete = { body: whole, length: Buffer.byteLength(whole) }
const answerTo = (authorizations: readonly string[]) =>
  sendRaw(stage.url, call(authorizations, complete), 20_000)

test('one token is taken', async () => {
  expect(await answerTo([bearer()])).toMatch(/^HTTP\/1\.1 200 /)
})

test.each([
  ['the good one first', () => [bearer(), 'Bearer a.b.c']],
  ['the good one last', () => ['Bearer a.b.c', bearer()]],
  ['the same one twice', () => [bearer()].flatMap((token) => [token, token])],
  ['an empty one beside it', () => [bearer(), '']],
])('two Authorization headers are none: %s', async (_which, authorizations) => {
  expect(await answerTo(authorizations())).toMatch(/^HTTP\/1\.1 401 [^]*Content-Length: 0/i)
})

test('whoever has no good token is answered before the body is there', async () => {
  const announced = { body: '', length: 60_000 }
  const changed = bearer({ aud: 'another' })
  for (const [token, status] of [
    ['Bearer', 401],
    [changed, 403],
  ] as const)
    expect(await sendRaw(stage.url, call([token], announced), 20_000)).toMatch(
      new RegExp(`^HTTP/1\\.1 ${status} [^]*Content-Length: 0`, 'i'),
    )
  // With a good one the same call is still waited for.
  expect(await sendRaw(stage.url, call([bearer()], announced), 500)).toBeUndefined()
})
