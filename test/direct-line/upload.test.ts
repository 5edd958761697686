import { once } from 'node:events'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { FixladderError } from '../../src/errors'
import { exif, app1, film, heic, jpeg, others, png, webm } from '../uploads/samples'
import type { Server } from './start-server'
import { startServer, type ServerOptions } from './start-server'
import { call, chatToken, openStream, startVisitor, until } from './requests'

/** Pictures and recordings from the person: how they come in, where they are, and who sees them. */

let clock = Date.UTC(2026, 2, 2, 9)
let server: Server
afterEach(() => server.close())

const start = async (uploads: ServerOptions['uploads'] = {}, more: ServerOptions = {}) => {
  server = await startServer({ now: () => clock, uploads, ...more })
  return startVisitor(server)
}
type Visitor = Awaited<ReturnType<typeof startVisitor>>
const onDisk = () => readdirSync(join(server.folder, 'uploads'))

/** As stock Web Chat sends it. */
async function upload(
  { at, token, userId }: Visitor,
  files: readonly (Buffer | readonly [Buffer, string])[],
  activity?: object,
  headers: Record<string, string> = {},
) {
  const form = new FormData()
  if (activity)
    form.append(
      'activity',
      new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }),
    )
  for (const file of files) {
    const [bytes, name] = Buffer.isBuffer(file)
      ? ([file, 'a.png'] as const)
      : (file as [Buffer, string])
    form.append('file', new Blob([new Uint8Array(bytes)]), name)
  }
  return post(`${at}/upload?userId=${userId}`, form, {
    authorization: `Bearer ${token}`,
    ...headers,
  })
}
async function post(path: string, body: FormData | Uint8Array, headers: Record<string, string>) {
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers,
    body,
  })
  const json = (await response.json()) as { id: string; error: { code: string } }
  return { status: response.status, code: json.error?.code, id: json.id }
}

interface Attachment {
  readonly contentType: string
  readonly contentUrl: string
  readonly name: string
}
const attachmentsOf = async (visitor: Visitor) =>
  (await visitor.read()).activities.flatMap(
    ({ attachments }) => (attachments ?? []) as readonly Attachment[],
  )
const get = (url: string, headers: Record<string, string> = {}) =>
  fetch(server.url + url, { headers: { connection: 'close', ...headers } })

test('a picture with words is a message with a private link, for whoever reads the conversation', async () => {
  const ada = await start()
  const stream = openStream(ada.streamUrl)
  const words = {
    type: 'message',
    text: 'it looks like this',
    from: { id: 'somebody else' },
    attachments: [{ contentType: 'text/html', contentUrl: 'https://x.example/' }],
    channelData: { clientActivityID: 'one' },
  }
  const { status, id } = await upload(ada, [[png, '../../etc/Scree\u202en "shot".html']], words)
  expect([status, id]).toEqual([200, `${ada.conversationId}|0000002`])

  const [activity] = (await ada.read()).activities
  expect(activity).toMatchObject({ id, text: words.text, from: { id: ada.userId } })
  expect(activity).toMatchObject({ channelData: { clientActivityID: 'one' } })
  const [attachment, ...others] = await attachmentsOf(ada)
  expect(others).toEqual([])
  expect(attachment).toMatchObject({ contentType: 'image/png', name: 'Screen "shot".png' })
  await until('the frame', () => stream.frames.some((frame) => frame.includes('image/png')))

  const answer = await get(attachment!.contentUrl)
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(png)
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'cache-control': 'private, no-store',
    'content-disposition': 'inline; filename="picture.png"',
    'content-length': String(png.length),
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'content-type': 'image/png',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  })
  // Another site that found the link gets a download at most.
  const foreign = await get(attachment!.contentUrl, { 'sec-fetch-site': 'cross-site' })
  expect(foreign.headers.get('content-disposition')).toMatch(/^attachment/)
  await foreign.arrayBuffer()
})

