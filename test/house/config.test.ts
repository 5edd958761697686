import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig, settings } from '../../src/config'

const example = readFileSync(join(__dirname, '../../.env.example'), 'utf8')

test('.env.example explains exactly the settings there are', () => {
  const named = [...example.matchAll(/^#? ?([A-Za-z_]+)=/gm)].map((match) => match[1] ?? '')
  expect(named.toSorted()).toEqual(Object.keys(settings).toSorted())
})

test('.env.example shows the defaults', () => {
  const shown = new Map(
    [...example.matchAll(/^# ([A-Z_]+)=(.+)$/gm)].map(([, name, value]) => [name, value]),
  )
  const defaults = readConfig({})
  for (const name of [
    'PORT',
    'HOST',
    'ADMIN_PORT',
    'DATA_DIR',
    'PACK_DIR',
    'RETENTION_DAYS',
    'LOG_LEVEL',
  ] as const) {
    expect([name, shown.get(name)]).toEqual([name, String(defaults[name])])
  }
})

test('an empty variable means the same as none', () => {
  expect(readConfig({ PORT: '', SIGNING_KEY: '', MicrosoftAppId: '' })).toEqual(readConfig({}))
})

test('every problem is told at once, with the variable and without its secret', () => {
  const secret = 'too-short-a-secret'
  const read = () =>
    readConfig({
      PORT: 'x',
      PUBLIC_URL: 'help.example.org',
      SIGNING_KEY: secret,
      LOG_LEVEL: 'loud',
    })
  expect(read).toThrow(
    /PORT:[^]*PUBLIC_URL:[^]*SIGNING_KEY: needs at least 32 characters \(given: 18 characters\)[^]*LOG_LEVEL:/,
  )
  expect(read).not.toThrow(secret)
})
