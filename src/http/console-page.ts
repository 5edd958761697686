import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Route } from './request'
import { loadStaticTable } from './static-table'
import type { Web } from './web'

/** The agents' console and its files, from the folder that the build made. */
export function loadConsole(
  folder: string,
  options: { readonly publicUrl?: string | undefined },
): Web {
  const html = readFileSync(join(folder, 'index.html'), 'utf8')
  const page = (path: string): Route => ({
    method: 'GET',
    path,
    handler: async (request) => ({
      status: 200,
      headers: {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': policy(options.publicUrl ?? `http://${request.host}`),
      },
      body: html,
    }),
  })
  return {
    routes: [page('/console'), page('/console/')],
    files: loadStaticTable(join(folder, 'assets'), '/console/assets/'),
  }
}

/** Stricter than the chat's: nothing inline, nothing from elsewhere, in nobody's frame, and no text ever becomes markup. */
const policy = (origin: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ${origin.replace(/^http/, 'ws')}`,
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
