import { createHmac, timingSafeEqual } from 'node:crypto'
import type { SentFile } from '../conversations'

/** A link is made anew whenever a conversation is drawn, and holds for a working day: pages stay open for so long. */
const linkSeconds = 8 * 60 * 60

export interface Links {
  /** The address of a file on this server, for whoever reads its conversation now; undefined when it is not kept any more. */
  to(file: Pick<SentFile, 'id' | 'until'>): string | undefined
  /** Whether this is a link of ours to this file, and still holds. */
  isGood(id: string, query: ReadonlyMap<string, string>): boolean
}

/** Private links: an id, an end, and a proof over both that only this server can make. */
export function createLinks({
  signingKey,
  now,
}: {
  readonly signingKey: string
  readonly now: () => number
}): Links {
  // A key of its own: what is signed for one purpose is never good for another.
  const key = createHmac('sha256', signingKey).update('links to uploads').digest()
  const proofOf = (id: string, until: string): Buffer =>
    createHmac('sha256', key).update(`${id}.${until}`).digest()
  const seconds = () => Math.floor(now() / 1000)

  return {
    to({ id, until: end }) {
      if (end <= now()) return undefined
      const until = String(seconds() + linkSeconds)
      const proof = proofOf(id, until).toString('base64url')
      return `${filesAt}/${id}?until=${until}&proof=${proof}`
    },
    isGood(id, query) {
      const until = query.get('until') ?? ''
      const given = Buffer.from(query.get('proof') ?? '', 'base64url')
      const proof = proofOf(id, until)
      if (given.length !== proof.length || !timingSafeEqual(given, proof)) return false
      return Number(until) > seconds()
    },
  }
}

/** Where files are asked for. */
export const filesAt = '/api/chat/files'
