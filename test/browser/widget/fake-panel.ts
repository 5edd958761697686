import { build } from 'esbuild'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

const root = join(__dirname, '../../../web/widget/fake')

/** The policy that the panel lives under, but for the live connection. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  css: 'text/css',
  html: 'text/html',
}

/** Serves the panel over a line that tests move by hand. */
export async function serveFakePanel(): Promise<{ url: string; close: () => Promise<void> }> {
  const files = await bundle()
  const server = createServer((request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?')
    const name = path === '/' ? 'index.html' : path.slice(1)
    const content = files.get(name)
    response.writeHead(content === undefined ? 404 : 200, {
      'Content-Type': `${types[name.split('.').at(-1) ?? ''] ?? 'text/plain'}; charset=utf-8`,
      'Content-Security-Policy': policy,
    })
    response.end(content)
  })
  await new Promise<void>((done) => {
    server.listen(0, 'localhost', done)
  })
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}

async function bundle(): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'main.ts')],
    bundle: true,
    write: false,
    outdir: 'out',
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  const [script, style] = ['.js', '.css'].map(
    (extension) => outputFiles.find(({ path }) => path.endsWith(extension))?.text ?? '',
  )
  return new Map([
    ['index.html', await readFile(join(root, 'index.html'), 'utf8')],
    ['main.js', script ?? ''],
    ['main.css', style ?? ''],
  ])
}