test('a file may be the whole body, several may come at once, and each is what its bytes say', async () => {
  const ada = await start()
  const headers = {
    authorization: `Bearer ${ada.token}`,
    'content-type': 'image/png',
    'content-disposition': 'attachment; filename="holiday.png"',
  }
  const taken = jpeg(app1(exif(6, true)))
  expect((await post(`${ada.at}/upload`, new Uint8Array(taken), headers)).status).toBe(200)
  expect((await upload(ada, [film('qt  '), heic, webm], { type: 'message' })).status).toBe(200)
  const sent = await attachmentsOf(ada)
  expect(sent.map(({ contentType, name }) => [contentType, name])).toEqual([
    ['image/jpeg', 'holiday.jpg'],
    ['video/quicktime', 'a.mov'],
    ['image/heic', 'a.heic'],
    ['video/webm', 'a.webm'],
  ])
  expect(await (await get(sent[0]!.contentUrl)).text()).not.toContain('Bath')
  const unshown = await get(sent[2]!.contentUrl)
  expect(unshown.headers.get('content-disposition')).toBe('attachment; filename="picture.heic"')
  await unshown.arrayBuffer()
  // Films are asked for in pieces.
  const piece = await get(sent[3]!.contentUrl, { range: 'bytes=4-9' })
  expect([piece.status, piece.headers.get('content-range')]).toEqual([
    206,
    `bytes 4-9/${webm.length}`,
  ])
  expect(Buffer.from(await piece.arrayBuffer())).toEqual(webm.subarray(4, 10))
  expect((await get(sent[3]!.contentUrl, { range: 'bytes=900-' })).status).toBe(416)
  const head = await fetch(server.url + sent[3]!.contentUrl, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(webm.length)])
})

test('a link that was altered, made up or has ended opens nothing, and all alike', async () => {
  const ada = await start()
  await upload(ada, [png])
  await upload(ada, [png])
  const [first, second] = await attachmentsOf(ada)
  const link = new URL(first!.contentUrl, server.url)
  const other = new URL(second!.contentUrl, server.url)
  const altered = (name: string, value: string) => {
    const url = new URL(link)
    url.searchParams.set(name, value)
    return url.pathname + url.search
  }
  const proof = link.searchParams.get('proof') ?? ''
  const later = String(Number(link.searchParams.get('until')) + 1)
  const bad = [
    link.pathname,
    altered('until', later),
    altered('until', 'Infinity'),
    altered('proof', ''),
    altered(
      'proof',
      proof.replace(/^./, (sign) => (sign === 'A' ? 'B' : 'A')),
    ),
    altered('proof', other.searchParams.get('proof') ?? ''),
    other.pathname + link.search,
    `/api/chat/files/signing-key${link.search}`,
  ]
  const answerTo = async (path: string) => {
    const answer = await get(path)
    return [answer.status, await answer.text()]
  }
  const nothing = await answerTo('/api/chat/files/none')
  expect(nothing[0]).toBe(404)
  for (const path of bad) expect([path, await answerTo(path)]).toEqual([path, nothing])
  expect((await get(first!.contentUrl)).status).toBe(200)
  clock += 8 * 60 * 60_000
  expect(await answerTo(first!.contentUrl)).toEqual(nothing)
})

test('whoever has no token of this conversation sends nothing, and neither does a message without files', async () => {
  const ada = await start()
  const ben = await startVisitor(server)
  expect((await upload({ ...ada, token: 'x'.repeat(40) }, [png])).status).toBe(403)
  expect((await upload({ ...ada, token: ben.token }, [png])).code).toBe('BadToken')
  const unnamed = await fetch(`${server.url}${ada.at}/upload`, {
    method: 'POST',
    body: new Uint8Array(png),
  })
  expect(unnamed.status).toBe(401)
  const unbegun = await chatToken(server)
  const at = `/v3/directline/conversations/${unbegun.conversationId}`
  expect((await upload({ ...ada, ...unbegun, at }, [png])).code).toBe('ConversationNotFound')
  expect((await upload(ada, [], { type: 'message', text: 'hi' })).code).toBe('NoFile')
  expect((await upload(ada, [png], { type: 'event', name: 'x' })).code).toBe('BadArgument')
  const json = { type: 'message', text: 'a', attachments: [{ contentUrl: 'data:,' }] }
  const inline = await call(server, 'POST', `${ada.at}/activities`, {
    token: ada.token,
    body: json,
  })
  expect([inline.status, inline.json.error.code]).toEqual([400, 'BadArgument'])
  expect([onDisk(), await attachmentsOf(ada)]).toEqual([[], []])
})

