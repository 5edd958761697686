const path = require('node:path')
const { mkdirSync, rmSync, symlinkSync } = require('node:fs')

const root = path.join(__dirname, '../..')
const dist = path.join(root, 'dist')

/** Builds the server; beside it the driver, which finds the storage worker there, a server that has fail points, and one that takes any number of messages. */
module.exports = async () => {
  await require('../global-setup.cjs')()
  const { bundle } = await import('../../scripts/bundle.mjs')
  const entry = (file) => ({ in: path.join(root, file), out: path.basename(file, '.ts') })
  const [armed, open] = ['armed', 'open'].map(beside)
  await Promise.all([
    bundle([{ in: path.join(__dirname, 'driver.ts'), out: 'kill-driver' }], dist),
    bundle(
      ['src/main.ts', 'src/storage/sqlite/worker.ts', 'src/knowledge/learn-pack.ts'].map(entry),
      armed,
      [withFailPoints],
    ),
    bundle(
      [
        { in: path.join(__dirname, 'open-server.ts'), out: 'main' },
        entry('src/knowledge/learn-pack.ts'),
      ],
      open,
    ),
  ])
}

/** A folder for another build, with the pages and what was learnt of packs. */
function beside(name) {
  const folder = path.join(dist, name)
  mkdirSync(folder, { recursive: true })
  for (const each of ['web', 'models']) {
    rmSync(path.join(folder, each), { force: true })
    symlinkSync(path.join(dist, each), path.join(folder, each))
  }
  return folder
}

const withFailPoints = {
  name: 'with-fail-points',
  setup(context) {
    context.onResolve({ filter: /\/fail-points$/ }, () => ({
      path: path.join(__dirname, 'fail-points/armed.ts'),
    }))
  },
}
