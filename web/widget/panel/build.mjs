import { join } from 'node:path'
import { build } from 'vite'

/**
 * Builds the panel: one page, one script, one style, under names with their hashes. Gives them by their names, so that
 * the caller decides where they lie.
 */
export async function bundlePanel() {
  const { output } = await build({
    root: import.meta.dirname,
    base: '/chat/',
    configFile: false,
    envDir: false,
    logLevel: 'warn',
    publicDir: false,
    // The same whoever builds it: tests build too, and say NODE_ENV=test.
    define: { 'process.env.NODE_ENV': '"production"' },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
    build: {
      write: false,
      target: 'es2022',
      cssTarget: 'es2022',
      // The policy lets no inline script in, and every browser we know preloads by itself.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: join(import.meta.dirname, 'index.html'),
        output: {
          hashCharacters: 'hex',
          entryFileNames: 'assets/panel-[hash:10].js',
          assetFileNames: 'assets/[name]-[hash:10][extname]',
        },
      },
    },
  })
  return output.map((file) => ({
    file: file.fileName,
    content: file.type === 'chunk' ? file.code : file.source,
  }))
}
