import type * as Client from 'botframework-directlinejs'
import type { Activity } from 'botframework-directlinejs'
import { WebSocket } from 'ws'
import { XMLHttpRequestOverFetch } from './xml-http-request'

Object.assign(globalThis, {
  self: globalThis,
  WebSocket,
  XMLHttpRequest: XMLHttpRequestOverFetch,
})

/** The unmodified client, as published for browsers: one file with everything in it. */
export const { ConnectionStatus, DirectLine } =
  require('botframework-directlinejs/dist/directline.js') as typeof Client
export type { Activity } from 'botframework-directlinejs'

/**
 * A client that keeps what it hears; it comes back at once instead of after 3 to 15 s. Its `timeout` is both how long a
 * request may take and how long it waits between two tries.
 */
export function connect(url: string, options: Record<string, unknown>) {
  const client = new DirectLine({
    domain: `${url}/v3/directline`,
    random: () => -0.25,
    ...options,
  } as never)
  const heard: Activity[] = []
  const faults: unknown[] = []
  client.activity$.subscribe(
    (activity) => heard.push(activity),
    (error) => faults.push(error),
  )
  const texts = () => heard.map((activity) => ('text' in activity ? activity.text : undefined))
  const post = (activity: object) =>
    new Promise<string>((resolve, reject) =>
      client
        .postActivity({ from: { id: 'dl_claimed' }, ...activity } as Activity)
        .subscribe(resolve, reject),
    )
  const write = (text: string, id = `c-${text}`) =>
    post({ type: 'message', text, channelData: { clientActivityID: id } })
  return {
    client,
    heard,
    texts,
    faults,
    post,
    write,
    status: () => client.connectionStatus$.getValue(),
  }
}

export type Connected = ReturnType<typeof connect>
