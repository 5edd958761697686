import { loadPage } from './page'
import type { Web } from './web'

/** The agents' console and its files, from the folder that the build made. */
export const loadConsole = (
  folder: string,
  { publicUrl }: { readonly publicUrl?: string | undefined },
): Web =>
  loadPage(folder, {
    paths: ['/console', '/console/'],
    assets: '/console/assets/',
    policy,
    publicUrl,
  })

/** Stricter than stock Web Chat's: nothing inline, nothing from elsewhere, in nobody's frame, and no text ever becomes markup. */
const policy = (sockets: string): readonly string[] => [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "media-src 'self'",
  `connect-src 'self' ${sockets}`,
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
]
