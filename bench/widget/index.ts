import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import { startChild } from '../child'
import { runFixladder } from '../fixladder-server'
import { serveHostSite } from './host-site'
import { networks, processorSlowdown } from './networks'
import { cold, hovered, onPage, stock, type Figures, type Stage } from './stories'
import { block, waterfall, type Promised } from './tables'

/**
 * `npm run bench:widget`: what the chat costs a page and a person on a slow phone, beside stock Web Chat in the same run.
 * The same file is the server, in a process of its own, when its first word says so. Needs Chromium.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      /** Rounds of each story; medians are shown, with the least and the most. */
      rounds: { type: 'string', default: '5' },
      /** One of the networks only. */
      network: { type: 'string' },
      /** Shows the requests of the first round. */
      waterfall: { type: 'boolean', default: false },
      browser: { type: 'string', default: '/usr/bin/chromium' },
    },
  })
  const [role, dataDir = '', allowed = ''] = positionals
  if (role === 'fixladder') return runFixladder(dataDir, { ALLOWED_ORIGINS: allowed })
  await measureAll({
    rounds: Number(values.rounds),
    only: values.network,
    showsTraffic: values.waterfall,
    executablePath: values.browser,
  })
}

interface Plan {
  readonly rounds: number
  readonly only: string | undefined
  readonly showsTraffic: boolean
  readonly executablePath: string
}

/** In milliseconds, as medians. */
const promisedCold: Promised = { panel: 1500, greeted: 3000, answered: 3000, cls: 0 }
const promisedHovered: Promised = { greeted: 1000, answered: 1000, cls: 0 }
/** Nothing on the page moves for it. */
const promisedOnPage: Promised = { bytes: 4096 + 1024, requests: 1, cls: 0 }

async function measureAll({ rounds, only, showsTraffic, executablePath }: Plan): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fixladder-bench-'))
  const site = await serveHostSite()
  const server = await startChild(['fixladder', join(folder, 'data'), site.url], {
    isPinned: true,
  })
  const serverUrl = `http://localhost:${server.port}`
  site.shows(serverUrl)
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  try {
    write(
      `Node ${process.version}, Chromium ${browser.version()}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'processor'}`,
    )
    write(
      `processor slowed ${processorSlowdown} times, ${rounds} rounds, nothing cached; load average ${shownLoad()} before`,
    )
    const stage: Omit<Stage, 'network'> = { browser, hostUrl: site.url, serverUrl }
    // The first visit wakes browser and server, and does not count.
    await cold({ ...stage, network: { name: 'none', latency: 0, down: -1, up: -1 } })
    for (const network of networks) {
      if (only !== undefined && network.name !== only) continue
      write(
        `\n${network.name}: ${network.latency} ms before each answer, ${mbit(network.down)} Mbit/s down, ${mbit(network.up)} up`,
      )
      const runs = createRuns()
      for (let round = 0; round < rounds; round += 1) {
        const told: Stage = {
          ...stage,
          network,
          ...(showsTraffic && round === 0 && { onTraffic: (...all) => write(waterfall(...all)) }),
        }
        // In turn, so that whatever else the machine does meets both alike.
        for (const which of round % 2 ? pages : pages.toReversed())
          runs[which].push(await onPage(told, which))
        runs.cold.push(await cold(told))
        runs.hovered.push(await hovered(told))
        runs.stock.push(await stock(told))
      }
      write(block('the page without the chat', runs.without))
      write(block('the page with the tag, before the first click', runs.with, promisedOnPage))
      write(block('from the first touch of the button, cold', runs.cold, promisedCold))
      write(block('from a click after hovering', runs.hovered, promisedHovered))
      write(block('stock Web Chat at /webchat, from the call of the page', runs.stock))
    }
    write(`\nload average ${shownLoad()} after`)
  } finally {
    await browser.close()
    await server.stop()
    site.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const pages = ['with', 'without'] as const
type Runs = Record<'without' | 'with' | 'cold' | 'hovered' | 'stock', Figures[]>
const createRuns = (): Runs => ({ without: [], with: [], cold: [], hovered: [], stock: [] })

const mbit = (bytes: number): string => ((bytes * 8) / 1024 / 1024).toFixed(2)

const shownLoad = (): string =>
  loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')

const write = (line: string): boolean => process.stdout.write(`${line}\n`)

void main()
