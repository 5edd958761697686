import { refusalOf } from '../../web/widget/panel/state/refusals'
import { chooseWords } from '../../web/widget/words'

/** Why a message was not sent, and whether to try again. */

const file = { name: 'a.png', blob: new Blob([]) }
const files = [file, { ...file, name: 'b.png' }]

test.each([
  ['BodyTooLarge', undefined, 'It is too long. Please send it in parts.', false],
  ['Http413', undefined, 'It is too long. Please send it in parts.', false],
  ['Http413', files, 'The files are too large together.', false],
  ['BodyTooLarge', files, 'The files are too large together.', false],
  ['Http413', [file], 'The file is too large.', false],
  ['FileDamaged', files, 'The file is damaged.', false],
  ['UploadsFull', files, 'There is no room for files just now. Please say it in words.', true],
  ['ConversationEnded', undefined, 'That question is closed: its conversation has ended.', false],
  ['BadArgument', undefined, 'The server did not take it.', true],
  ['constructor', files, 'The server did not take it.', true],
  [undefined, undefined, 'The server did not take it.', true],
] as const)('%s', (reason, sentFiles, text, isWorthRetry) => {
  const sent = { ...(reason && { reason }), ...(sentFiles && { files: sentFiles }) }
  expect(refusalOf(sent, chooseWords('en'))).toEqual({ text, isWorthRetry })
})
