import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Route } from './request'
import { loadStaticTable, type StaticTable } from './static-table'

export interface Web {
  readonly routes: readonly Route[]
  readonly files: StaticTable
}

/** Stock Web Chat's page and its files, from the folder that the build made. `mayFrame` are the origins that may embed the page. */
export function loadWeb(
  folder: string,
  options: {
    readonly publicUrl?: string | undefined
    readonly mayFrame: readonly string[]
    /** Files are taken, so that the page shows the button that sends them. */
    readonly takesFiles?: boolean
  },
): Web {
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  const page: Route = {
    method: 'GET',
    path: '/webchat',
    handler: async (request) => {
      const nonce = randomBytes(16).toString('base64')
      const origin = options.publicUrl ?? `http://${request.host}`
      return {
        status: 200,
        headers: {
          'Content-Type': 'text/html; charset=utf-8',
          'Content-Security-Policy': policy(nonce, origin, options),
        },
        body: html
          .replaceAll('{{nonce}}', nonce)
          .replace('{{files}}', options.takesFiles ? 'on' : 'off'),
      }
    },
  }
  return {
    routes: [page],
    files: loadStaticTable(join(folder, 'assets'), '/assets/'),
  }
}

/** The style element that Web Chat adds empty and fills by script. */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"

/** As strict as stock Web Chat works under: no inline script, no eval, nothing from elsewhere. */
const policy = (
  nonce: string,
  origin: string,
  { mayFrame, takesFiles }: { mayFrame: readonly string[]; takesFiles?: boolean },
): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}' ${emptyStyle}`,
    "img-src 'self' data: blob:",
    // Web Chat reads a file that was chosen by an address of the page's own.
    `connect-src 'self' ${origin.replace(/^http/, 'ws')}${takesFiles ? ' blob:' : ''}`,
    ...(takesFiles ? ["media-src 'self' blob:"] : []),
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${["'self'", ...mayFrame].join(' ')}`,
  ].join('; ')
