import { wordsIn } from '../teams/person-card'
import { until } from '../teams/stage'
import { linesOf } from './adaptive-card'
import { cardIn, maria, startDesk, type Desk } from './desk'

jest.setTimeout(60_000)

let desk: Desk
beforeEach(async () => {
  desk = await startDesk()
})
afterEach(() => desk.stage.close())

/** Times of day in a card, which differ from run to run. */
const timeless = (lines: readonly string[]) =>
  lines.map((line) => line.replaceAll(/\{\{[^}]*\}\}/g, '{{…}}'))
const heading = (lines: readonly string[]) => lines[0]

test('a visitor of the web page is served from the channel, from the card to the end', async () => {
  await desk.arrive()
  const first = timeless(linesOf((await desk.card()).card))
  expect(first).toMatchObject([
    'Somebody waits for a person',
    'Ada Byron · web chat · asked for a person',
    'Waiting since {{…}} {{…}}',
    expect.stringMatching(/^Stuck on .* \(\d+ % sure\)$/),
    'iPhone with iOS 18',
    'Last words: “waiting for photos on my iphone, ios 18”',
    'Tried so far',
    'Check the internet connection: no help',
    'Turn off Low Power Mode: not answered',
    '<Reply to the person>',
    '[Claim] [Send reply]',
    expect.stringMatching(
      /^<Next fix> Keep Photos open on the charger and Wi-Fi · \d+ % · 2 min \|/,
    ),
    '[Send fix]',
    expect.stringMatching(/mentions me/),
  ])

  // Claimed: the answer shows it at once, and the card of everybody a moment later.
  const claimed = linesOf(cardIn(await desk.press(maria, 'Claim')))
  expect(heading(claimed)).toBe('A colleague has this case')
  expect(claimed).toContain('With Maria')
  expect(claimed).toContain('[Send reply] [Put back in the queue]')
  await desk.untilCard('With ')
  expect((await desk.case())?.agent).toEqual({ id: `teams:${maria.aad}`, name: 'Maria' })
  expect(await desk.desks()).toEqual(['teams'])

  await desk.press(maria, 'Send reply', { reply: 'Hi, I have read your list.' })
  expect(await desk.read()).toContainEqual({
    from: 'agent',
    name: 'Maria',
    text: 'Hi, I have read your list.',
  })
  // Everybody in the thread sees what was said by the card.
  await desk.untilLine('**Maria to Ada Byron:** Hi, I have read your list.')
  await desk.visitor('thanks! it still says *waiting* <at>all</at>')
  await desk.untilLine(
    String.raw`**Ada Byron:** thanks! it still says \*waiting\* &lt;at&gt;all&lt;/at&gt;`,
  )

  // The fix that was sent is on the card in the answer already.
  const sent = linesOf(cardIn(await desk.press(maria, 'Send fix', { fix: 'restart' })))
  expect(sent).toContain('Restart the device: not answered')
  await desk.untilLine('**Maria to Ada Byron:** Restart the device (3 min)')
  expect((await desk.read()).at(-1)).toMatchObject({
    from: 'agent',
    text: { kind: 'rung', fix: 'restart', by: 'Maria' },
  })
  await desk.visitor('no')
  await desk.untilCard('Restart the device: ')
  await desk.untilCard('no help')

  // In the thread, with a mention.
  expect((await desk.mention(maria, 'Is the *charger* in?\r\n')).status).toBe(200)
  expect((await desk.read()).at(-1)).toEqual({
    from: 'agent',
    name: 'Maria',
    text: 'Is the *charger* in?',
  })

  const closed = linesOf(cardIn(await desk.press(maria, 'Close', { fixed: 'restart' })))
  expect(timeless(closed)).toEqual([
    'Closed',
    'Ada Byron · closed by Maria',
    expect.stringMatching(/^Stuck on/),
    'What fixed it: Restart the device',
    '{{…}} {{…}}',
  ])
  await desk.untilCard('closed by Maria')
  expect(await desk.case()).toMatchObject({ state: 'closed' })
  expect(desk.cards()).toHaveLength(1)
  expect(desk.lines().filter((line) => line.includes('charger'))).toEqual([])
  expect(await desk.auditLog()).toEqual([
    ['case_claimed', 'Maria'],
    ['case_closed', 'Maria'],
  ])

  // What the person and the bot say afterwards is not the desk's.
  await desk.stage.turns.settled()
  await until(async () => (await desk.posts())[0]?.state === 'done')
  const count = desk.lines().length
  await desk.visitor('my shared album is empty')
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  expect(desk.lines()).toHaveLength(count)
})

test('somebody in Teams is served as well, and the chat goes back to the bot at a rung', async () => {
  await desk.stage.run()
  const say = async (text: string) => {
    expect((await desk.stage.say(text)).status).toBe(200)
    await desk.stage.turns.settled()
  }
  await say('waiting for photos on my iphone, ios 18')
  await say('no')
  await say('can i talk to a person')
  expect(linesOf((await desk.card()).card)).toContain('Ada Byron · Teams chat · asked for a person')

  // A reply claims the case.
  await desk.press(maria, 'Send reply', { reply: 'Hello, this is Maria.' })
  await until(() => desk.toPerson().some(({ text }) => text === 'Maria: Hello, this is Maria.'))
  await say('hello maria')
  await desk.untilLine('**Ada Byron:** hello maria')

  await desk.untilCard('Return to bot')
  const back = linesOf(cardIn(await desk.press(maria, 'Return to bot', { rung: 'restart' })))
  expect(back.slice(0, 2)).toEqual([
    'Back with the bot',
    'Ada Byron · given back to the bot by Maria',
  ])
  await until(() => desk.toPerson().some((each) => wordsIn(each).includes('Settings > General')))
  await desk.untilCard('Back with the bot')
})

test('what is sent by the card needs no claim, and a case can go back into the queue', async () => {
  await desk.arrive()
  const fix = linesOf(cardIn(await desk.press(maria, 'Send fix')))
  expect(heading(fix)).toBe('A colleague has this case')
  await desk.untilCard('With ')
  const released = linesOf(cardIn(await desk.press(maria, 'Put back in the queue')))
  expect(heading(released)).toBe('Somebody waits for a person')
  expect(await desk.case()).toMatchObject({ state: 'queued' })
})

test('guidance goes on while somebody waits, and the thread shows it', async () => {
  await desk.arrive()
  await desk.visitor('it was off already')
  await desk.untilLine('**Ada Byron:** it was off already')
  await desk.untilLine('**Bot:** ')
  await desk.untilCard('Turn off Low Power Mode: ')
  // The person finds the answer while they wait.
  await desk.visitor('it works now')
  await desk.untilCard('Solved while waiting')
  expect(await desk.case()).toMatchObject({ state: 'helped' })
})
