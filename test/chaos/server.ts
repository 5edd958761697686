import { spawn } from 'node:child_process'
import { join } from 'node:path'

const root = join(__dirname, '../..')

export interface Running {
  readonly port: number
  readonly adminPort: number
  readonly pid: number
  /** Milliseconds from the start of the process until it said that it is ready. */
  readonly readyMs: number
  /** Ends it as a power cut would, and waits until it is gone. */
  kill(): Promise<void>
  /** Sends it a signal. */
  signal(name: NodeJS.Signals): void
  /** Its exit code once it is gone, or null when a signal ended it. */
  readonly ended: Promise<number | null>
}

/** A server process that has been started and may not be ready yet. */
export interface Starting {
  /** Rejects when the process ends before. */
  readonly ready: Promise<Running>
  kill(): Promise<void>
  /** Its exit code once it is gone and all that it said has come, or null when a signal ended it. */
  readonly ended: Promise<number | null>
  /** All that it has said. */
  said(): string
}

export interface Build {
  readonly folder: string
  /** Of Node. */
  readonly options: readonly string[]
}

const shipped: Build = { folder: 'dist', options: [] }

/** The one that can be told to fail. */
/** A server that takes any number of messages of one conversation. */
export const open: Build = { folder: 'dist/open', options: [] }

export const armed: Build = {
  folder: 'dist/armed',
  options: ['-r', join(__dirname, 'fail-points/cached.cjs')],
}

/** Starts the built server on its own data and on free ports, with these settings beside; `build` is another one. */
export function startServer(
  dataDir: string,
  settings: Readonly<Record<string, string>> = {},
  build: Build = shipped,
): Starting {
  const begun = performance.now()
  const child = spawn(process.execPath, [...build.options, join(root, build.folder, 'main.js')], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      ADMIN_PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'error',
      // Empty is unset, whatever the developer's own .env says.
      PUBLIC_URL: '',
      PACK_DIR: '',
      HANDOFF_WEBHOOK_URL: '',
      DESK_WEBHOOK_URL: '',
      DESK_WEBHOOK_SECRET: '',
      MicrosoftAppId: '',
      MicrosoftAppPassword: '',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  const ready = new Promise<Running>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString()
      const [, port, adminPort] =
        /is ready: http:\/\/localhost:(\d+)\n.*\n.*http:\/\/localhost:(\d+)\n/.exec(output) ?? []
      if (port)
        resolve({
          port: Number(port),
          adminPort: Number(adminPort),
          pid: child.pid ?? 0,
          readyMs: performance.now() - begun,
          kill,
          signal: (name) => void child.kill(name),
          ended,
        })
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', () => reject(new Error(`The server ended before it was ready. ${output}`)))
  })
  // Whoever kills it before it is ready does not look at this promise.
  ready.catch(() => undefined)
  return { ready, kill, ended, said: () => output }
}
