import { build } from 'esbuild'

/**
 * How the TypeScript is bundled: one CommonJS file per entry, names of functions left alone
 * (`keepNames` made the bundled bot 2 to 3.5 times slower per turn).
 */
export const bundle = (entryPoints, outdir, plugins = []) =>
  build({
    entryPoints,
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: true,
    legalComments: 'none',
    // A third less text to read and keep; names stay, so stack traces can be read.
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: 'warning',
    external: [
      'dtrace-provider',
      '@photostructure/sqlite',
      'esbuild',
      'playwright-core',
      // Engines that only the benchmark compares with; nothing else needs them to be installed.
      'minisearch',
      '@nlpjs/basic',
    ],
    plugins: [withoutRecognizers, ...plugins],
  })

/**
 * botbuilder-dialogs' prompts load language recognizers (200 ms and 20 MB at start). Our dialogs use no
 * prompts, so the bundle leaves the recognizers out.
 */
const withoutRecognizers = {
  name: 'without-recognizers',
  setup(context) {
    context.onResolve({ filter: /^@microsoft\/recognizers-text/ }, ({ path }) => ({
      path,
      namespace: 'without-recognizers',
    }))
    context.onLoad({ filter: /.*/, namespace: 'without-recognizers' }, () => ({
      // The prompts look cultures up while they load; nothing else is touched unless a prompt runs.
      contents: 'exports.Culture = {}',
    }))
  },
}
