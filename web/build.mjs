import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'esbuild'

const here = import.meta.dirname
const bundled = join(here, '../node_modules/botframework-webchat/dist/webchat.js')
/** Raised when what this script writes changes, although its sources did not. */
const format = 1

/**
 * Builds the web page into `outDir`: stock Web Chat as it comes, our page beside it, each under a name with its hash
 * and precompressed. Does nothing when nothing changed.
 */
export async function buildWeb(outDir) {
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
  const stamp = hash(`${format} ${assets.map(({ file }) => file).join(' ')} ${html} ${licence}`)
  const stampFile = join(outDir, 'stamp')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return

  await rm(join(outDir, 'assets'), { recursive: true, force: true })
  await mkdir(join(outDir, 'assets'), { recursive: true })
  await Promise.all([
    ...assets.map(({ file, content }) => writeCompressed(join(outDir, 'assets', file), content)),
    writeFile(join(outDir, 'assets/webchat.LICENSE.txt'), licence),
    writeFile(
      join(outDir, 'index.html'),
      assets.reduce((text, { slot, file }) => text.replaceAll(slot, `/assets/${file}`), html),
    ),
  ])
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

async function writeCompressed(file, content) {
  // Quality 9: a third of a second for Web Chat where 11 takes ten, for 15 % more bytes.
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 22 }
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(content, { params }),
    promisify(gzip)(content, { level: 9 }),
  ])
  await Promise.all([
    writeFile(file, content),
    writeFile(`${file}.br`, br),
    writeFile(`${file}.gz`, gz),
  ])
}

const hash = (content) => createHash('sha256').update(content).digest('hex').slice(0, 10)
