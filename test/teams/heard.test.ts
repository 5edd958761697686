import { wordsIn } from './person-card'
import { conversationIdOf } from '../../src/channels/teams/addresses'
import { emojiIn, wordsOfHtml } from '../../src/channels/teams/inbound/formatted'
import {
  aWhile,
  installed,
  invoke,
  message,
  startStage,
  teamsConversation,
  type Stage,
} from './stage'

const id = conversationIdOf(teamsConversation)
const html = (content: string) => ({ contentType: 'text/html', content })

describe('what is heard', () => {
  let stage: Stage
  beforeEach(async () => {
    stage = await startStage()
    await stage.run()
    await stage.post(installed())
    await stage.untilSent(1)
  })
  afterEach(() => stage.close())

  const said = async () => (await stage.rows()).filter(({ body }) => body?.from.role === 'user')
  const bodyOf = async (more: object) => {
    await stage.post(message(more))
    return (await said()).at(-1)?.body
  }

  it('once, when the same message is delivered under new ids', async () => {
    const timestamp = '2026-11-26T21:00:00.123Z'
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => stage.say('my shared album is empty', { timestamp })),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    await stage.untilSent(2)
    await aWhile()
    expect(stage.sent()).toHaveLength(2)
    expect(await said()).toHaveLength(1)
  })

  it.each([
    ['another moment', { timestamp: '2026-11-26T21:00:01.000Z' }, 0],
    ['other words', { text: 'no' }, 0],
    ['no moment told', { timestamp: undefined }, 0],
    ['a late hour', {}, 180_000],
  ])('twice, when it is said twice: %s', async (_what, more, later) => {
    const first = { text: 'yes', timestamp: '2026-11-26T21:00:00.000Z' }
    await stage.post(message({ ...first, ...('timestamp' in more && { timestamp: undefined }) }))
    stage.clock.ahead += later
    await stage.post(message({ ...first, ...more }))
    expect(await said()).toHaveLength(2)
  })

  it('as words, when they stand in the formatted text alone', async () => {
    const content =
      '<blockquote itemtype="http://schema.skype.com/Reply">Did it help?</blockquote>' +
      '<p><span itemtype="http://schema.skype.com/Mention" itemid="0">Fixladder</span>&nbsp;it&#39;s <b>empty</b></p><p>still &lt;2</p>'
    expect(await bodyOf({ text: '', attachments: [html(content)] })).toMatchObject({
      text: "it's empty\nstill <2",
    })
  })

  it.each([
    ['', '<p><img alt="👍" itemtype="http://schema.skype.com/Emoji" src="x"></p>', '👍'],
    ['', '<p><emoji id="like" alt="👍" title="Like"></emoji></p>', '👍'],
    ['that worked', '<p>that worked <img alt="🎉"></p>', 'that worked 🎉'],
    ['that worked 🎉', '<p>that worked <img alt="🎉"></p>', 'that worked 🎉'],
    ['look', '<p>look <img alt="image" src="https://graph/x"></p>', 'look'],
  ])('with its emoji: %p beside %s', async (text, content, heard) => {
    expect((await bodyOf({ text, attachments: [html(content)] }))?.text).toBe(heard)
  })

  it('of files their kind and name, and where the agent may open it; and says so', async () => {
    const file = {
      contentType: 'application/vnd.microsoft.teams.file.download.info',
      name: 'screen.png',
      contentUrl: 'https://contoso.sharepoint.com/personal/ada/screen.png',
      content: { downloadUrl: 'https://contoso.sharepoint.com/secret?token=1', fileType: 'png' },
    }
    const picture = {
      contentType: 'image/png',
      contentUrl: 'https://smba.trafficmanager.net/emea/v3/attachments/1/views/original',
    }
    const odd = { contentType: file.contentType, contentUrl: 'javascript:alert(1)' }
    const body = await bodyOf({
      text: '',
      attachments: [file, picture, odd, html('<p><img alt="image" src="https://x"></p>'), 'odd'],
    })
    expect(body?.attachments).toEqual([
      { contentType: file.contentType, name: file.name, contentUrl: file.contentUrl },
      { contentType: 'image/png' },
      { contentType: file.contentType },
    ])
    expect(JSON.stringify(await stage.rows())).not.toContain('secret')
    const sent = await stage.untilSent(2)
    expect(wordsIn(sent[1])).toContain("I can't open files.")
  })

  it.each([
    ['a reaction', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }],
    ['an edit', { type: 'messageUpdate', text: 'edited' }],
    ['a deletion', { type: 'messageDelete' }],
    ['an upgrade', { type: 'installationUpdate', action: 'add-upgrade' }],
    ['a kind from tomorrow', { type: 'holographicWave' }],
    ['a list of members that left', { type: 'conversationUpdate', membersRemoved: [{ id: 'x' }] }],
    ['an event', { type: 'event', name: 'application/vnd.microsoft.readReceipt' }],
  ])('%s is answered quietly', async (_what, more) => {
    const before = (await stage.conversations.get(id))?.lastSeq
    expect(await stage.post(message({ text: undefined, ...more }))).toEqual({
      status: 200,
      body: '',
    })
    expect((await stage.conversations.get(id))?.lastSeq).toBe(before)
    expect(stage.sent()).toHaveLength(1)
  })

  it('an invoke that is not for us is answered with nothing', async () => {
    const answer = await stage.post(invoke({}, { name: 'composeExtension/fetchTask' }))
    expect(answer).toEqual({ status: 200, body: '{}' })
  })
})

describe('formatted text', () => {
  it('may be anything', () => {
    for (const text of ['', '<', '<<>>', '<img', '<p><p>', '&', '&amp;lt;', '<blockquote>'])
      expect(typeof wordsOfHtml(text)).toBe('string')
    expect(wordsOfHtml('&amp;lt;b&amp;gt;')).toBe('&lt;b&gt;')
    expect(emojiIn('<img alt="🙂"><img alt="x"><img>')).toEqual(['🙂'])
  })

  it.each(['<blockquote>', '<img ', '<span schema.skype.com/Mention', '<'])(
    'does not grow out of hand: %s',
    (part) => {
      expect(wordsOfHtml(part.repeat(1_000))).toBeDefined()
    },
  )
})
