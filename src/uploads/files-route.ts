import type { Readable } from 'node:stream'
import { problem, type Answer, type HttpRequest, type Route } from '../http'
import { kinds } from './kinds'
import { filesAt, type Links } from './links'
import { pieceOf, type Piece } from './range'
import { createTally } from './tally'
import type { Uploads } from './uploads'

export interface FilesRouteOptions {
  readonly uploads: Pick<Uploads, 'find' | 'reading'>
  readonly links: Pick<Links, 'isGood'>
  /** Files that are sent at once. */
  readonly most?: { readonly ofAll: number; readonly ofOne: number }
}

/** Of one conversation as many as all that it may send in a day are drawn at once, for the person and an agent. */
const most = { ofAll: 256, ofOne: 40 }

/** Gives a file to whoever has a link to it. Each that is not good has the same answer, whatever is wrong with it. */
export function filesRoute({
  uploads,
  links,
  most: { ofAll, ofOne } = most,
}: FilesRouteOptions): Route {
  const sending = createTally()
  return {
    method: 'GET',
    path: `${filesAt}/:id`,
    handler: async (request) => {
      const { id = '' } = request.params
      if (!links.isGood(id, request.query)) return nothingHere
      const row = await uploads.find(id)
      const read = row && (await uploads.reading(row.id))
      if (!read) return nothingHere
      if (sending.of(row.conversation) >= ofOne || sending.all >= ofAll) return busy
      return answerFor(request, row, (piece) => {
        const file = read(piece)
        file.once('close', sending.add(row.conversation))
        return file
      })
    },
  }
}

function answerFor(
  request: HttpRequest,
  { type, bytes }: { readonly type: string; readonly bytes: number },
  read: (piece: Piece) => Readable,
): Answer {
  const headers = { ...guards, ...dispositionOf(request, type), 'Content-Type': type }
  const piece = pieceOf(request.header('range'), bytes)
  if (piece === 'outside')
    return { status: 416, headers: { ...headers, 'Content-Range': `bytes */${bytes}` } }
  const { from, to } = piece === 'whole' ? { from: 0, to: bytes - 1 } : piece
  return {
    status: piece === 'whole' ? 200 : 206,
    headers: {
      ...headers,
      ...(piece !== 'whole' && { 'Content-Range': `bytes ${from}-${to}/${bytes}` }),
    },
    stream: { bytes: to - from + 1, open: () => read({ from, to }) },
  }
}

/** Whatever is in a file, no browser takes it for anything else, nor lets it do anything, nor keeps it, nor gives it to other pages. */
const guards = {
  'Cache-Control': 'private, no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Accept-Ranges': 'bytes',
}

/** Drawn for our own pages, and for somebody who opens the link; anywhere else, and of what browsers do not draw, it is a download. */
function dispositionOf(request: HttpRequest, type: string) {
  const kind = Object.values(kinds).find((each) => each.type === type)
  const site = request.header('sec-fetch-site') ?? 'none'
  const isInline = kind?.isShown && (site === 'same-origin' || site === 'none')
  const name = `${kind?.isFilm ? 'recording' : 'picture'}.${kind?.ending ?? 'bin'}`
  return { 'Content-Disposition': `${isInline ? 'inline' : 'attachment'}; filename="${name}"` }
}

const busy = problem(503, 'Busy', 'Many files are sent just now. Please try again in a moment.', {
  headers: { 'Retry-After': '3' },
})
const nothingHere = problem(404, 'NotFound', 'There is nothing here.')
