import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { isFresh, root } from './fresh.mjs'

/** `npm start`: builds if something changed (in a process of its own, which takes its memory with it), then is the server. */
if (!isFresh()) {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], {
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(status ?? 1)
}
process.chdir(root)
// Loading makes much garbage and little that stays: a young generation that grows for it would keep 30 MB for ever.
// main.ts lets it grow again once the server is ready.
setFlagsFromString('--semi-space-growth-factor=1')
createRequire(import.meta.url)(join(root, 'dist/main.js'))
