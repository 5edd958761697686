import { loadPage } from './page'
import type { Web } from './web'

/** The chat panel and its files, in a frame or alone in a window. `mayFrame` are the origins of the pages that may have it. */
export const loadPanel = (
  folder: string,
  options: { readonly publicUrl?: string | undefined; readonly mayFrame: readonly string[] },
): Web =>
  loadPage(folder, {
    paths: ['/chat', '/chat/'],
    assets: '/chat/assets/',
    policy: (sockets) => policy(sockets, options.mayFrame),
    publicUrl: options.publicUrl,
  })

/** As strict as the console's, but for who may frame it, and for pictures that a person sends. */
const policy = (sockets: string, mayFrame: readonly string[]): readonly string[] => [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self'",
  `connect-src 'self' ${sockets}`,
  "base-uri 'none'",
  "form-action 'none'",
  `frame-ancestors ${["'self'", ...mayFrame].join(' ')}`,
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
]
