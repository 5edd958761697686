import { refuse } from '../../http'

/**
 * A watermark is the number of the last row that its holder has seen. Nothing given means nothing seen, so the whole
 * log follows: a client cut off before its first activity has no watermark either, and must not miss the greeting.
 * (The hosted service sends only what is new then.)
 */
export function readWatermark(text: string | undefined): number {
  if (text === undefined || text === '') return 0
  if (!/^\d{1,15}$/.test(text))
    throw refuse(400, 'BadArgument', 'This watermark is not one of ours.')
  return Number(text)
}
