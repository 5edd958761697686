import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { root } from './fresh.mjs'

/**
 * What pages and people load, in bytes with gzip -9. The loader is on every page of somebody else's: 4 KB is promised.
 * For the panel 60 KB are promised, and our own limit lies closer, so that a change that adds much is seen: raise it only
 * for something that is worth it. 40 KB are the goal that was set beside the promise.
 */
const limits = { loader: 4 * 1024, panel: 40 * 1024 }

/** `npm run size [-- FOLDER]`: weighs what was built, and fails when it is too much. */
const [web = join(root, 'dist/web')] = process.argv.slice(2)
if (existsSync(join(web, 'site/widget.js'))) report()
else fail(`There is no built widget in ${web}. Build it with: npm run build`)

function report() {
  const { panel, later } = panelFiles()
  const groups = [
    { name: 'loader', files: ['site/widget.js'], limit: limits.loader },
    { name: 'panel', files: panel, limit: limits.panel },
    ...later.map((file) => ({ name: 'later', files: [file] })),
  ]
  const weighed = groups.map(({ files, ...group }) => ({
    ...group,
    ...sum(files.map((file) => weigh(file))),
    parts: files.map((file) => ({ file, ...weigh(file) })),
  }))
  print('', 'raw', 'gzip', 'brotli', 'limit')
  for (const { name, raw, gzip, brotli, limit, parts } of weighed) {
    print(name, raw, gzip, brotli, limit)
    for (const part of parts) print(`  ${part.file}`, part.raw, part.gzip, part.brotli)
  }
  for (const { name, gzip, limit } of weighed)
    if (gzip > limit)
      fail(
        `The ${name} has ${shown(gzip)} bytes gzipped, ${shown(gzip - limit)} more than it may (${shown(limit)}, in scripts/size.mjs).`,
      )
}

/** All that `/chat` loads until it can talk: its page, what that names, and what that imports at once; the rest comes later. */
function panelFiles() {
  const panel = new Set()
  const queue = ['chat/index.html']
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    panel.add(file)
    for (const name of namesIn(file)) if (!panel.has(name)) queue.push(name)
  }
  const later = readdirSync(join(web, 'chat/assets'))
    .filter((name) => /\.(js|css)$/.test(name))
    .map((name) => `chat/assets/${name}`)
    .filter((file) => !panel.has(file))
  return { panel: [...panel], later }
}

function namesIn(file) {
  const text = readFileSync(join(web, file), 'utf8')
  const names = file.endsWith('.html')
    ? text.matchAll(/(?:src|href)="\/chat\/assets\/([^"]+)"/g)
    : // `import"./x.js"` and `import{a}from"./x.js"`, but not `import("./x.js")`, which waits until it is needed.
      text.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+)["']/g)
  return Array.from(names, ([, name]) => `chat/assets/${name}`)
}

function weigh(file) {
  const content = readFileSync(join(web, file))
  return {
    raw: content.length,
    gzip: gzipSync(content, { level: 9 }).length,
    brotli: brotliCompressSync(content).length,
  }
}

function sum(weights) {
  const of = (key) => weights.reduce((total, weight) => total + weight[key], 0)
  return { raw: of('raw'), gzip: of('gzip'), brotli: of('brotli') }
}

function print(name, ...cells) {
  const columns = cells.map((cell) => shown(cell ?? '').padStart(9)).join('')
  process.stdout.write(`${name.padEnd(38)}${columns}\n`)
}

function shown(value) {
  return value.toLocaleString('en')
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exitCode = 1
}
