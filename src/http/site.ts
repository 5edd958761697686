import { loadPage } from './page'
import { loadStaticTable, type StaticTable } from './static-table'
import type { Web } from './web'

/** The site that shows the widget, with the one script that puts it on any page. */
export function loadSite(
  folder: string,
  { publicUrl }: { readonly publicUrl?: string | undefined },
): Web {
  const site = loadPage(folder, { paths: ['/'], assets: '/site/assets/', policy, publicUrl })
  return { routes: site.routes, files: new Map([...site.files, ...widgetIn(folder)]) }
}

/** The script by the address that pages write down, so its name has no hash: it is asked for again after five minutes. */
function widgetIn(folder: string): StaticTable {
  const path = '/widget.js'
  const file = loadStaticTable(folder).get(path)
  if (!file) throw new Error(`There is no widget.js in ${folder}. Build it with: npm run build`)
  const headers = {
    'Cache-Control': 'public, max-age=300',
    // Any page may have it, `crossorigin` or not; only those that are allowed may frame what it opens.
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  }
  return new Map([[path, { ...file, isForEverybody: true, headers }]])
}

/** What the widget asks of the page that has it, and no more. */
const policy = (): readonly string[] => [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
]
