/** A piece of a file, from its first byte to its last. */
export interface Piece {
  readonly from: number
  readonly to: number
}

/**
 * What a Range header asks for, of a file with so many bytes: one piece, `whole` when it asks for none or for what we do
 * not do in pieces, or `outside`.
 */
export function pieceOf(header: string | undefined, bytes: number): Piece | 'whole' | 'outside' {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return 'whole'
  if (first === '') {
    const length = Math.min(Number(last), bytes)
    return length === 0 ? 'outside' : { from: bytes - length, to: bytes - 1 }
  }
  const from = Number(first)
  const to = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1)
  if (last !== '' && Number(last) < from) return 'whole'
  return from >= bytes ? 'outside' : { from, to }
}
