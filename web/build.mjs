import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { writeCompressed } from './compress.mjs'
import { bundleConsole } from './console/build.mjs'
import { bundleSite } from './site/build.mjs'
import { bundlePanel } from './widget/panel/build.mjs'

const here = import.meta.dirname
const bundled = join(here, '../node_modules/botframework-webchat/dist/webchat.js')
/** Raised when what this script writes changes, although its sources did not. */
const format = 3

/**
 * Builds the pages into `outDir`: stock Web Chat as it comes with our page beside it, the chat panel, the site with the
 * script that puts the panel on a page, and the agents' console, each file under a name with its hash and precompressed.
 * Does nothing when nothing changed.
 */
export async function buildWeb(outDir) {
  await Promise.all([
    buildWebChat(outDir),
    bundlePanel().then((files) => writeFiles(join(outDir, 'chat'), files)),
    bundleSite().then((files) => writeFiles(join(outDir, 'site'), files)),
    bundleConsole().then((files) => writeFiles(join(outDir, 'console'), files)),
  ])
}

async function buildWebChat(outDir) {
  const page = await bundlePage()
  const [webchat, licence, html] = await Promise.all([
    readFile(bundled),
    readFile(`${bundled}.LICENSE.txt`),
    readFile(join(here, 'webchat/index.html'), 'utf8'),
  ])
  const assets = [
    { slot: '{{webchat.js}}', name: 'webchat', extension: '.js', content: webchat },
    { slot: '{{page.js}}', name: 'page', extension: '.js', content: page.js },
    { slot: '{{page.css}}', name: 'page', extension: '.css', content: page.css },
  ].map((asset) => ({ ...asset, file: `${asset.name}-${hash(asset.content)}${asset.extension}` }))
  const stamp = hash(
    `${format} ${assets.map(({ file }) => file).join(' ')} ${html} ${String(licence)}`,
  )
  await unlessStamped(outDir, stamp, () =>
    Promise.all([
      ...assets.map(({ file, content }) => writeCompressed(join(outDir, 'assets', file), content)),
      writeFile(join(outDir, 'assets/webchat.LICENSE.txt'), licence),
      writeFile(
        join(outDir, 'index.html'),
        assets.reduce((text, { slot, file }) => text.replaceAll(slot, `/assets/${file}`), html),
      ),
    ]),
  )
}

async function writeFiles(outDir, files) {
  const stamp = hash([format, ...files.map(({ content }) => hash(content))].join(' '))
  await unlessStamped(outDir, stamp, () =>
    Promise.all(
      files.map(({ file, content }) =>
        file.endsWith('.html')
          ? writeFile(join(outDir, file), content)
          : writeCompressed(join(outDir, file), content),
      ),
    ),
  )
}

/** Writes into a folder whose `assets` are emptied before, unless the stamp says that all of it is there. */
async function unlessStamped(outDir, stamp, write) {
  const stampFile = join(outDir, 'stamp')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  await rm(join(outDir, 'assets'), { recursive: true, force: true })
  await mkdir(join(outDir, 'assets'), { recursive: true })
  await write()
  await writeFile(stampFile, stamp)
}

async function bundlePage() {
  const { outputFiles } = await build({
    entryPoints: [join(here, 'webchat/page.js'), join(here, 'webchat/page.css')],
    bundle: true,
    minify: true,
    write: false,
    outdir: 'out',
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
  })
  const of = (extension) => outputFiles.find(({ path }) => path.endsWith(extension)).contents
  return { js: of('.js'), css: of('.css') }
}

const hash = (content) => createHash('sha256').update(content).digest('hex').slice(0, 10)
