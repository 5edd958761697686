import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './fresh.mjs'
import { shrinkPng } from './shrink-png.mjs'

/** `node scripts/teams-pictures.mjs`: the pictures of Teams in docs/images, which the browser tests take. Needs Chromium. */
const pictures = ['teams-personal-folded', 'teams-personal-agent', 'teams-channel-moved']
const mostBytes = 150_000

const jest = ['jest', '--config', 'test/browser/jest.config.cjs', 'test/browser/teams-']
const { status } = spawnSync('npx', jest, { cwd: root, stdio: 'inherit' })
if (status !== 0) throw new Error('The tests that take the pictures failed.')
for (const name of pictures) {
  const png = shrinkPng(readFileSync(join(root, 'artifacts', `${name}.png`)))
  if (png.length > mostBytes)
    throw new Error(`${name} has ${png.length} bytes; at most ${mostBytes}.`)
  writeFileSync(join(root, 'docs/images', `${name}.png`), png)
}
