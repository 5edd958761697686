import { threadLine } from '../../src/channels/teams-desk/thread-lines'
import { lineOf } from '../../src/console/lines'
import type { Row } from '../../src/conversations'

const url = 'https://contoso.sharepoint.com/personal/ada/screen (1).png'
const row = (text: string, attachments: readonly unknown[]): Row => ({
  seq: 1,
  id: 'c|0000001',
  at: 0,
  kind: 'activity',
  audience: ['person', 'agents', 'bot'],
  body: { type: 'message', from: { id: 'ada', name: 'Ada', role: 'user' }, text, attachments },
})
const file = { contentType: 'file', name: 'screen [1].png', contentUrl: url }

describe('a file that a person sends', () => {
  it('is told at the console with its name and address', () => {
    expect(lineOf(row('', [file]))?.text).toBe(`(file: screen [1].png, ${url})`)
    expect(lineOf(row('look', [file]))?.text).toBe(`look\n(file: screen [1].png, ${url})`)
    expect(lineOf(row('look', [{ contentType: 'image/png' }]))?.text).toBe('look')
  })

  it('is a link in the thread of the desk, and never more than that', () => {
    const link = String.raw`[screen \[1\].png](https://contoso.sharepoint.com/personal/ada/screen%20%281%29.png)`
    expect(threadLine(row('', [file]), 'Ada')).toBe(`**Ada:**\n\n${link}`)
    expect(threadLine(row('look', [file]), 'Ada')).toBe(`**Ada:** look\n\n${link}`)
    expect(
      threadLine(row('', [{ contentType: 'file', contentUrl: 'javascript:alert(1)' }]), 'Ada'),
    ).toBe('**Ada:** (a file, which is not shown here)')
  })
})
