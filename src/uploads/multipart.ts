import { refuse } from '../http'

/** One part of a form: how it is called, and its bytes, to be read before the next part. */
export interface Part {
  readonly name: string
  readonly fileName?: string
  readonly type: string
  readonly body: AsyncIterable<Buffer>
}

/** Bytes of the headers of one part; a browser writes some 150. */
const mostHeaderBytes = 4096
/** Bytes before the first part; a browser writes none. */
const mostPreamble = 1024

/** The boundary of a form, from its Content-Type; undefined when it is no form or has none that counts. */
export function boundaryOf(contentType: string | undefined): string | undefined {
  const [, quoted, plain] =
    /^multipart\/form-data\s*;\s*boundary=(?:"([^"]{1,70})"|([\w'()+,./:=?-]{1,70}))\s*$/i.exec(
      contentType ?? '',
    ) ?? []
  return quoted ?? plain
}

/**
 * Reads a form part by part as its bytes come, and keeps no more of it than the end of a part may hide in. Strict: what
 * no browser writes is refused. How much comes in all, and how fast, is the source's to limit. Throws a `Refusal`.
 */
export async function* readParts(
  source: AsyncIterable<Buffer>,
  { boundary, mostParts }: { readonly boundary: string; readonly mostParts: number },
): AsyncGenerator<Part> {
  const bytes = createBuffer(source)
  const mark = Buffer.from(`\r\n--${boundary}`, 'latin1')
  let preamble = 0
  for await (const chunk of upTo(bytes, mark)) {
    preamble += chunk.length
    if (preamble > mostPreamble) throw badForm()
  }
  for (let parts = 1; ; parts += 1) {
    await bytes.need(2)
    const after = bytes.take(2).toString('latin1')
    if (after === '--') return
    if (after !== '\r\n') throw badForm()
    if (parts > mostParts)
      throw refuse(413, 'TooManyParts', 'There is more in this than we take at once.')
    const headers = await readHeaders(bytes)
    const body = upTo(bytes, mark)
    yield { ...headers, body }
    // Whatever was not asked for is passed over.
    for await (const _chunk of body);
  }
}

const badForm = () => refuse(400, 'BadForm', 'This form cannot be read.')
const cutOff = () => refuse(400, 'BodyCutOff', 'The body ended too early.')

/** What has come and was not taken yet. It begins with the line break that the first mark may do without. */
function createBuffer(source: AsyncIterable<Buffer>) {
  const chunks = source[Symbol.asyncIterator]()
  let held: Buffer = Buffer.from('\r\n')
  const buffer = {
    get held() {
      return held
    },
    take(length: number): Buffer {
      const taken = held.subarray(0, length)
      held = held.subarray(length)
      return taken
    },
    async more(): Promise<void> {
      const next = await chunks.next()
      if (next.done) throw cutOff()
      held = held.length === 0 ? next.value : Buffer.concat([held, next.value])
    },
    async need(length: number): Promise<void> {
      while (held.length < length) await buffer.more()
    },
  }
  return buffer
}

type Bytes = ReturnType<typeof createBuffer>

/** The bytes up to the mark, which is taken as well. */
async function* upTo(bytes: Bytes, mark: Buffer): AsyncGenerator<Buffer> {
  for (;;) {
    const at = bytes.held.indexOf(mark)
    if (at >= 0) {
      const last = bytes.take(at)
      bytes.take(mark.length)
      if (last.length > 0) yield last
      return
    }
    const sure = bytes.held.length - mark.length + 1
    if (sure > 0) yield bytes.take(sure)
    await bytes.more()
  }
}

async function readHeaders(bytes: Bytes): Promise<Omit<Part, 'body'>> {
  let end = bytes.held.indexOf('\r\n\r\n')
  while (end < 0) {
    if (bytes.held.length > mostHeaderBytes) throw badForm()
    await bytes.more()
    end = bytes.held.indexOf('\r\n\r\n')
  }
  if (end > mostHeaderBytes) throw badForm()
  const lines = bytes
    .take(end + 4)
    .toString('utf8')
    .split('\r\n')
  const valueOf = (header: string) =>
    lines
      .find((line) => line.toLowerCase().startsWith(`${header}:`))
      ?.slice(header.length + 1)
      .trim()
  const disposition = valueOf('content-disposition') ?? ''
  const name = /[; ]name="([^"]*)"/i.exec(disposition)?.[1]
  if (name === undefined || !/^form-data *;/i.test(disposition)) throw badForm()
  const fileName = fileNameIn(disposition)
  return {
    name,
    ...(fileName !== undefined && { fileName }),
    type: valueOf('content-type') ?? 'text/plain',
  }
}

/** As browsers write it, in a form or beside a body that is one file. */
export const fileNameIn = (disposition: string): string | undefined =>
  /[; ]filename="([^"]*)"/i
    .exec(disposition)?.[1]
    ?.replaceAll('%22', '"')
    .replaceAll(/%0[ad]/gi, ' ')
