import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { basename, join } from 'node:path'

interface Profile {
  readonly nodes: readonly {
    readonly id: number
    readonly callFrame: {
      readonly functionName: string
      readonly url: string
      readonly lineNumber: number
      readonly columnNumber: number
    }
  }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** So many functions are named one by one below the table. */
const mostFunctions = 25

/** Self time by package or folder of ours, one table for each thread, from what `--cpu-prof` left in a folder. */
export function showProfile(folder: string, write: (line: string) => void): void {
  for (const name of readdirSync(folder).toSorted()) {
    const profile = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Profile
    const { byPlace, byFunction, busyMs, idleMs } = summarise(profile)
    const share = idleMs / (busyMs + idleMs)
    write(
      `\n${name.includes('.0.0') ? 'main thread' : 'thread'} ${name}: busy ${busyMs.toFixed(0)} ms, idle ${percent(share)}`,
    )
    for (const [place, ms] of largest(byPlace))
      if (ms > busyMs / 200) write(`  ${percent(ms / busyMs)}  ${place}`)
    write('  by function:')
    for (const [which, ms] of largest(byFunction).slice(0, mostFunctions))
      write(`  ${percent(ms / busyMs)}  ${which}`)
  }
}

function summarise({ nodes, samples, timeDeltas }: Profile) {
  const byPlace = new Map<string, number>()
  const byFunction = new Map<string, number>()
  const known = new Map(nodes.map((node) => [node.id, nameOf(node.callFrame)]))
  let busyMs = 0
  let idleMs = 0
  for (const [index, id] of samples.entries()) {
    const ms = (timeDeltas[index] ?? 0) / 1000
    const name = known.get(id)
    if (!name) continue
    if (name.place === '(idle)') {
      idleMs += ms
      continue
    }
    busyMs += ms
    add(byPlace, name.place, ms)
    add(byFunction, `${name.call}  ${name.at}`, ms)
  }
  return { byPlace, byFunction, busyMs, idleMs }
}

/** The package or folder that a function belongs to, by the source map of the bundle it is in. */
function nameOf(frame: Profile['nodes'][number]['callFrame']): {
  place: string
  call: string
  at: string
} {
  const { functionName, url, lineNumber, columnNumber } = frame
  const call = functionName || '(anonymous)'
  if (url === '')
    return { place: functionName.startsWith('(') ? functionName : '(built in)', call, at: '' }
  if (url.startsWith('node:'))
    return {
      place: url.replace(/^node:(internal\/)?/, 'node:').replace(/\/.*$/, ''),
      call,
      at: url,
    }
  const source = sourceOf(url.replace(/^file:\/\//, ''), lineNumber, columnNumber)
  return { place: placeOf(source), call, at: source }
}

function placeOf(source: string): string {
  const [, dependency] = /.*node_modules\/((?:@[^/]+\/)?[^/:]+)/.exec(source) ?? []
  if (dependency) return dependency
  const [, ours] =
    /(?:^|\/)((?:src|dialogs|knowledge|bench)(?:\/[\w-]+(?=\/))*)\//.exec(source) ?? []
  return ours ? `own: ${ours}` : source
}

const maps = new Map<string, SourceMap | undefined>()

function sourceOf(file: string, line: number, column: number): string {
  if (!maps.has(file)) {
    const mapFile = `${file}.map`
    maps.set(
      file,
      existsSync(mapFile) ? new SourceMap(JSON.parse(readFileSync(mapFile, 'utf8'))) : undefined,
    )
  }
  const entry = maps.get(file)?.findEntry(line, column)
  return entry && 'originalSource' in entry && entry.originalSource
    ? `${entry.originalSource.replace(/^(\.\.\/)+/, '')}:${entry.originalLine + 1}`
    : basename(file)
}

const add = (sums: Map<string, number>, key: string, ms: number): unknown =>
  sums.set(key, (sums.get(key) ?? 0) + ms)
const largest = (sums: Map<string, number>) => [...sums].toSorted(([, a], [, b]) => b - a)
const percent = (share: number): string => `${(share * 100).toFixed(1).padStart(5)} %`
