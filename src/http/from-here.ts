import { refuse } from './answer'
import type { Origins } from './origins'
import type { Handler } from './request'

/** Refuses a Host header that is not this machine: a stranger's page whose name was made to resolve to us (DNS rebinding). */
export const fromHere =
  (origins: Origins, handler: Handler): Handler =>
  async (request) => {
    if (origins.own(request.host) === undefined) {
      throw refuse(403, 'ForeignHost', 'Ask by the address of this machine.')
    }
    return handler(request)
  }
