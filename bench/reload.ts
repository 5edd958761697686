import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { loadPack, type Pack } from '../knowledge'
import { KnowledgeStore } from '../src/knowledge'
import { createLog } from '../src/log'
import { head, line, milliseconds, write, type Column } from './match/table'
import { writeMadeUpPack } from './made-up-pack'
import { watchStalls, type Stalls } from './stalls'

/**
 * `npm run bench:reload`: how long the thread that answers people stands still while a pack is learnt beside it, for the
 * first pack and for a made-up one of 10,000 phrases. Each load finds a version that nobody has learnt yet, but the last.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      /** How often each pack is loaded again. */
      reloads: { type: 'string', default: '5' },
      phrases: { type: 'string', default: '10000' },
    },
  })
  const root = mkdtempSync(join(tmpdir(), 'fixladder-reload-'))
  try {
    write(`Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'processor'}`)
    write(`Load average ${loadavg()[0]?.toFixed(1)}; milliseconds`)
    write(head(columns))
    const ours = join(root, 'ours')
    cpSync(firstPack, ours, { recursive: true })
    await measure('ours', ours, join(root, 'data'), Number(values.reloads))
    const madeUp = join(root, 'made-up')
    writeMadeUpPack(madeUp, Number(values.phrases), await loadPack(firstPack), firstPack)
    await measure('made up', madeUp, join(root, 'data'), Number(values.reloads))
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

const firstPack = 'knowledge/packs/icloud-photo-sharing'

async function measure(name: string, folder: string, dataDir: string, reloads: number) {
  mkdirSync(dataDir, { recursive: true })
  const options = { folder, dataDir, log: createLog('warn') }
  setVersion(folder, 0)
  const first = await watchStalls(() => KnowledgeStore.open(options))
  const store = first.result
  const phrases = phrasesIn(store.current.pack)
  const show = (load: string, { ms, stalls }: { ms: number; stalls: Stalls }) =>
    write(
      line(columns, [
        name,
        String(phrases),
        load,
        ...[ms, stalls.longest, stalls.p99, stalls.latest].map(milliseconds),
      ]),
    )
  show('first, learnt', first)
  for (let reload = 1; reload <= reloads; reload++) {
    setVersion(folder, reload)
    await setTimeout(restMs)
    show(`again ${reload}, learnt`, await watchStalls(() => store.reload()))
  }
  await setTimeout(restMs)
  show('again, kept', await watchStalls(() => store.reload()))
}

/** Between two loads, so that what one leaves to be cleared does not count for the next. */
const restMs = 200

function setVersion(folder: string, version: number): void {
  const path = join(folder, 'pack.yaml')
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, text.replace(/^version: .*$/m, `version: "bench-${version}"`))
}

const phrasesIn = ({ symptoms, offTopic }: Pack): number =>
  [...symptoms.values(), ...offTopic.topics].reduce((sum, { phrases }) => sum + phrases.length, 0)

const columns: readonly Column[] = [
  { title: 'pack', width: 10 },
  { title: 'phrases', width: 9 },
  { title: 'load', width: 18 },
  { title: 'ready in', width: 10 },
  { title: 'longest stall', width: 15 },
  { title: 'p99', width: 8 },
  { title: 'latest timer', width: 14 },
]

void main()
