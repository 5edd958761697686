import fc from 'fast-check'
import { boundaryOf, fileNameIn, readParts } from '../../src/uploads'

/** Forms as browsers write them, and as nobody should. */

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function parse(form: string | Buffer, { boundary = 'b', size = 9999, mostParts = 5 } = {}) {
  const found: { name: string; fileName?: string; type: string; bytes: Buffer }[] = []
  const source = pieces(Buffer.from(form as string, 'latin1'), size)
  for await (const { body, ...part } of readParts(source, { boundary, mostParts })) {
    const chunks: Buffer[] = []
    for await (const chunk of body) chunks.push(chunk)
    found.push({ ...part, bytes: Buffer.concat(chunks) })
  }
  return found
}
const file = (bytes: string, headers = 'name="file"; filename="a.png"') =>
  `--b\r\nContent-Disposition: form-data; ${headers}\r\nContent-Type: image/png\r\n\r\n${bytes}\r\n`

test('a form of the browser is read, however it is cut on the way', async () => {
  const form = new FormData()
  form.append(
    'activity',
    new Blob(['{"text":"hi"}'], { type: 'application/vnd.microsoft.activity' }),
  )
  const bytes = Buffer.from('\r\n--\r\n--b\r\n\0\xff', 'latin1')
  form.append('file', new Blob([bytes], { type: 'image/png' }), 'a "b".png')
  form.append('other', 'x')
  const request = new Request('http://x.example', { method: 'POST', body: form })
  const boundary = boundaryOf(request.headers.get('content-type') ?? '')!
  const whole = Buffer.from(await request.arrayBuffer())
  for (const size of [1, 2, 3, 17, 64, 9999]) {
    const parts = await parse(whole, { boundary, size })
    expect(parts).toEqual([
      {
        name: 'activity',
        fileName: 'blob',
        type: 'application/vnd.microsoft.activity',
        bytes: Buffer.from('{"text":"hi"}'),
      },
      { name: 'file', fileName: 'a "b".png', type: 'image/png', bytes },
      { name: 'other', type: 'text/plain', bytes: Buffer.from('x') },
    ])
  }
})

test('parts that nobody reads are passed over', async () => {
  const names: string[] = []
  const source = pieces(Buffer.from(`${file('one', 'name="a"')}${file('two', 'name="b"')}--b--`), 5)
  for await (const { name } of readParts(source, { boundary: 'b', mostParts: 2 })) names.push(name)
  expect(names).toEqual(['a', 'b'])
})

test.each([
  ['no end', file('x').repeat(2)],
  ['an end in the middle of a part', file('x').slice(0, -9)],
  ['an end in the middle of a mark', `${file('x')}--`],
  ['nothing', ''],
  ['another boundary', file('x').replaceAll('--b', '--c')],
  ['headers without end', `--b\r\nX: ${'y'.repeat(20_000)}`],
  ['huge headers', `--b\r\nX: ${'y'.repeat(20_000)}\r\n\r\nz\r\n--b--`],
  ['no headers', `--b\r\n\r\nx\r\n--b--`],
  ['no name', `${file('x', 'filename="a"')}--b--`],
  ['another disposition', `--b\r\nContent-Disposition: attachment; name="a"\r\n\r\nx\r\n--b--`],
  ['something behind a mark', `--bX\r\n${file('x')}--b--`],
  ['a long word before it', `${'x'.repeat(5000)}\r\n${file('x')}--b--`],
  ['10,000 parts', `${file('x').repeat(10_000)}--b--`],
])('a form with %s is refused', async (_what, form) => {
  for (const size of [7, 9999]) {
    const refusal = await parse(form, { size }).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ answer: { status: expect.any(Number) } })
    expect([400, 413]).toContain((refusal as { answer: { status: number } }).answer.status)
  }
})

test('whatever comes, it ends, and with a refusal or parts', async () => {
  const bits = fc.constantFrom(
    '\r\n',
    '--b',
    '--',
    'b',
    ':',
    ';',
    'name="a"',
    'filename="',
    '"',
    '\0',
  )
  const word = fc.oneof(bits, fc.string(), fc.constant(file('x')))
  await fc.assert(
    fc.asyncProperty(fc.array(word), fc.integer({ min: 1, max: 50 }), async (words, size) => {
      const outcome = await parse(words.join(''), { size }).then(
        () => 'Refusal',
        (error: Error) => error.name,
      )
      expect(outcome).toBe('Refusal')
    }),
    { numRuns: 300 },
  )
})

test('the boundary is read from what browsers write, and from nothing else', () => {
  expect(boundaryOf('multipart/form-data; boundary=----WebKitFormBoundaryx0')).toBe(
    '----WebKitFormBoundaryx0',
  )
  expect(boundaryOf('multipart/form-data; boundary="a b"')).toBe('a b')
  for (const type of [
    undefined,
    'multipart/form-data',
    'multipart/form-data; boundary=',
    `multipart/form-data; boundary=${'x'.repeat(71)}`,
    'multipart/mixed; boundary=x',
    'image/png',
  ])
    expect(boundaryOf(type)).toBeUndefined()
})

test('file names are read as browsers escape them', () => {
  expect(fileNameIn('form-data; name="file"; filename="a%22b.png"')).toBe('a"b.png')
  expect(fileNameIn('attachment; filename="../../a.png"')).toBe('../../a.png')
  expect(fileNameIn('form-data; name="file"')).toBeUndefined()
})
