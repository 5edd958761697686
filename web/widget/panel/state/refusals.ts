import type { Sent } from '../../line'
import type { Words } from '../../words'

interface Refusal {
  readonly text: string
  /** The same, sent again, may be taken. */
  readonly isWorthRetry: boolean
}

/** There may be room later; all else that is said of files stays as it is. */
const passing = new Set(['UploadsFull'])

/** Why a message was refused, in one sentence, by the code that the server or the line gave. */
export function refusalOf(
  { reason = '', files }: Pick<Sent, 'reason' | 'files'>,
  { sent, files: ofFiles }: Words,
): Refusal {
  if (reason === 'ConversationEnded') return { text: sent.refused.ended, isWorthRetry: false }
  // A gateway may take less than the server, and says so by its number alone.
  const tooLarge = files?.length === 1 ? 'FileTooLarge' : 'BodyTooLarge'
  const code = reason === 'Http413' || reason === 'BodyTooLarge' ? tooLarge : reason
  if (code === 'BodyTooLarge' && !files) return { text: sent.refused.tooLong, isWorthRetry: false }
  const aboutFiles = Object.hasOwn(ofFiles.refused, code) ? ofFiles.refused[code] : undefined
  return aboutFiles === undefined
    ? { text: sent.refused.other, isWorthRetry: true }
    : { text: aboutFiles, isWorthRetry: passing.has(code) }
}
