import { until } from '../direct-line/requests'
import type { Server } from './server'

/** Answers the only case at the desk, as its page does. */
export async function answerAtDesk(server: Server, text: string): Promise<void> {
  const response = await fetch(`${await onlyCase(server)}/answer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.adminUrl },
    body: JSON.stringify({ text }),
  })
  if (!response.ok) throw new Error(`The desk answered ${response.status}`)
}

/** Waits until the person's words have reached the desk, and so have their place in the log. */
export const reachesDesk = (server: Server, text: string): Promise<void> =>
  until(`"${text}" at the desk`, async () => (await read(await onlyCase(server))).includes(text))

async function onlyCase({ adminUrl }: Server): Promise<string> {
  const [, path] = /href="(\/handoffs\/[^"]+)"/.exec(await read(adminUrl)) ?? []
  return `${adminUrl}${path}`
}

const read = async (url: string): Promise<string> => (await fetch(url)).text()
