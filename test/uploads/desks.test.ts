import { threadLine } from '../../src/channels/teams-desk/thread-lines'
import { lineOf } from '../../src/console/lines'
import type { Row } from '../../src/conversations'
import { isForDesk, message, type DeskCase, type Said } from '../../src/handoff/webhook/activities'

/** How the desks hear of pictures: the console shows them, the others say where they are. */

const file = { id: 'abc', type: 'image/png', name: 'screen.png', bytes: 1200, until: 9 }
const row = (text?: string, files = [file]): Said => ({
  seq: 3,
  id: 'c|0000003',
  at: 0,
  kind: 'activity',
  audience: ['person', 'agents', 'bot'],
  body: {
    type: 'message',
    from: { id: 'dl_ada', role: 'user' },
    ...(text !== undefined && { text }),
    files,
    attachments: files.map(({ type, name }) => ({ contentType: type, name })),
  },
})
const both = [file, { ...file, type: 'video/mp4' }]
const link = 'https://help.example.org/console#case=t'

test('the thread in Teams says what was sent, with a link into the console', () => {
  expect(threadLine(row(), 'Ada')).toBe('**Ada:** (sent a picture)')
  expect(threadLine(row('look', both), 'Ada', link)).toBe(
    `**Ada:** look (sent a picture and a recording) [Look at it in the console](${link})`,
  )
})

test('the help desk behind the webhook is told the same, without a byte of it', () => {
  const about = {
    handoff: { id: 't' },
    conversation: { channel: 'direct-line', userId: 'dl_ada' },
  } as DeskCase
  expect(message(about, row()).text).toBe('(sent a picture)')
  const told = message({ ...about, link }, row('look', both))
  expect(told.text).toBe(`look (sent a picture and a recording: ${link})`)
  expect(JSON.stringify(told)).not.toContain('abc')
  expect(isForDesk(row())).toBe(true)
})

test('the console gets links that hold for some hours, and none to what is gone', () => {
  const shown = (linksTo: (sent: { id: string }) => string | undefined) =>
    lineOf(row() as Row, linksTo)?.files
  const plain = { type: 'image/png', name: 'screen.png', bytes: 1200 }
  expect(shown(({ id }) => `/files/${id}`)).toEqual([{ ...plain, url: '/files/abc' }])
  expect(shown(() => undefined)).toEqual([plain])
  expect(lineOf(row('hi', []) as Row)?.text).toBe('hi')
})
