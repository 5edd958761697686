import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'

const here = import.meta.dirname

/** Builds the site, and the widget's script for any page; gives the files by their names, so that the caller decides where they lie. */
export async function bundleSite() {
  const [html, script, style, widget] = await Promise.all([
    readFile(join(here, 'index.html'), 'utf8'),
    bundle('site.js'),
    bundle('site.css'),
    bundle('../widget/loader/loader.ts'),
  ])
  const assets = [
    { slot: '{{site.js}}', file: `assets/site-${hash(script)}.js`, content: script },
    { slot: '{{site.css}}', file: `assets/site-${hash(style)}.css`, content: style },
  ]
  return [
    ...assets.map(({ file, content }) => ({ file, content })),
    { file: 'widget.js', content: widget },
    {
      file: 'index.html',
      content: assets.reduce(
        (text, { slot, file }) => text.replaceAll(slot, `/site/${file}`),
        html,
      ),
    },
  ]
}

async function bundle(entry) {
  const { outputFiles } = await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
  })
  return outputFiles[0].contents
}

const hash = (content) => createHash('sha256').update(content).digest('hex').slice(0, 10)
