import { Seat } from '../console/seat'
import { until } from '../direct-line/requests'
import type { Server } from './server'

/** An agent at the desk without a console: what a browser would send, sent by hand. */
export async function sitDown(server: Server) {
  const ask = (method: string, path: string, body: object = {}, cookie = '') =>
    fetch(`${server.url}/console/api/${path}`, {
      method,
      headers: {
        cookie,
        origin: server.url,
        'x-fixladder': 'console',
        'content-type': 'application/json',
      },
      ...(method === 'POST' && { body: JSON.stringify(body) }),
    })
  const secret = server.setUpLink.slice(server.setUpLink.indexOf('=') + 1)
  const account = { name: 'Maria', email: 'maria@example.org', password: 'horses eat yellow hay' }
  const joined = await ask('POST', 'join', { secret, ...account })
  const cookie = joined.headers.getSetCookie()[0]?.split(';')[0] ?? ''

  const seat = await Seat.open(server.url, cookie)
  const onlyCase = async (): Promise<string> => {
    await until('the case', () => seat.cases.size > 0)
    return [...seat.cases.keys()][0] ?? ''
  }

  return {
    /** Answers the only case, which takes it. */
    async answer(text: string): Promise<void> {
      const answered = await ask('POST', `cases/${await onlyCase()}/answer`, { text }, cookie)
      if (!answered.ok) throw new Error(`The desk answered ${answered.status}`)
    },
    /** Closes the only case; nothing fixed it. */
    async finish(): Promise<void> {
      const body = { fixed: 'nothing' }
      const closed = await ask('POST', `cases/${await onlyCase()}/close`, body, cookie)
      if (!closed.ok) throw new Error(`The desk answered ${closed.status}`)
    },
    /** Waits until the person's words have reached the desk, and so have their place in the log. */
    async hears(text: string): Promise<void> {
      seat.send({ type: 'watch', id: await onlyCase(), after: 0 })
      await until(`"${text}" at the desk`, () => seat.rows.some((row) => row.text === text))
    },
    leave: () => seat.close(),
  }
}
