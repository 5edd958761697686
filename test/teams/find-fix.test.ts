import { DatabaseSync } from '@photostructure/sqlite'
import { createBeliefs, type Fix, type Pack, type Symptom } from '../../knowledge'
import { buttonsIn, cardIn, linesOf, mostBytes } from './person-card'
import { appId, bearer, invoke, loadKnowledge, startStage, tenantId, type Stage } from './stage'

interface Found {
  readonly contentType: string
  readonly content: unknown
  readonly preview: {
    readonly contentType: string
    readonly content: { readonly title: string; readonly text: string }
  }
}
interface Answered {
  readonly composeExtension: {
    readonly type: string
    readonly attachmentLayout?: string
    readonly attachments?: readonly Found[]
    readonly text?: string
  }
}

/** What Teams posts when somebody types into the search; the compose box names neither kind nor tenant of the place. */
const search = (text: unknown, more: object = {}, outside: object = {}) =>
  invoke(undefined, {
    name: 'composeExtension/query',
    conversation: { id: '19:somewhere@thread.v2' },
    channelData: { tenant: { id: tenantId }, source: { name: 'compose' } },
    value: {
      commandId: 'findFix',
      parameters: [{ name: 'query', value: text }],
      queryOptions: { skip: 0, count: 25 },
      ...more,
    },
    ...outside,
  })
const opened = (options: object = {}) =>
  search('', {
    parameters: [{ name: 'initialRun', value: 'true' }],
    queryOptions: { skip: 0, count: 25, ...options },
  })

/** Searches, and reads the answer. */
async function ask(stage: Stage, body: object) {
  const answer = await stage.post(body)
  expect(answer.status).toBe(200)
  return (JSON.parse(answer.body) as Answered).composeExtension
}
async function results(stage: Stage, body: object): Promise<readonly Found[]> {
  const { type, attachmentLayout, attachments = [] } = await ask(stage, body)
  expect([type, attachmentLayout]).toEqual(['result', 'list'])
  return attachments
}
const titlesIn = (found: readonly Found[]) => found.map(({ preview }) => preview.content.title)
const find = async (stage: Stage, text: string) => results(stage, search(text))

/** The card as Teams posts it, read strictly. */
const posted = ({ contentType, content }: Found) => ({
  type: 'message',
  conversation: { id: '19:somewhere@thread.v2' },
  recipient: { id: '29:person' },
  attachments: [{ contentType, content }],
})
const linesIn = (found: Found | undefined): readonly string[] => {
  const card = found && cardIn(posted(found))
  return card ? linesOf(card) : []
}

/** How many rows there are, table by table. */
function rowsIn(stage: Stage): Readonly<Record<string, number>> {
  const database = new DatabaseSync(stage.file, { readOnly: true })
  try {
    const tables = database
      .prepare(`SELECT name FROM sqlite_master WHERE type = 'table'`)
      .all() as { name: string }[]
    return Object.fromEntries(
      tables.map(({ name }) => {
        const [counted] = database.prepare(`SELECT count(*) AS rows FROM "${name}"`).all()
        return [name, (counted as { rows: number }).rows]
      }),
    )
  } finally {
    database.close()
  }
}

