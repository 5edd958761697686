import { keepingRoutes } from '../../src/keeping'
import { createOrigins, type HttpRequest } from '../../src/http'
import { createLog } from '../../src/log'

/** What erasing says where the files of somebody are out of reach. */

const counts = { conversations: 1, messages: 3 }

function createRoute(reachesFiles: boolean, files: number) {
  const erased: string[] = []
  const erasure = {
    count: async () => ({ ...counts, files }),
    erase: async (user: string) => {
      erased.push(user)
      return { ...counts, files }
    },
  }
  const [route] = keepingRoutes({
    erasure: erasure as unknown as Parameters<typeof keepingRoutes>[0]['erasure'],
    reachesFiles,
    origins: createOrigins({}),
    log: createLog('silent'),
  })
  const ask = (dry_run: boolean) =>
    route?.handler({
      host: 'localhost',
      header: () => undefined,
      address: '127.0.0.1',
      json: async () => ({ user: 'dl_a', dry_run }),
    } as unknown as HttpRequest)
  return { ask, erased }
}

test.each([
  ['files out of reach are not said to be erased, and nothing else is', false, 1, 409, []],
  ['who sent no files is erased', false, 0, 200, ['dl_a']],
  ['files within reach go, too', true, 1, 200, ['dl_a']],
])('%s', async (_what, reachesFiles, files, status, gone) => {
  const { ask, erased } = createRoute(reachesFiles, files)
  expect(await ask(false)).toMatchObject({ status })
  expect(erased).toEqual(gone)
})

test('what would go is told anywhere', async () => {
  const { ask, erased } = createRoute(false, 1)
  expect(await ask(true)).toMatchObject({ status: 200, json: { counts: { files: 1 } } })
  expect(erased).toEqual([])
})
