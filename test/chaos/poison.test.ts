import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { say } from '../../dialogs'
import type { Row } from '../../src/conversations'

const driver = join(__dirname, '../../dist/kill-driver.js')
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fixladder-poison-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const start = () =>
  spawnSync(process.execPath, [driver, folder], { encoding: 'utf8', timeout: 60_000 })

test('a message on which the process dies twice is passed with an apology at the third start', () => {
  expect(start()).toMatchObject({ signal: 'SIGKILL', stdout: '' })
  expect(start()).toMatchObject({ signal: 'SIGKILL', stdout: '' })

  const third = start()
  expect(third).toMatchObject({ signal: null, status: 0, stderr: '' })
  const rows = JSON.parse(third.stdout) as Row[]
  expect(rows.map(shown)).toEqual([
    'user: hello',
    `bot: ${say.greetingBack}`,
    'user: a message with poison in it',
    'user: hello again',
    `bot: ${say.turnFailed}`,
    'note: turn_failed The process died twice on this row.',
    `bot: ${say.greetingBack}`,
  ])
  expect(rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7])
})

function shown({ kind, body }: Row): string {
  const { reason } = (body?.value ?? {}) as { reason?: string }
  if (kind === 'note') return `note: ${body?.name} ${reason}`
  const reply = body?.channelData?.fixladder
  const words = reply && 'text' in reply ? reply.text : body?.text
  return `${body?.from.role}: ${words}`
}