describe('"Find a fix"', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await startStage()
    await stage.run()
  })
  // Nobody types so fast for so long.
  beforeEach(() => (stage.clock.ahead += 60_000))
  afterAll(() => stage.close())
  const inAWhile = () => Math.floor(stage.now() / 1000) + 600

  it('finds a symptom by words with typing mistakes, and the fixes that its ladder begins with', async () => {
    const found = await find(stage, 'cant uplod to shared albm')
    expect(found.map(({ preview }) => preview.content)).toMatchObject([
      {
        title: "I (or others) can't add photos to the album",
        text: expect.stringMatching(/^Trouble: /),
      },
      { text: expect.stringMatching(/^Fix, 2 min: /) },
      ...found.slice(2).map(() => ({ text: expect.stringMatching(/^Fix, \d+ min: /) })),
    ])
    const [first, second] = found
    const lines = linesIn(first)
    expect(lines[0]).toMatch(/^Known trouble · \d+ fixes$/)
    expect(lines[4]).toBe(`1. ${second?.preview.content.title} · 2 min`)
    expect(lines.filter((each) => /^\d\. /.test(each))).toHaveLength(4)
    expect(lines.at(-1)).toBe('[Ask the bot]')
  })

  it('finds a fix by its title, half typed or with a mistake, and shows the steps of a rung', async () => {
    expect(titlesIn(await find(stage, 'low pow'))[0]).toBe('Turn off Low Power Mode')
    expect(titlesIn(await find(stage, 'restrat'))[0]).toMatch(/^Restart/)
    const [vpn] = await find(stage, 'vpn')
    expect(linesIn(vpn)).toEqual([
      'A fix · 3 min',
      'Turn off VPN or use another network',
      'VPN, proxy and firewall, which can block iCloud.',
      'On a work device, ask its IT team first.',
      'On iPhone, iPad or iPod touch:',
      "1. Open Settings and search for 'VPN'.",
      '2. Turn off the VPN or proxy.',
      '3. On a work or public network, change to another one.',
      'It worked if the album loads on the other connection.',
      'The steps differ on Mac, Windows PC, Apple TV or another device; the bot has them.',
      '[Ask the bot]',
    ])
  })

  it('takes the steps of the device that is typed', async () => {
    const [vpn] = await find(stage, 'vpn mac')
    expect(linesIn(vpn)[1]).toBe('Turn off VPN or use another network')
    expect(linesIn(vpn)[4]).toBe('On Mac:')
  })

  it('explains where there is nothing to climb', async () => {
    const [answer] = await find(stage, 'how do i leave an album')
    expect(answer?.preview.content.text).toMatch(/^Good to know: /)
    expect(linesIn(answer)[0]).toBe('Good to know')
  })

  it('opens with the commonest symptoms, the examples of the pack first', async () => {
    const { pack, reader } = await loadKnowledge()
    const examples = pack.info.examples.map(
      (text) => pack.symptoms.get(reader.read(text).matches[0]?.id ?? '')?.title,
    )
    const found = await results(stage, opened())
    expect(titlesIn(found).slice(0, 3)).toEqual(examples)
    expect(found).toHaveLength(25)
    // An emptied box is as one that was just opened.
    expect(await results(stage, search('  '))).toEqual(found)
  })

  it('gives page after page, and then nothing', async () => {
    const all = [
      ...titlesIn(await results(stage, opened())),
      ...titlesIn(await results(stage, opened({ skip: 25 }))),
    ]
    expect(new Set(all).size).toBe((await loadKnowledge()).pack.symptoms.size)
    expect(titlesIn(await results(stage, opened({ skip: 2, count: 3 })))).toEqual(all.slice(2, 5))
    expect(await results(stage, opened({ skip: 1_000 }))).toEqual([])
    expect(await results(stage, opened({ count: 1_000 }))).toHaveLength(25)
  })

  test.each(['printer jam', 'zzzz', '???', 'talk to a person'])(
    'says so when nothing fits: %s',
    async (text) => {
      expect(await ask(stage, search(text))).toEqual({
        type: 'message',
        text: `Nothing found for "${text}". Try other words.`,
      })
    },
  )

  it('says something else to somebody in despair', async () => {
    const { type, text } = await ask(stage, search('i want to kill myself'))
    expect(type).toBe('message')
    expect(text).toContain('emergency number')
  })

  it('says hostile words back as words, and not all of them', async () => {
    const text = `<at>Everyone</at> {{DATE(x)}} <img src=x onerror=alert(1)> [a](javascript:b) \u202e`
    const { text: answer = '' } = await ask(stage, search(`${text}${'y'.repeat(50)}`))
    expect(answer).toMatch(/^Nothing found for "/)
    expect(answer).not.toMatch(/<[a-z/]|\{\{|\]\(|\u202e/i)
    expect(answer.length).toBeLessThan(120)
  })

  it('reads the beginning of what is too long', async () => {
    const start = 'cant uplod to shared albm '
    const long = await results(stage, search(`${start.repeat(12)}${'and so on '.repeat(2_000)}`))
    expect(titlesIn(long)[0]).toBe("I (or others) can't add photos to the album")
    const { text = '' } = await ask(stage, search('q'.repeat(50_000)))
    expect(text.length).toBeLessThan(120)
  })

  test.each<[string, object, string]>([
    ['another command', search('x', { commandId: 'other' }), 'value.commandId'],
    ['no command', search('x', { commandId: undefined }), 'value.commandId'],
    ['no value', { ...search('x'), value: undefined }, 'value'],
    ['a list as value', { ...search('x'), value: [] }, 'value'],
    ['text as parameters', search('x', { parameters: 'x' }), 'value.parameters'],
    [
      'a thousand parameters',
      search('x', { parameters: Array.from({ length: 1_000 }, () => ({ name: 'query' })) }),
      'value.parameters',
    ],
    ['a number as text', search(7), 'value.parameters.query'],
    ['an object as text', search({ toString: 'x' }), 'value.parameters.query'],
    ['a negative skip', opened({ skip: -1 }), 'value.queryOptions.skip'],
    ['half a skip', opened({ skip: 0.5 }), 'value.queryOptions.skip'],
    ['no count', opened({ count: 0 }), 'value.queryOptions.count'],
    ['words as count', opened({ count: 'all' }), 'value.queryOptions.count'],
    ['nobody', search('x', {}, { from: undefined }), 'from'],
    ['somebody without an id', search('x', {}, { from: { id: '' } }), 'from.id'],
  ])('refuses %s, and says what is wrong', async (_what, body, where) => {
    const { status, body: answer } = await stage.post(body)
    expect(status).toBe(400)
    const { error } = JSON.parse(answer) as { error: { code: string; message: string } }
    expect(error.code).toBe('BadQuery')
    expect(error.message.startsWith(`${where}: `)).toBe(true)
  })

  it('takes what Teams leaves out', async () => {
    const found = await results(stage, opened())
    for (const value of [
      { commandId: 'findFix' },
      { commandId: 'findFix', parameters: null, queryOptions: null },
      { commandId: 'findFix', parameters: [{ name: 'query' }], queryOptions: {} },
    ])
      expect(await results(stage, { ...search(''), value })).toEqual(found)
  })

  it('refuses what is no JSON', async () => {
    const response = await fetch(stage.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: bearer({ exp: inAWhile() }) },
      body: '{"type":"invoke"',
    })
    expect(response.status).toBe(400)
  })

  it('is behind the same door: token and tenant', async () => {
    expect(await stage.post(search('vpn'), '')).toEqual({ status: 401, body: '' })
    expect(await stage.post(search('vpn'), bearer({ aud: 'another', exp: inAWhile() }))).toEqual({
      status: 403,
      body: '',
    })
    for (const id of ['11111111-2222-4333-8444-555555555555', undefined])
      expect(await stage.post(search('vpn', {}, { channelData: { tenant: { id } } }))).toEqual({
        status: 403,
        body: '',
      })
  })

  it('writes nothing, calls nobody and greets nobody', async () => {
    const before = rowsIn(stage)
    expect(before).toMatchObject({ conversations: 0, log: 0, teams_addresses: 0, unmatched: 0 })
    const place = { id: 'a:personal', conversationType: 'personal', tenantId }
    for (const text of ['vpn', 'waiting for photos', 'zzzz', ''])
      await stage.post(search(text, {}, { conversation: place }))
    expect(rowsIn(stage)).toEqual(before)
    expect(stage.microsoft.connector.asked).toEqual([])
  })

  it('asks somebody who types too fast to wait, and nobody else', async () => {
    const from = { id: '29:hasty' }
    // However slow the machine, it searches more often than twice in a second.
    let searches = 0
    let told = await ask(stage, search('vpn', {}, { from }))
    while (told.type === 'result' && ++searches < 1_000)
      told = await ask(stage, search('vpn', {}, { from }))
    expect(searches).toBeGreaterThanOrEqual(30)
    expect(told).toEqual({
      type: 'message',
      text: 'That was a lot at once. Wait a moment, then type on.',
    })
    expect((await ask(stage, search('vpn'))).type).toBe('result')
    stage.clock.ahead += 60_000
    expect((await ask(stage, search('vpn', {}, { from }))).type).toBe('result')
  })

  it('has for every symptom and fix of the pack a card that fits, asks nothing and leads to the bot', async () => {
    const { pack } = await loadKnowledge()
    const titles = [...pack.symptoms.values(), ...pack.fixes.values()].map(({ title }) => title)
    const seen = new Set<string>()
    for (const title of titles) {
      stage.clock.ahead += 1_000
      for (const found of await find(stage, title)) {
        seen.add(found.preview.content.title)
        const activity = posted(found)
        expect(JSON.stringify(activity).length * 2).toBeLessThan(mostBytes)
        expect(found.preview.contentType).toBe('application/vnd.microsoft.card.thumbnail')
        expect(buttonsIn(activity)).toEqual([])
        expect(cardIn(activity)?.body.at(-1)).toMatchObject({
          actions: [
            {
              type: 'Action.OpenUrl',
              url: `https://teams.microsoft.com/l/chat/0/0?users=28:${appId}`,
            },
          ],
        })
      }
    }
    // A title finds what it is the title of.
    expect(titles.filter((title) => !seen.has(title))).toEqual([])
  })
})

