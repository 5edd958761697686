import { startServer } from '../direct-line/start-server'

/**
 * A server of its own process, so that a test sees whether a request ends it. Its database lies in the folder that it is
 * given; it says its port on standard output.
 */
const [, , folder = ''] = process.argv
void startServer({
  folder,
  settings: { messageBurst: 1000 },
  http: {
    limits: { bytes: 64 * 1024, depth: 32, ms: 200 },
    files: new Map([
      [
        '/assets/known.js',
        { type: 'text/javascript', etag: '"1"', forever: true, plain: Buffer.from('known') },
      ],
    ]),
  },
}).then(({ port }) => process.stdout.write(`${port}\n`))
