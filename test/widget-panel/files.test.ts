import { shownFile, sift } from '../../web/widget/panel/state/files'
import { itemsOf } from '../../web/widget/panel/state/transcript'
import { noon, person } from './sample'

/** Files as they are chosen, and as they stand in the conversation. */

const uploads = { maxBytes: 1000, maxCount: 3, kinds: ['image/png', 'image/heic', 'video/mp4'] }
const file = (type: string, size = 10) => ({ name: 'a', type, size })

test('what fits is taken, and of the rest it is said why', () => {
  const given = [
    file('image/png'),
    file('image/svg+xml'),
    file('video/mp4', 1001),
    file('image/heif', 1000),
    file('image/png', 0),
    // Some browsers know no name for it; the server looks.
    file(''),
  ]
  const { fit, unfit } = sift(given, 0, uploads)
  expect(fit).toEqual([given[0], given[3], given[5]])
  expect(unfit.map(({ why }) => why)).toEqual(['kind', 'size', 'empty'])
  expect(sift([file('image/png'), file('image/png')], 2, uploads).unfit).toEqual([
    { file: file('image/png'), why: 'count' },
  ])
})

test('a file is asked for here, whatever the server is called elsewhere', () => {
  const url = '/api/chat/files/a?until=1&proof=x'
  for (const contentUrl of [url, `https://help.example.org${url}`])
    expect(shownFile({ contentType: 'image/png', contentUrl, name: 'a.png' })).toEqual({
      name: 'a.png',
      kind: 'picture',
      url,
    })
  const kind = (contentType: string) => shownFile({ contentType, contentUrl: url }).kind
  expect(['video/quicktime', 'image/heic', 'text/html'].map(kind)).toEqual([
    'film',
    'other',
    'other',
  ])
})

test('a picture without words is a message; on its way it is drawn from the page itself', () => {
  const attachments = [{ contentType: 'image/png', contentUrl: '/api/x', name: 'a.png' }]
  const blob = new Blob(['x'], { type: 'image/png' })
  const files = [{ name: 'b.png', blob, preview: 'blob:b' }]
  const sent = { id: 'out', text: '', files, at: noon, state: 'sending' } as const
  const { text: _none, ...bare } = person(1, '', { attachments })
  const items = itemsOf([bare], [sent]).filter(({ kind }) => kind === 'person')
  expect(items).toMatchObject([
    { text: '', files: [{ name: 'a.png', kind: 'picture', url: '/api/x' }] },
    { text: '', files: [{ name: 'b.png', kind: 'picture', url: 'blob:b' }], sent },
  ])
  expect(itemsOf([person(1, '')], []).filter(({ kind }) => kind === 'person')).toEqual([])
})
