import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buttonsOf } from '../../dialogs'
import { listUnmatched, Sweep } from '../../src/insights'
import { createLog } from '../../src/log'
import { id, message, openStage, type Stage } from '../conversations/stage'

/** What the real bot leaves unmatched, and how it is erased again, on a real database. */

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
  await stage.turns.start()
})
afterEach(() => stage.close())

const day = 24 * 60 * 60 * 1_000

async function say(...texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    await stage.conversations.append(id, message(text))
    await stage.turns.settled()
  }
}

/** Presses a button under the newest question. */
async function press(label: string): Promise<void> {
  const replies = (await stage.rows()).map(({ body }) => body?.channelData?.fixladder)
  const reply = replies.findLast((each) => each && buttonsOf(each).length > 0)
  const button = reply && buttonsOf(reply).find((each) => each.label === label)
  if (!reply || !button || !('ask' in reply)) throw new Error(`There is no button [${label}].`)
  const row = message(label)
  await stage.conversations.append(id, {
    ...row,
    body: row.body && { ...row.body, value: { ask: reply.ask, answer: button.answer } },
  })
  await stage.turns.settled()
}

const listed = (retentionDays = 90, now = Date.now()) =>
  listUnmatched(stage.database, { retentionDays, now })

/** Count, reasons and text of what is listed. */
const inShort = async () =>
  (await listed()).map(({ text, count, why }) => {
    const reasons = Object.entries(why).filter(([, times]) => times > 0)
    return `${count} ${reasons.map(([reason]) => reason).join()} ${text}`
  })

describe('kept', () => {
  test('is what fits nothing, each time it is typed', async () => {
    await say('flurb grommets', 'Flurb grommets!', 'my flurb is grommeted on my ipad')
    expect(await inShort()).toEqual([
      '2 unknown Flurb grommets!',
      '1 unknown my flurb is grommeted on my ipad',
    ])
  })

  test('is what is about something else', async () => {
    await say('how do I cancel my netflix subscription')
    expect(await inShort()).toEqual(['1 off_topic how do I cancel my netflix subscription'])
  })

  test('is what led to symptoms that were all turned down, with these', async () => {
    await say('hello', 'album problem new pics')
    await press('None of these')
    expect(await listed()).toMatchObject([
      {
        text: 'album problem new pics',
        why: { unknown: 0, off_topic: 0, none_of_these: 1 },
        nearest: expect.arrayContaining(['new-photos-not-appearing', 'general-not-working']),
      },
    ])
    await say('it looks wrong', 'none of these')
    expect(await inShort()).toContain('1 none_of_these it looks wrong')
  })

  test('is the newer phrase when it was said in another way before the choices were turned down', async () => {
    await say('album problem new pics', 'it looks wrong')
    await press('None of these')
    expect(await inShort()).toEqual(['1 none_of_these it looks wrong'])
  })

  test('is an answer to "did you mean" that fits nothing, and not the phrase before it', async () => {
    await say('album problem new pics', 'flurb grommets')
    expect(await inShort()).toEqual(['1 unknown flurb grommets'])
  })

  test('is a reply on a ladder that nobody understood', async () => {
    await say('waiting for photos', 'flurb grommets')
    expect(await inShort()).toEqual(['1 unknown flurb grommets'])
  })

  test('are at most 500 characters, cut between characters', async () => {
    await say(`flurb ${'😀'.repeat(400)} grommets`)
    const [phrase] = await listed()
    expect(phrase?.text).toBe(`flurb ${'😀'.repeat(247)}`)
    await say(`flurbs ${'😀'.repeat(400)} grommets`)
    expect((await listed()).map(({ text }) => text)).toContain(`flurbs ${'😀'.repeat(246)}`)
  })
})

