import { join } from 'node:path'
import { loadPanel, loadSite, loadWeb } from '../../src/http'
import { startServer } from '../direct-line/start-server'

/**
 * A server of its own process, so that a test sees whether a request ends it. Its database lies in the folder that it is
 * given; it says its port on standard output. It runs bundled, beside the pages that were built.
 */
const [, , folder = ''] = process.argv
const web = join(__dirname, 'web')
const pages = [
  loadSite(join(web, 'site'), {}),
  loadPanel(join(web, 'chat'), { mayFrame: ['https://shop.example'] }),
  loadWeb(web, { mayFrame: [] }),
]
void startServer({
  folder,
  settings: { messageBurst: 1000 },
  routes: pages.flatMap(({ routes }) => routes),
  http: {
    limits: { bytes: 64 * 1024, depth: 32, ms: 200 },
    files: new Map([
      ...pages.flatMap(({ files }) => [...files]),
      [
        '/assets/known.js',
        { type: 'text/javascript', etag: '"1"', forever: true, plain: Buffer.from('known') },
      ],
    ]),
  },
}).then(({ port }) => process.stdout.write(`${port}\n`))
