const path = require('node:path')
const { mkdirSync, rmSync, symlinkSync } = require('node:fs')

const root = path.join(__dirname, '../..')
const dist = path.join(root, 'dist')

/** Builds the server; beside it the driver, which finds the storage worker there, and a server that can be made to fail. */
module.exports = async () => {
  await require('../global-setup.cjs')()
  const { bundle } = await import('../../scripts/bundle.mjs')
  const entry = (file) => ({ in: path.join(root, file), out: path.basename(file, '.ts') })
  const armed = path.join(dist, 'armed')
  mkdirSync(armed, { recursive: true })
  for (const folder of ['web', 'models']) {
    rmSync(path.join(armed, folder), { force: true })
    symlinkSync(path.join(dist, folder), path.join(armed, folder))
  }
  await Promise.all([
    bundle([{ in: path.join(__dirname, 'driver.ts'), out: 'kill-driver' }], dist),
    bundle(
      ['src/main.ts', 'src/storage/sqlite/worker.ts', 'src/knowledge/learn-pack.ts'].map(entry),
      armed,
      [withFaults],
    ),
  ])
}

const database = path.join(__dirname, 'disk-full/sqlite.ts')
/** The server can be told to die at its fail points, and that its disk is full. */
const withFaults = {
  name: 'with-faults',
  setup(context) {
    context.onResolve({ filter: /\/fail-points$/ }, () => ({
      path: path.join(__dirname, 'fail-points/armed.ts'),
    }))
    // But for the one that takes its place.
    context.onResolve({ filter: /^@photostructure\/sqlite$/ }, ({ importer }) =>
      importer === database ? undefined : { path: database },
    )
  },
}
