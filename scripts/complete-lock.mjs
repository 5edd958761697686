import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './fresh.mjs'

/**
 * Run after every change of dependencies: `npm install && node scripts/complete-lock.mjs`.
 *
 * A registry that lacks the packages of other platforms (jest, swc and oxlint have one for each) makes
 * `npm install` leave them out of the lock file, and `npm ci` then refuses the lock on every machine. This puts
 * them back: name, version and platform are known from the package that asks for them, and npm fetches
 * none but those of the machine it runs on.
 *
 * It also takes restify's "engines" out of the lock. restify 12 says Node >= 22 and runs on 20.19 (our tests
 * run on 20, 22 and 24), so the warning at every install would only train people to overlook warnings.
 */
const file = join(root, 'package-lock.json')
const lock = JSON.parse(readFileSync(file, 'utf8'))

const systems = new Map(
  [
    'android',
    'darwin',
    'linux',
    'win32',
    'freebsd',
    'openbsd',
    'netbsd',
    'sunos',
    'aix',
    'openharmony',
  ]
    .map((name) => [name, name])
    .concat([['windows', 'win32']]),
)
const processors = new Map(
  ['arm64', 'x64', 'arm', 'ia32', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el', 'wasm32']
    .map((name) => [name, name])
    .concat([['ppc64le', 'ppc64']]),
)
const libraries = new Map([
  ['musl', 'musl'],
  ['musleabihf', 'musl'],
  ['gnu', 'glibc'],
])

/** Where npm would find `name` from the package at `path`: its own node_modules, or one further out. */
function isLocked(path, name) {
  const inner = `${path ? `${path}/` : ''}node_modules/${name}`
  if (lock.packages[inner]) return true
  if (!path) return false
  const outer = path.lastIndexOf('/node_modules/')
  return isLocked(outer < 0 ? '' : path.slice(0, outer), name)
}

/** The lock's entry for a package of one platform, read off its name; undefined if the name tells no platform. */
function entryFor(name, range, isDev) {
  const parts = name.split('/').at(-1).split(/[-.]/)
  const [os, cpu, libc] = [systems, processors, libraries].map((known) =>
    parts.map((part) => known.get(part)).find(Boolean),
  )
  if (!os && !cpu) return undefined
  return {
    version: range.replace(/^[\^~>=\s]+/, ''),
    ...(cpu && { cpu: [cpu] }),
    ...(isDev && { dev: true }),
    ...(libc && { libc: [libc] }),
    optional: true,
    ...(os && { os: [os] }),
  }
}

let added = 0
for (const [path, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(optionalDependencies)) {
    if (path === '' || isLocked(path, name)) continue
    const entry = entryFor(name, range, dev)
    if (!entry) continue
    lock.packages[`node_modules/${name}`] = entry
    added += 1
  }
}
delete lock.packages['node_modules/restify']?.engines

const sorted = Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1))
lock.packages = Object.fromEntries(sorted)
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
process.stdout.write(`${added} packages of other platforms added to the lock file.\n`)
