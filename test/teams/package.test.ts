import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { unzipSync } from 'fflate'
import { createReader } from '../../knowledge'
import { faultsOf, hasSchema } from '../../scripts/teams-package/faults'
import {
  fileOf,
  manifestOf,
  newestSchema,
  stringsOf,
  type AppFacts,
  type AppLanguage,
} from '../../scripts/teams-package/manifest'
import { packageSettings } from '../../scripts/teams-package/settings'
import { appTexts } from '../../scripts/teams-package/texts'
import { loadFirstPack } from '../first-pack'

/** The tool runs as a process of its own, which a busy machine starts slowly. */
jest.setTimeout(120_000)

const root = join(__dirname, '../..')

const facts: AppFacts = {
  appId: '11111111-2222-4333-8444-555555555555',
  name: 'Photo help',
  accent: '#1d4f91',
  developer: {
    name: 'Contoso IT',
    websiteUrl: 'https://it.example.org',
    privacyUrl: 'https://it.example.org/privacy',
    termsOfUseUrl: 'https://it.example.org/terms',
  },
  publicUrl: 'https://help.example.org',
  version: '1.2.3',
}

const languageOf = async (): Promise<AppLanguage> => {
  const { language, title, subject, examples } = (await loadFirstPack()).info
  return { tag: language, title, subject, examples, texts: appTexts[language]! }
}
let english: AppLanguage
beforeAll(async () => (english = await languageOf()))

const check = (change: Partial<AppFacts> = {}, schema = newestSchema) =>
  faultsOf('manifest', manifestOf({ ...facts, ...change }, [english], schema), schema)

describe('the manifest', () => {
  test.each(['1.22', '1.25', newestSchema, '1.30'])(
    "holds against Microsoft's schema %s",
    (version) => {
      expect(hasSchema(version)).toBe(true)
      expect(check({}, version)).toEqual([])
    },
  )

  test.each([
    ['a long name', { name: 'x'.repeat(31) }, 'name.short must NOT have more than 30 characters'],
    [
      'a long developer',
      { developer: { ...facts.developer, name: 'x'.repeat(33) } },
      'developer.name must NOT have more than 32 characters',
    ],
    ['an id that is none', { appId: '1234' }, 'id must match pattern'],
    ['a colour by name', { accent: 'blue' }, 'accentColor must match pattern'],
  ])('with %s does not', (_, change, fault) => {
    expect(check(change)).toContainEqual(expect.stringContaining(fault))
  })

  test('is for people alone, teams and group chats, with at most twelve commands for each', () => {
    const [bot, ...others] = manifestOf(facts, [english]).bots
    expect(others).toEqual([])
    expect(bot?.scopes).toEqual(['personal', 'team', 'groupChat'])
    expect(bot?.commandLists.map((list) => list.scopes)).toEqual([
      ['personal'],
      ['team'],
      ['groupChat'],
    ])
    for (const { commands } of bot?.commandLists ?? []) {
      expect(commands.length).toBeGreaterThanOrEqual(3)
      expect(commands.length).toBeLessThanOrEqual(12)
    }
  })

  test('has one search, "Find a fix", for the compose box and the command box', () => {
    expect(manifestOf(facts, [english]).composeExtensions).toEqual([
      {
        botId: facts.appId,
        commands: [
          {
            id: 'findFix',
            type: 'query',
            context: ['compose', 'commandBox'],
            title: 'Find a fix',
            description: 'Looks up what helps, to send it to a colleague',
            initialRun: true,
            parameters: [
              {
                name: 'query',
                title: 'What is wrong',
                description: 'In your own words, or the name of a fix',
                inputType: 'text',
              },
            ],
          },
        ],
      },
    ])
  })

  test.each<[string, (find: AppLanguage['texts']['find']) => object]>([
    ['title', (find) => ({ ...find, title: 'x'.repeat(33) })],
    ['description', (find) => ({ ...find, description: 'x'.repeat(129) })],
    [
      'parameters.0.title',
      (find) => ({ ...find, words: { ...find.words, title: 'x'.repeat(33) } }),
    ],
  ])('takes no longer %s of the search than Teams does', (where, change) => {
    const texts = { ...english.texts, find: change(english.texts.find) } as AppLanguage['texts']
    expect(faultsOf('manifest', manifestOf(facts, [{ ...english, texts }]), newestSchema)).toEqual([
      expect.stringContaining(`composeExtensions.0.commands.0.${where} must NOT have more than`),
    ])
  })

  test('asks for nothing: no permission, no consent of a team, no sign-in', () => {
    const manifest = manifestOf(facts, [english])
    for (const key of ['permissions', 'authorization', 'webApplicationInfo', 'devicePermissions'])
      expect(manifest).not.toHaveProperty(key)
    expect(manifest.validDomains).toEqual(['help.example.org'])
  })

  test('has commands that the bot understands as they stand, and the texts fit', async () => {
    const reader = createReader(await loadFirstPack())
    const commands = manifestOf(facts, [english]).bots[0]!.commandLists[0]!.commands
    expect(commands.map(({ title }) => reader.read(title).kind)).toEqual([
      'symptom',
      'symptom',
      'symptom',
      'human',
      'restart',
      'help',
    ])
  })

  test('names a further language and its file, which holds against the schema of strings', () => {
    const german = { ...english, tag: 'de', title: 'Geteilte Alben' }
    const manifest = manifestOf(facts, [english, german])
    expect(manifest.localizationInfo).toEqual({
      defaultLanguageTag: 'en',
      additionalLanguages: [{ languageTag: 'de', file: fileOf('de') }],
    })
    expect(faultsOf('manifest', manifest, newestSchema)).toEqual([])
    const strings = stringsOf(facts.name, german)
    expect(strings['name.full']).toBe('Photo help: Geteilte Alben')
    expect(strings['bots[0].commandLists[2].commands[5].title']).toBe('Help')
    expect(strings['composeExtensions[0].commands[0].title']).toBe('Find a fix')
    expect(strings['composeExtensions[0].commands[0].parameters[0].title']).toBe('What is wrong')
    expect(faultsOf('strings', strings, newestSchema)).toEqual([])
    expect(faultsOf('strings', strings, '1.22')).toEqual([])
    expect(faultsOf('strings', { ...strings, 'name.shrt': 'x' }, newestSchema)).toHaveLength(1)
  })
})