test('the same message sent again is there once, and so are its files', async () => {
  const ada = await start()
  const again = { type: 'message', channelData: { clientActivityID: 'one' } }
  const first = await upload(ada, [png], again)
  expect((await upload(ada, [png], again)).id).toBe(first.id)
  expect([onDisk().length, (await attachmentsOf(ada)).length]).toEqual([1, 1])
})

test.each(Object.entries(others).filter(([, bytes]) => bytes.length > 0))(
  '%s is refused whatever it is called, and nothing of its message is kept',
  async (_name, bytes) => {
    const ada = await start()
    const refused = await upload(ada, [png, [bytes, 'picture.png']], { type: 'message', text: 'a' })
    expect([refused.status, refused.code]).toEqual([415, 'UnknownKind'])
    expect([onDisk(), (await ada.read()).activities]).toEqual([[], []])
  },
)

test('the limits hold: of a file, a message, a day and the whole store', async () => {
  const limits = { fileBytes: 5000, files: 2, dayFiles: 3, dayBytes: 9000, storeBytes: 150_000 }
  const ada = await start(limits)
  const large = Buffer.concat([webm, Buffer.alloc(4000)])
  const tooLarge = Buffer.concat([webm, Buffer.alloc(6000)])
  const code = async (visitor: Visitor, ...files: Buffer[]) => {
    clock += 10_000
    return (await upload(visitor, files, { type: 'message' })).code
  }
  expect(await code(ada, tooLarge)).toBe('FileTooLarge')
  expect(await code(ada, png, png, png)).toBe('TooManyFiles')
  expect(await code(ada, Buffer.alloc(200_000))).toBe('BodyTooLarge')
  expect(onDisk()).toEqual([])
  expect(await code(ada, png, png)).toBeUndefined()
  expect(await code(ada, png, png)).toBe('EnoughForToday')
  const ben = await startVisitor(server)
  expect(await code(ben, large, large)).toBeUndefined()
  expect(await code(ben, large)).toBe('EnoughForToday')
  clock += 24 * 60 * 60_000
  const { token } = await chatToken(server, { resume: ada.resume })
  expect(await code({ ...ada, token }, png)).toBeUndefined()
  expect(onDisk()).toHaveLength(5)

  // The store is for everybody, and what is under way counts as well.
  const release = await server.uploads.reserve(141_400)
  const cyd = await startVisitor(server)
  expect(await code(cyd, png)).toBe('UploadsFull')
  release()
  expect(await code(cyd, png)).toBeUndefined()
})

test('a conversation that is erased takes its files with it', async () => {
  const ada = await start()
  const ben = await startVisitor(server)
  await upload(ada, [png, webm], { type: 'message' })
  await upload(ben, [png])
  const [sent] = await attachmentsOf(ada)
  await call(server, 'POST', '/api/chat/forget', { token: ada.token })
  expect(onDisk()).toHaveLength(1)
  expect((await get(sent!.contentUrl)).status).toBe(404)
  expect((await upload(ada, [png])).code).toBe('ConversationNotFound')
  expect((await attachmentsOf(ben)).length).toBe(1)
})

test('after their time files are erased, and the message says so; a start removes what was left over', async () => {
  const ada = await start()
  await upload(ada, [png])
  const [sent] = await attachmentsOf(ada)
  const left = join(server.folder, 'uploads', `${'half'.padEnd(22, '-')}.part`)
  writeFileSync(left, 'half')
  clock += 91 * 24 * 60 * 60_000
  await server.uploads.start()
  expect(onDisk()).toEqual([])
  const { token } = await chatToken(server, { resume: ada.resume })
  expect(token).toBeDefined()
  expect(await server.uploads.find(sent!.contentUrl.split(/[/?]/)[4]!)).toBeUndefined()
  const rows = await server.rowsOf(ada.conversationId)
  expect(rows.at(-1)?.body?.files).toHaveLength(1)
  // Bytes that are lost on the disk are a link to nothing, and no fault.
  const ben = await startVisitor(server)
  await upload(ben, [png])
  const [lost] = await attachmentsOf(ben)
  for (const name of onDisk()) rmSync(join(server.folder, 'uploads', name))
  expect((await get(lost!.contentUrl)).status).toBe(404)
})

