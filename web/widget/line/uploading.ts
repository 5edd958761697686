import { classify, type Answer, type Call } from './calls'
import type { Entry } from './outbox'
import type { World } from './world'

/** So long without another byte on its way, and an upload is given up and begun again. */
const stalledMs = 30_000

/** Sends a message with its files. The form is Direct Line's: the activity, then file after file. */
export const uploadingOf =
  ({ options, messages }: World, { id, files = [] }: Entry): Call =>
  async (method, path, { token, body } = {}): Promise<Answer> => {
    const form = new FormData()
    const activity = new Blob([JSON.stringify(body)], {
      type: 'application/vnd.microsoft.activity',
    })
    form.append('activity', activity)
    for (const { blob, name } of files) form.append('file', blob, name)

    const giveUp = new AbortController()
    let cancel = () => {}
    const heard = () => {
      cancel()
      cancel = options.setTimer(stalledMs, () => giveUp.abort())
    }
    heard()
    try {
      const send = options.upload ?? options.fetch
      const response = await send(
        options.base + path,
        {
          method,
          headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
          body: form,
          signal: giveUp.signal,
          credentials: 'omit',
        },
        (share) => {
          heard()
          messages.progress(id, share)
        },
      )
      return classify(response, await response.text())
    } catch {
      return { kind: 'unreachable', retryMs: 0 }
    } finally {
      cancel()
      messages.progress(id, undefined)
    }
  }
