import { join } from 'node:path'
import { readFileSync, readdirSync } from 'node:fs'
import { checkStyle, loadPack, PackError, parsePack, type PackFile } from '../../knowledge'
import { jsonSchemas } from '../../knowledge/pack'

const folder = join(__dirname, '../../knowledge/packs/icloud-photo-sharing')

/** The real pack's files, for tests that break one of them. */
const files: readonly PackFile[] = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .map((path) => ({ path: path.slice(folder.length + 1), text: readFileSync(path, 'utf8') }))

/** What the loader says when one file reads otherwise. */
function faultsWith(path: string, change: (text: string) => string): string[] {
  const changed = files.map((file) =>
    file.path === path ? { path, text: change(file.text) } : file,
  )
  try {
    parsePack(changed)
    return []
  } catch (error) {
    if (!(error instanceof PackError)) throw error
    return error.faults.map(({ file, field, problem }) => `${file} (${field}): ${problem}`)
  }
}

describe('the first pack', () => {
  test('has the 27 symptoms and 6 flows of its taxonomy', async () => {
    const pack = await loadPack(folder)
    expect([...pack.symptoms.keys()].toSorted()).toEqual(
      `account-sign-in album-missing apple-tv battery-low-power cannot-add-photos cannot-find-shared-albums
      cannot-invite-people child-or-managed-device comments-likes-notifications deleted-or-lost general-not-working
      howto-create-invite-add howto-leave-album howto-save-download howto-stop-sharing-delete icloud-outage
      invite-cannot-accept invite-not-received limit-reached my-photo-stream-ended network-mobile-data
      new-photos-not-appearing new-style-albums-ios27 non-apple-public-link own-photos-not-syncing
      photos-blank-or-app-freezes quality-reduced shared-albums-switch shared-library-mixup storage-full
      stuck-updating-waiting video-problem windows-pc`.split(/\s+/),
    )
  })

  test('sounds as it should', async () => {
    expect(checkStyle(await loadPack(folder))).toEqual([])
  })

  test('remarks on two wordings that should tell apart and read the same', () => {
    const alike = files.map(({ path, text }) => ({
      path,
      text:
        path === 'symptoms/icloud-outage.yaml'
          ? text.replace(/^sources:/m, 'apart:\n  apple-tv: shared album on Apple TV\nsources:')
          : text,
    }))
    expect(
      checkStyle(parsePack(alike)).map(({ field, problem }) => `${field}: ${problem}`),
    ).toEqual([
      'apart.apple-tv: "shared album on Apple TV" is also what "apple-tv" says. Say what tells them apart.',
    ])
  })

  test('never advertises, and never suggests to erase or to buy', () => {
    const words =
      /fonetrans|aiseesoft|techidaily|affiliate|erase all|factory reset|\bbuy\b|purchase/i
    const shown = files.filter(({ path }) => /^(fixes|symptoms)\//.test(path))
    // Phrases are what people type; everything else is ours.
    const ours = shown.map(({ path, text }) => ({
      path,
      text: text.replace(/^(phrases|unlike|said):[^]*?(?=^\S)/gm, ''),
    }))
    expect(ours.filter(({ text }) => words.test(text)).map(({ path }) => path)).toEqual([])
  })

  test('every rung that ends a photo ladder is another way, and is no cure', async () => {
    const pack = await loadPack(folder)
    expect(pack.fixes.get('share-another-way')?.outcome).toBe('workaround')
    for (const id of [
      'stuck-updating-waiting',
      'cannot-add-photos',
      'album-missing',
      'new-photos-not-appearing',
    ]) {
      const symptom = pack.symptoms.get(id)
      const fixes = symptom?.kind === 'ladder' ? symptom.fixes.map((entry) => entry.fix) : []
      expect([id, fixes.includes('share-another-way')]).toEqual([id, true])
    }
  })

  test('what loses something says so', async () => {
    const pack = await loadPack(folder)
    for (const id of ['reset-network-settings', 'sign-out-in', 'leave-and-rejoin']) {
      expect([id, typeof pack.fixes.get(id)?.loses]).toEqual([id, 'string'])
    }
  })
})

describe('a fault is told with file, field and remedy', () => {
  test('a misspelt fix', () => {
    expect(
      faultsWith('symptoms/stuck-updating-waiting.yaml', (text) =>
        text.replace('fix: reset-network-settings', 'fix: reset-netwrok-settings'),
      ),
    ).toEqual([
      expect.stringMatching(
        /^symptoms\/stuck-updating-waiting\.yaml \(fixes\.\d+\.fix\): No fix "reset-netwrok-settings"\. Did you mean "reset-network-settings"\?$/,
      ),
    ])
  })

  test('a wording against a symptom that is not there, or against itself', () => {
    const withWording = (wording: string) =>
      faultsWith('symptoms/icloud-outage.yaml', (text) =>
        text.replace(/^sources:/m, `apart:\n  ${wording}\nsources:`),
      )
    expect(withWording('canot-add-photos: Only videos')).toEqual([
      'symptoms/icloud-outage.yaml (apart): No symptom "canot-add-photos". Did you mean "cannot-add-photos"?',
    ])
    expect(withWording('icloud-outage: Only videos')).toEqual([
      'symptoms/icloud-outage.yaml (apart.icloud-outage): A symptom needs nothing to tell it apart from itself. Name another one.',
    ])
    expect(withWording(`apple-tv: ${'Only videos '.repeat(4)}`)).toEqual([
      'symptoms/icloud-outage.yaml (apart.apple-tv): must have at most 40 characters (given: "Only videos Only videos Only videos Only videos")',
    ])
  })

  test('several faults at once, each with what belongs there', () => {
    const faults = faultsWith('fixes/restart.yaml', (text) =>
      text.replace(/^minutes: .*/m, 'minutes: soon').replace(/^noun: .*\n/m, ''),
    )
    expect(faults).toEqual([
      'fixes/restart.yaml (noun): is missing; it must be text, for example Restart the device',
      'fixes/restart.yaml (minutes): must be a number, for example 3 (given: "soon")',
    ])
  })

  test('a file that cannot be read is still known by its name', () => {
    expect(faultsWith('fixes/restart.yaml', () => 'id: [')).toEqual([
      expect.stringContaining('fixes/restart.yaml ()'),
    ])
    expect(
      faultsWith('symptoms/stuck-updating-waiting.yaml', (text) =>
        text.replace('kind: ladder', 'kind: latter'),
      ),
    ).toEqual([
      'symptoms/stuck-updating-waiting.yaml (kind): must be ladder or answer (given: "latter")',
    ])
    expect(
      faultsWith('fixes/restart.yaml', (text) => text.replace('id: restart', 'id: restrat')),
    ).toEqual([
      'fixes/restart.yaml (id): "restrat" is not the file\'s name. Rename one of the two.',
    ])
  })

  test('faults of pack.yaml do not hide those of the other files', () => {
    const changed = files.map(({ path, text }) => {
      if (path === 'pack.yaml')
        return { path, text: text.replace(/^language: .*/m, 'language: english') }
      if (path === 'phrases.yaml')
        return { path, text: `${text}  - { text: hm, means: battery-low-powr }\n` }
      return { path, text }
    })
    expect(() => parsePack(changed)).toThrow(
      /has 2 faults:[^]*pack.yaml \(language\): must be a language code of two letters, for example en \(given: "english"\)[^]*Did you mean "battery-low-power"\?/,
    )
  })

  test.each([
    [
      'fixes/restart.yaml',
      /^said:[^]*?(?=^\S)/m,
      'said: restarted\n',
      '(said): must be a list, one line with "- " for each entry (given: "restarted")',
    ],
    [
      'fixes/restart.yaml',
      /^minutes: .*/m,
      'minutes: 0',
      '(minutes): must be more than 0 (given: 0)',
    ],
    ['fixes/restart.yaml', /^title: .*/m, "title: ''", '(title): must not be empty (given: "")'],
    [
      'fixes/restart.yaml',
      /^title: .*/m,
      'title: 3',
      '(title): must be text, for example Restart the device (given: 3)',
    ],
    [
      'fixes/restart.yaml',
      /^id: .*/m,
      'id: Re start',
      '(id): must be lower-case words joined by hyphens, for example reset-network (given: "Re start")',
    ],
    [
      'symptoms/windows-pc.yaml',
      /^phrases:[^]*?(?=^\S)/m,
      'phrases: [pc]\n',
      '(phrases): must have at least 12 entries (given: 1 entry)',
    ],
    [
      'phrases.yaml',
      /^phrases:/m,
      'phrases:\n  - { text: hm, means: 3 }',
      '(phrases.0.means): must be the id of a symptom, or none (given: 3)',
    ],
  ] as const)('%s with %s read as %j', (path, pattern, text, told) => {
    expect(faultsWith(path, (whole) => whole.replace(pattern, text))).toEqual([`${path} ${told}`])
  })

  test('a field that nobody knows', () => {
    expect(faultsWith('fixes/restart.yaml', (text) => `${text}minuets: 3\n`)).toEqual([
      'fixes/restart.yaml (): No field "minuets". Did you mean "minutes"?',
    ])
  })

  test('system versions with a gap, and ways that overlap', () => {
    const way = (range: string) => `  - devices: [ipod]\n    ${range}\n    steps: [Do it.]\n`
    const withWays = (...ranges: string[]) =>
      faultsWith('fixes/date-and-time.yaml', (text) =>
        text.replace(/^ways:[^]*?(?=^worked)/m, `ways:\n${ranges.map(way).join('')}`),
      )
    expect(withWays('to: 14', 'from: 16')).toEqual([])
    expect(withWays('to: 14')).toEqual([expect.stringContaining('nothing after system 14')])
    expect(withWays('to: 15', 'from: 15')).toEqual([
      expect.stringContaining('two ways fit the same system'),
    ])
  })

  test('chances that leave no room for "none of these"', () => {
    expect(
      faultsWith('symptoms/battery-low-power.yaml', (text) =>
        text.replace(/chance: [\d.]+/, 'chance: 0.99'),
      ),
    ).toEqual([expect.stringContaining('The chances add up to')])
  })

  test('text that is no YAML, and a file in the wrong place', () => {
    expect(faultsWith('pack.yaml', () => 'id: [')).toEqual([
      expect.stringContaining('pack.yaml ()'),
    ])
    expect(() => parsePack([...files, { path: 'fix/restart.yaml', text: 'id: restart' }])).toThrow(
      /Use symptoms\/ or fixes\//,
    )
  })

  test('an incident that names what is not there, or a fix that its ladders do not have', () => {
    const withIncident = (fields: string) =>
      faultsWith('pack.yaml', (text) =>
        text.replace(/^incidents:/m, `incidents:\n  outage: {title: an outage, ${fields}}`),
      )
    expect(withIncident('symptoms: [stuck-updating-wating]')).toEqual([
      'pack.yaml (incidents.outage.symptoms.0): No symptom "stuck-updating-wating". Did you mean "stuck-updating-waiting"?',
    ])
    expect(withIncident('helps: [restart, share-anotherway]')).toEqual([
      'pack.yaml (incidents.outage.helps.1): No fix "share-anotherway". Did you mean "share-another-way"?',
    ])
    expect(withIncident('symptoms: [icloud-outage, apple-tv], helps: [trim-video]')).toEqual([
      'pack.yaml (incidents.outage.helps.0): None of its symptoms uses "trim-video", so it is never shown. Take it out, or name the symptom.',
    ])
    expect(withIncident('symptom: [apple-tv]')).toEqual([
      'pack.yaml (incidents.outage): No field "symptom". Did you mean "symptoms"?',
    ])
  })

  test('a bomb of aliases is refused, not expanded', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map(
        (name, index) =>
          `${name}: &${name} [${Array(9)
            .fill(`*${'abcdefgh'.charAt(index)}`)
            .join()}]`,
      ),
    ]
    expect(faultsWith('fixes/restart.yaml', () => bomb.join('\n')).length).toBeGreaterThan(0)
  })
})

test('a translation lies beside its file and replaces only what it says', () => {
  const translated = files
    .map((file) =>
      file.path === 'pack.yaml' ? { ...file, text: `${file.text}\ntranslations: [de]\n` } : file,
    )
    .concat({
      path: 'fixes/restart.de.yaml',
      text: 'title: Das Gerät neu starten\nnoun: ein Neustart\n',
    })
  expect(parsePack(translated).fixes.get('restart')?.title).toBe(
    parsePack(files).fixes.get('restart')?.title,
  )
  const german = parsePack(translated, 'de').fixes.get('restart')
  expect([german?.title, german?.minutes]).toEqual([
    'Das Gerät neu starten',
    parsePack(files).fixes.get('restart')?.minutes,
  ])
  expect(() => parsePack(files, 'de')).toThrow(/No translation "de"/)
})

test('the JSON Schemas for editors are those of the code', () => {
  for (const [name, schema] of Object.entries(jsonSchemas())) {
    const stored = readFileSync(
      join(__dirname, `../../knowledge/schema/${name}.schema.json`),
      'utf8',
    )
    expect([name, JSON.parse(stored)]).toEqual([name, JSON.parse(JSON.stringify(schema))])
  }
})