/** An upload whose rest never comes. */
async function begin(visitor: Visitor, address = '127.0.0.1') {
  const socket = connect(server.port, '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(
    `POST ${visitor.at}/upload HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${visitor.token}\r\n` +
      `X-Forwarded-For: ${address}\r\n` +
      'Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000\r\n\r\n' +
      '--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n',
  )
  socket.write(png)
  return socket
}

test('who sends slowly, or hangs up, leaves nothing and holds nobody up', async () => {
  const ada = await start()
  const slow = [await begin(ada), await begin(ada)]
  await until('both have begun', () => onDisk().length === 2)
  // Two at a time are enough for one conversation.
  expect((await upload(ada, [png])).code).toBe('Busy')
  for (const socket of slow) socket.destroy()
  await until('nothing is left', () => onDisk().length === 0)
  clock += 5000
  expect((await upload(ada, [png])).status).toBe(200)
})

test('of one address three come at once, and in a day as much as four conversations may send', async () => {
  const ada = await start({ fileBytes: 30_000, files: 1, dayBytes: 30_000 })
  const here = '203.0.113.9'
  const ben = await startVisitor(server)
  const cyd = await startVisitor(server)
  const slow = [await begin(ada, here), await begin(ada, here), await begin(ben, here)]
  await until('all have begun', () => onDisk().length === 3)
  const from = (address: string) => ({ 'x-forwarded-for': address })
  expect((await upload(cyd, [png], undefined, from(here))).code).toBe('Busy')
  expect((await upload(cyd, [png], undefined, from('203.0.113.10'))).status).toBe(200)
  for (const socket of slow) socket.destroy()
  await until('nothing is left of them', () => onDisk().length === 1)

  clock += 24 * 60 * 60_000
  const large = Buffer.concat([webm, Buffer.alloc(28_000)])
  const codes: (string | undefined)[] = []
  for (let count = 0; count < 5; count += 1)
    codes.push((await upload(await startVisitor(server), [large], undefined, from(here))).code)
  expect(codes).toEqual([undefined, undefined, undefined, undefined, 'EnoughForToday'])
  const dan = await startVisitor(server)
  expect((await upload(dan, [large], undefined, from('203.0.113.10'))).status).toBe(200)
})

test('a disk that fails is an answer, and the end of the connection: the rest of the file is not wanted', async () => {
  const ada = await start()
  rmSync(join(server.folder, 'uploads'), { recursive: true })
  const socket = await begin(ada)
  let answer = ''
  socket.on('data', (chunk) => (answer += String(chunk)))
  await once(socket, 'close')
  expect(answer).toMatch(/^HTTP\/1.1 500 [^]*"ServerError"/)
})

test('the standing says what can be sent, and says nothing where nothing can', async () => {
  const ada = await start({ fileBytes: 1234, files: 2 })
  const standing = async ({ token }: Visitor) =>
    (await call(server, 'GET', '/api/chat/standing', { token })).json as unknown
  expect(await standing(ada)).toMatchObject({ uploads: { maxBytes: 1234, maxCount: 2 } })
  await server.close()
  server = await startServer()
  expect(await standing(await startVisitor(server))).not.toHaveProperty('uploads')
})

test('when nobody knows whether a message was kept its file stays, and the message sent again is that one', async () => {
  const ada = await start()
  const { database } = server
  const write = database.write.bind(database)
  const failing = jest.spyOn(database, 'write').mockImplementation(async (name, input) => {
    const output = await write(name, input)
    if (name === 'keepUploads') throw new FixladderError('storage_unavailable', 'it went away')
    return output
  })
  const words = { type: 'message', channelData: { clientActivityID: 'once' } }
  expect(await upload(ada, [png], words)).toMatchObject({ status: 503 })
  expect(onDisk()).toHaveLength(1)
  failing.mockRestore()
  expect(await upload(ada, [png], words)).toMatchObject({ status: 200 })
  expect(onDisk()).toHaveLength(1)
  const [attachment, ...others] = await attachmentsOf(ada)
  expect(others).toEqual([])
  expect((await get(attachment?.contentUrl ?? '')).status).toBe(200)
})