test('a version of the schema that is not carried is none, nor is a path', () => {
  expect(['1.18', '1.99', 'DevPreview', '1.29/../v1.28', ''].filter(hasSchema)).toEqual([])
})

describe('the icons', () => {
  const transparent = 0
  const opaque = 255

  test('the coloured one is a full square of 192 pixels with its sign in the middle 96', () => {
    const { across, pixelAt } = pixelsOf('color.png')
    expect(across).toBe(192)
    const ground = [0x1d, 0x4f, 0x91, opaque]
    const drawn: number[] = []
    for (let y = 0; y < across; y += 1)
      for (let x = 0; x < across; x += 1) {
        const pixel = pixelAt(x, y)
        if (pixel[3] !== opaque) throw new Error(`(${x}, ${y}) is not opaque`)
        if (pixel.join() !== ground.join()) drawn.push(x, y)
      }
    expect(drawn.length).toBeGreaterThan(1_000)
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(48)
    expect(Math.max(...drawn)).toBeLessThan(144)
  })

  test('the outline is white on nothing, 32 pixels across', () => {
    const { across, pixelAt } = pixelsOf('outline.png')
    expect(across).toBe(32)
    const all = Array.from({ length: across * across }, (_, at) =>
      pixelAt(at % across, Math.floor(at / across)),
    )
    const seen = all.filter((pixel) => pixel[3] !== transparent)
    expect(seen.length).toBeGreaterThan(100)
    expect(seen.length).toBeLessThan(all.length / 2)
    expect(new Set(seen.map((pixel) => pixel.slice(0, 3).join()))).toEqual(new Set(['255,255,255']))
    for (const [x, y] of [
      [0, 0],
      [31, 0],
      [0, 31],
      [31, 31],
    ] as const)
      expect(pixelAt(x, y)[3]).toBe(transparent)
  })

  test.each(['color', 'outline'])('%s is the picture that its SVG describes', (name) => {
    const script = `import { icons, pngOf, svgOf } from './scripts/teams-package/draw-icons.mjs'
      process.stdout.write(JSON.stringify([svgOf(icons.${name}), pngOf(icons.${name}).toString('base64')]))`
    const [svg, png] = JSON.parse(
      execFileSync(process.execPath, ['--input-type=module', '-e', script], {
        cwd: root,
        encoding: 'utf8',
      }),
    ) as [string, string]
    expect(readFileSync(iconFile(`${name}.svg`), 'utf8')).toBe(svg)
    // Pixels and not bytes: versions of zlib differ in how they pack the same.
    const [drawn, kept] = [
      rowsOf(Buffer.from(png, 'base64')),
      rowsOf(readFileSync(iconFile(`${name}.png`))),
    ]
    expect(drawn.equals(kept)).toBe(true)
  })
})

