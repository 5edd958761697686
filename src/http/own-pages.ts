import { refuse } from './answer'
import type { Handler } from './request'

/** Browsers say where a request began; a page of another origin, or of another port of this machine, gets nothing. */
export const toOwnPages =
  (handler: Handler): Handler =>
  async (request) => {
    const site = request.header('sec-fetch-site') ?? 'none'
    if (site !== 'none' && site !== 'same-origin')
      throw refuse(403, 'ForeignPage', 'Only this machine may ask for this.')
    return handler(request)
  }