describe('not kept', () => {
  test.each([
    ['what was understood', ['waiting for photos', 'iphone', 'nope']],
    ['manners, and what is said about the chat', ['hello', 'thanks', 'are you a bot', 'help']],
    ['keys hit at random', ['sdfkjhsdf']],
    ['plain answers', ['no', 'yes']],
    ['bare facts', ['on my ipad', "it's my sister's album", 'I already restarted']],
    ['words of danger, nor anything after them', ['i want to die', 'flurb grommets']],
  ])('is %s', async (_what, texts) => {
    await say(...texts)
    expect(await inShort()).toEqual([])
  })

  test('is what is only pressed', async () => {
    await say('hello')
    await press('The invitation never arrived')
    expect(await inShort()).toEqual([])
  })

  test('is what is written while a person is waited for', async () => {
    await say('talk to a person', 'flurb grommets')
    expect((await stage.conversations.get(id))?.holder).toBe('queue')
    expect(await inShort()).toEqual([])
  })

  test('is a phrase whose choices led somewhere', async () => {
    await say('album problem new pics')
    await press("New photos aren't there at all")
    expect(await inShort()).toEqual([])
  })
})

test('a turn that is run again keeps its phrase once', async () => {
  await stage.turns.stop()
  await stage.close()
  let reads = 0
  stage = await openStage((reader) => ({
    read(text, context) {
      reads += 1
      // Somebody moves the conversation on while the turn thinks: its commit is lost, and it runs again.
      if (reads === 1)
        void stage.conversations.commit({
          conversation: id,
          cursor: { from: 0, to: 0 },
          holderVersion: 0,
          at: Date.now(),
          rows: [message('something else')],
        })
      return reader.read(text, context)
    },
  }))
  await stage.turns.start()
  await say('flurb grommets')
  expect(reads).toBeGreaterThan(1)
  expect((await inShort()).filter((line) => line.includes('flurb'))).toEqual([
    '1 unknown flurb grommets',
  ])
})

test('a commit that comes twice is written once, with its phrase', async () => {
  await stage.turns.stop()
  await stage.conversations.append(id, message('flurb'))
  const commit = {
    conversation: id,
    cursor: { from: 0, to: 1 },
    holderVersion: 0,
    at: Date.now(),
    rows: [],
    unmatched: [{ text: 'flurb', why: 'unknown', offered: [], packVersion: '1' } as const],
  }
  const outcomes = await Promise.allSettled([
    stage.conversations.commit(commit),
    stage.conversations.commit(commit),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  expect(await inShort()).toEqual(['1 unknown flurb'])
})

/** Commits these phrases, each at its time. */
async function keep(conversation: string, phrases: Readonly<Record<string, number>>) {
  const known = await stage.conversations.get(conversation)
  const cursor = known?.botCursor ?? 0
  for (const [text, at] of Object.entries(phrases))
    await stage.conversations.commit({
      conversation,
      cursor: { from: cursor, to: cursor },
      holderVersion: 0,
      at,
      rows: [],
      unmatched: [{ text, why: 'unknown', offered: [], packVersion: '1' }],
    })
}

test('one conversation keeps a hundred at most', async () => {
  await keep(
    id,
    Object.fromEntries(
      Array.from({ length: 120 }, (_none, index) => [`flurb ${index}`, Date.now()]),
    ),
  )
  expect(
    await listUnmatched(stage.database, { retentionDays: 90, now: Date.now(), limit: 1_000 }),
  ).toHaveLength(100)
})

test('a phrase past its time is not listed, and the sweep erases it from the file', async () => {
  const now = Date.now()
  await keep(id, { 'grommets of old': now - 91 * day, 'flurb of today': now - 89 * day })
  expect((await listed()).map(({ text }) => text)).toEqual(['flurb of today'])
  expect(await listed(3650)).toHaveLength(2)

  const log = createLog('silent')
  const sweep = new Sweep({ ...stage, retentionDays: 90, now: () => now, log })
  await sweep.start()
  sweep.stop()
  expect((await listed(3650)).map(({ text }) => text)).toEqual(['flurb of today'])
})

test("erasing a conversation erases its phrases, down to the bytes, and nobody else's", async () => {
  await stage.conversations.create(
    { id: 'another', channel: 'direct-line', userId: 'dl_another' },
    [],
  )
  const now = Date.now()
  await keep(id, { 'grommetsecret one': now, 'grommetsecret two': now })
  await keep('another', { flurb: now })
  await stage.database.write('forgetUnmatched', { conversation: id })
  expect(await inShort()).toEqual(['1 unknown flurb'])

  await stage.turns.stop()
  await stage.database.close()
  const folder = dirname(stage.file)
  for (const name of readdirSync(folder))
    expect(readFileSync(join(folder, name), 'latin1')).not.toContain('grommetsecret')
})
