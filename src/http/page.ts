import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Route } from './request'
import { loadStaticTable } from './static-table'
import type { Web } from './web'

export interface PageOptions {
  readonly paths: readonly string[]
  /** Where its files are asked for. */
  readonly assets: string
  /** Its Content-Security-Policy, given where a WebSocket of ours is reached: "wss://help.example.org". */
  readonly policy: (sockets: string) => readonly string[]
  readonly publicUrl?: string | undefined
}

/** One page and its files, from the folder that the build made. Throws when there is none. */
export function loadPage(folder: string, { paths, assets, policy, publicUrl }: PageOptions): Web {
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  return {
    routes: paths.map((path): Route => ({
      method: 'GET',
      path,
      handler: async (request) => ({
        status: 200,
        headers: {
          'Content-Type': 'text/html; charset=utf-8',
          'Content-Security-Policy': policy(
            (publicUrl ?? `http://${request.host}`).replace(/^http/, 'ws'),
          ).join('; '),
        },
        body: html,
      }),
    })),
    files: loadStaticTable(join(folder, 'assets'), assets),
  }
}