describe('what it looks at', () => {
  let stage: Stage | undefined
  afterEach(() => stage?.close())

  const evil = '<at>All</at> {{TIME(x)}} <b onclick=x>b</b> [c](javascript:d) **e'
  const withTexts = (pack: Pack, text: string): Pack => ({
    ...pack,
    symptoms: new Map(
      [...pack.symptoms].map(([id, symptom]): [string, Symptom] => [
        id,
        {
          ...symptom,
          title: `${id} ${text}`,
          says: text,
          ...('answer' in symptom && { answer: text }),
        },
      ]),
    ),
    fixes: new Map(
      [...pack.fixes].map(([id, fix]): [string, Fix] => [
        id,
        {
          ...fix,
          ...{ title: `${id} ${text}`, intro: text, note: text, worked: text, loses: text },
          ways: fix.ways.map((way) => ({ ...way, steps: way.steps.map(() => text), check: text })),
        },
      ]),
    ),
  })

  test.each([
    ['hostile', evil],
    ['endless', 'Open "Settings", then [go on. '.repeat(2_000)],
  ])('a pack with %s texts: they stay words, and fit', async (_what, text) => {
    const { pack, reader } = await loadKnowledge()
    const evilPack = withTexts(pack, text)
    stage = await startStage({}, undefined, undefined, undefined, {
      knowledge: () => ({ pack: evilPack, reader }),
    })
    for (const body of [
      opened(),
      search('waiting for photos'),
      search('how do i leave an album'),
    ]) {
      const found = await results(stage, body)
      expect(found.length).toBeGreaterThan(0)
      for (const each of found) {
        const { title, text: told } = each.preview.content
        expect(`${title} ${told}`).not.toMatch(/<[a-z/]|\{\{|\]\(/i)
        expect(linesIn(each).join('\n')).not.toMatch(/<\/?at|\{\{/)
      }
    }
  })

  it('is what was learnt from cases, and a running incident', async () => {
    const { pack } = await loadKnowledge()
    const [name = '', incident] = Object.entries(pack.info.incidents)[0] ?? []
    const beliefs = createBeliefs([
      {
        ...{ symptom: 'album-missing', fix: 'restart', family: 'ios', open: 0, expected: 0 },
        ...{ helped: 40, failed: 2 },
      },
    ])
    stage = await startStage({}, undefined, undefined, undefined, {
      beliefs: () => beliefs,
      incidents: () => [{ id: 'one', name, text: 'Apple says so.', startedAt: 0 }],
    })
    const [first] = await results(stage, opened())
    expect(first?.preview.content.title).toBe(pack.symptoms.get('album-missing')?.title)
    const lines = linesIn(first).join('\n')
    expect(lines).toContain(
      `There's a problem with ${incident?.title} at the moment: Apple says so.`,
    )
  })
})
