import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fingerprint, isFresh, root, stamp } from './fresh.mjs'

const dist = join(root, 'dist')

/** Builds server, storage worker, tools and web page into dist/, unless nothing changed since the last time. */
export async function build({ quiet = false } = {}) {
  if (isFresh()) return
  const print = fingerprint()
  const { bundle } = await import('./bundle.mjs')
  const before = Date.now()
  if (!quiet) process.stderr.write('Building; the first time takes some ten seconds…\n')
  mkdirSync(dist, { recursive: true })
  const tools = join(root, 'scripts/tools')
  const entries = [
    'src/main.ts',
    'src/storage/sqlite/worker.ts',
    'src/knowledge/learn-pack.ts',
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
  await learnFirstPack()
  writeFileSync(stamp, print)
  if (!quiet) process.stderr.write(`Built in ${((Date.now() - before) / 1000).toFixed(1)} s\n`)
}

/** Learns the first pack now, so that a first start has nothing to learn. A pack with faults is the start's to report. */
async function learnFirstPack() {
  const { learnPack } = createRequire(import.meta.url)(join(dist, 'learn-pack.js'))
  const models = join(dist, 'models')
  await learnPack({
    folder: join(root, 'knowledge/packs/icloud-photo-sharing'),
    modelFolders: [models],
    keepIn: models,
  })
}

if (process.argv[1] === import.meta.filename) await build()
