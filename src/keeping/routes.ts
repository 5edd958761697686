import { z } from 'zod'
import {
  fromHere,
  problem,
  toOwnPages,
  type Answer,
  type HttpRequest,
  type Origins,
  type Route,
} from '../http'
import type { Log } from '../log'
import type { Erasure } from './erasure'

export interface KeepingRouteOptions {
  readonly erasure: Erasure
  /** Whether files that people sent can be removed from here, if there are any. */
  readonly reachesFiles: boolean
  readonly origins: Origins
  readonly log: Log
}

const wish = z.strictObject({
  user: z.string().min(1).max(200),
  dry_run: z.boolean().default(false),
})

/** Erasing a person, for the admin port. It tells numbers and no words, and only this machine may ask. */
export function keepingRoutes(options: KeepingRouteOptions): readonly Route[] {
  const { erasure, reachesFiles, origins, log } = options
  async function erase(request: HttpRequest): Promise<Answer> {
    const body = wish.safeParse(await request.json())
    if (!body.success)
      return problem(
        400,
        'BadErasure',
        'Send {"user", "dry_run"?} as JSON: the person\'s id of 1 to 200 characters, and true to be told what would go.',
      )
    const { user, dry_run } = body.data
    if (!dry_run && !reachesFiles && (await erasure.count(user)).files > 0) return filesElsewhere
    const counts = await (dry_run ? erasure.count(user) : erasure.erase(user))
    if (!dry_run) log.info({ ...counts }, 'a person was erased')
    return { status: 200, json: { dry_run, counts } }
  }
  const routes: readonly Route[] = [{ method: 'POST', path: '/api/erasures', handler: erase }]
  return routes.map((route) => ({
    ...route,
    handler: fromHere(origins, toOwnPages(route.handler)),
  }))
}

const filesElsewhere = problem(
  409,
  'FilesElsewhere',
  'They have sent files, and this server has no UPLOADS_DIR to remove them from: ask one that has it. Nothing was erased.',
)
