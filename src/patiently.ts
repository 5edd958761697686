import type { Log } from './log'

/** Waits until all of it has ended, or until this moment (milliseconds since 1970, as `Date.now` says). What has not ended then is told in the log and left. */
export async function patiently(
  what: string,
  until: number,
  doing: readonly Promise<unknown>[],
  log: Log,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<'left'>((resolve) => {
    timer = setTimeout(() => resolve('left'), Math.max(0, until - Date.now()))
  })
  try {
    if ((await Promise.race([Promise.all(doing), patience])) === 'left')
      log.warn({ what }, 'the server ends without waiting any longer for what is under way')
  } catch (error) {
    log.error({ what, err: error }, 'something could not be ended as it should')
  } finally {
    clearTimeout(timer)
  }
}
