import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprint, isFresh, root, stamp } from './fresh.mjs'

const dist = join(root, 'dist')

/** Builds server, storage worker, tools and web page into dist/, unless nothing changed since the last time. */
export async function build({ quiet = false } = {}) {
  if (isFresh()) return
  const print = fingerprint()
  const { bundle } = await import('./bundle.mjs')
  const before = Date.now()
  mkdirSync(dist, { recursive: true })
  const tools = join(root, 'scripts/tools')
  const entries = [
    'src/main.ts',
    'src/storage/sqlite/worker.ts',
    ...readdirSync(tools).map((name) => `scripts/tools/${name}`),
  ]
  const { buildWeb } = await import('../web/build.mjs')
  await Promise.all([
    bundle(
      entries.map((entry) => ({
        in: join(root, entry),
        out: entry.replace(/^.*\//, '').replace(/\.ts$/, ''),
      })),
      dist,
    ),
    buildWeb(join(dist, 'web')),
  ])
  mkdirSync(join(dist, 'web/desk'), { recursive: true })
  for (const file of ['desk.js', 'desk.css']) {
    copyFileSync(join(root, 'web/desk', file), join(dist, 'web/desk', file))
  }
  writeFileSync(stamp, print)
  if (!quiet) process.stderr.write(`Built in ${((Date.now() - before) / 1000).toFixed(1)} s\n`)
}

if (process.argv[1] === import.meta.filename) await build()
