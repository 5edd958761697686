const { spawn } = require('node:child_process')
const events = require('node:events')
const path = require('node:path')
const { mkdirSync, mkdtempSync, rmSync, symlinkSync } = require('node:fs')
const { tmpdir } = require('node:os')

const root = path.join(__dirname, '../..')
const dist = path.join(root, 'dist')

/** Builds the server; beside it the driver, which finds the storage worker there, a server that can be made to fail, and one that takes any number of messages. */
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
      [withFaults],
    ),
    bundle(
      [
        { in: path.join(__dirname, 'open-server.ts'), out: 'main' },
        entry('src/knowledge/learn-pack.ts'),
      ],
      open,
    ),
  ])
  await keepCompiled(armed)
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

const ofDevelopers = [
  ...['PUBLIC_URL', 'PACK_DIR', 'HANDOFF_WEBHOOK_URL', 'DESK_WEBHOOK_URL', 'DESK_WEBHOOK_SECRET'],
  ...['MicrosoftAppId', 'MicrosoftAppPassword'],
]

/** Starts it once, so that each start of the tests finds it compiled. */
async function keepCompiled(armed) {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'fixladder-armed-'))
  const child = spawn(
    process.execPath,
    ['-r', path.join(__dirname, 'fail-points/cached.cjs'), path.join(armed, 'main.js')],
    {
      cwd: root,
      env: {
        ...{ KEEP_COMPILED: '1', PORT: '0', ADMIN_PORT: '0', HOST: '127.0.0.1', DATA_DIR: dataDir },
        // Empty is unset, whatever the developer's own .env says.
        ...Object.fromEntries(ofDevelopers.map((name) => [name, ''])),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const ended = events.once(child, 'exit')
  await Promise.race([events.once(child.stdout, 'data'), ended])
  child.kill('SIGTERM')
  await ended
  rmSync(dataDir, { recursive: true, force: true })
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
