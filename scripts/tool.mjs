import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { build } from './build.mjs'
import { root } from './fresh.mjs'

/** `node scripts/tool.mjs NAME [arguments]`: builds if something changed, then runs dist/NAME.js. */
const [name, ...rest] = process.argv.slice(2)
await build({ quiet: true })
const { status } = spawnSync(process.execPath, [join(root, 'dist', `${name}.js`), ...rest], {
  stdio: 'inherit',
})
process.exitCode = status ?? 1