describe('npm run teams:package', () => {
  let folder: string
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'fixladder-package-'))))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const complete = {
    MicrosoftAppId: facts.appId,
    PUBLIC_URL: facts.publicUrl,
    TEAMS_DEVELOPER_NAME: facts.developer.name,
    TEAMS_DEVELOPER_URL: facts.developer.websiteUrl,
    TEAMS_PRIVACY_URL: facts.developer.privacyUrl,
    TEAMS_TERMS_URL: facts.developer.termsOfUseUrl,
  }
  const run = (settings: Record<string, string>, ...words: string[]) =>
    spawnSync(process.execPath, [join(root, 'dist/teams-package.js'), ...words], {
      cwd: root,
      env: { ...process.env, ...settings },
      encoding: 'utf8',
    })

  test('gives the same bytes for the same settings, on any day and in any time zone', () => {
    const [one, other] = [join(folder, 'a/one.zip'), join(folder, 'other.zip')]
    expect(run({ ...complete, TZ: 'America/Los_Angeles' }, one)).toMatchObject({
      status: 0,
      stderr: '',
    })
    expect(run({ ...complete, TZ: 'Pacific/Auckland' }, other).status).toBe(0)
    expect(readFileSync(one).equals(readFileSync(other))).toBe(true)
    const files = unzipSync(readFileSync(one))
    expect(Object.keys(files)).toEqual(['manifest.json', 'color.png', 'outline.png'])
    const manifest = JSON.parse(Buffer.from(files['manifest.json']!).toString('utf8')) as object
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      version: string
    }
    expect(manifest).toEqual(manifestOf({ ...facts, name: 'Fixladder', version }, [english]))
    expect(Buffer.from(files['color.png']!).equals(readFileSync(iconFile('color.png')))).toBe(true)
  })

  test('is read by the unzip of the system', () => {
    const file = join(folder, 'app.zip')
    expect(run(complete, file, '--schema', '1.22').status).toBe(0)
    const listed = spawnSync('unzip', ['-t', file], { encoding: 'utf8' })
    // Where there is no unzip, the library's reader above has to do.
    expect(listed.error ? 'No errors' : listed.stdout).toContain('No errors')
    expect(Buffer.from(unzipSync(readFileSync(file))['manifest.json']!).toString()).toContain(
      '"manifestVersion": "1.22"',
    )
  })

  test('names every setting that is missing, at once, and writes nothing', () => {
    const nothing = Object.fromEntries(Object.keys(complete).map((name) => [name, '']))
    const file = join(folder, 'app.zip')
    const { status, stdout, stderr } = run(nothing, file)
    expect([status, stdout]).toEqual([1, ''])
    const named = [...stderr.matchAll(/^ {2}(\w+): needed for the app package; /gm)].map(
      ([, name]) => name,
    )
    expect(named).toEqual(Object.keys(complete))
    expect(() => readFileSync(file)).toThrow('ENOENT')
  })

  test.each([
    ['TEAMS_PRIVACY_URL', 'http://it.example.org', 'must be an https address'],
    ['TEAMS_TERMS_URL', 'terms', 'must be an https address'],
    ['TEAMS_DEVELOPER_NAME', 'x'.repeat(33), 'must have at most 32 characters'],
    ['TEAMS_APP_NAME', 'x'.repeat(31), 'must have at most 30 characters'],
    ['TEAMS_ACCENT', '#12345', 'must be a colour'],
    ['PUBLIC_URL', 'http://help.example.org', 'must begin with https for the app package'],
    ['MicrosoftAppId', 'fixladder', 'must be an id'],
  ])('does not take %s=%s', (name, value, fault) => {
    const environment = { ...complete, [name]: value }
    expect(() => packageSettings(environment)).toThrow(`${name}: ${fault}`)
  })

  test('tells what is wrong and what is missing at once, and of misspelt ones, but not of settings of the server', () => {
    const environment = {
      ...complete,
      TEAMS_TERMS_URL: '',
      TEAMS_ACCENT: 'blue',
      TEAMS_PRIVCY_URL: 'x',
      PORT: 'x',
      MicrosoftAppPassword: '',
    }
    const tell = () => packageSettings(environment)
    expect(tell).toThrow(/TEAMS_ACCENT: [^]*TEAMS_PRIVCY_URL: [^]*TEAMS_TERMS_URL: needed/)
    expect(tell).not.toThrow(/PORT|Password/)
  })

  test('tells of a schema that it has not', () => {
    expect(run(complete, '--schema', '1.99')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^No schema 1\.99 is known\.\nnpm run teams:package /),
    })
  })
})

const iconFile = (name: string) => join(root, 'scripts/teams-package', name)

/** The rows of a PNG of ours: 8-bit RGBA, each row after a byte that says it is not filtered. */
function rowsOf(png: Buffer): Buffer {
  expect(png.subarray(24, 29).toString('hex')).toBe('0806000000')
  const at = png.indexOf('IDAT')
  return inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)))
}

function pixelsOf(name: string) {
  const png = readFileSync(iconFile(name))
  const [across, down] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  expect(down).toBe(across)
  const rows = rowsOf(png)
  expect(rows.length).toBe((across * 4 + 1) * across)
  const pixelAt = (x: number, y: number): number[] => {
    const start = y * (across * 4 + 1) + 1 + x * 4
    return [...rows.subarray(start, start + 4)]
  }
  return { across, pixelAt }
}
