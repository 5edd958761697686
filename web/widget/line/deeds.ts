import { LineError } from './line-error'
import { backoff, createPause, type Pause } from './pause'
import type { Begin, Session } from './session'
import { askForToken, type Failure } from './tokens'
import type { World } from './world'

/** The conversation as it stands, and the ways to leave it for another. */
export interface Here {
  readonly world: World
  readonly session: Session | undefined
  /** Where links wait for a server that cannot be asked. */
  readonly linking: Set<Pause>
  /** A link cannot be opened yet; tells the page, where it waits for nothing else. */
  noteLink(failure: Failure): void
  begin(how: Begin): void
  leave(): void
}

/**
 * A conversation that begins afresh; the old one stays on the server, and behind its return link. Words that wait go
 * along, and those that are written meanwhile wait for it.
 */
export async function renew(here: Here): Promise<void> {
  const { world } = here
  const { user } = world
  world.isMoving = true
  try {
    const given = await askForToken(world)
    if (given.kind !== 'given') throw failureOf(given, 'No new conversation can be had now')
    // Somebody else sits here by now, with a conversation of their own.
    if (world.user !== user) return
    world.messages.takeAlong()
    here.begin({ visitor: given.visitor })
  } finally {
    world.isMoving = false
    here.session?.sending.kick()
  }
}

/** Erases the conversation on the server and here. */
export async function forget(here: Here): Promise<void> {
  const { session, world } = here
  const what = 'The conversation could not be erased now'
  const resume = session?.visitor.resume ?? world.kept.readResume()
  if (resume !== undefined) {
    const given = await askForToken(world, resume)
    if (given.kind !== 'given') throw failureOf(given, what)
    const { visitor } = given
    // A secret that the server does not know opens nothing that could be erased.
    const isKnown = visitor.resume === resume
    const answer =
      isKnown && (await world.call('POST', '/api/chat/forget', { token: visitor.token }))
    if (answer && answer.kind !== 'ok' && answer.kind !== 'gone') throw failureOf(answer, what)
  }
  world.kept.writeResume(undefined)
  here.leave()
}

const secretOf = /^#?(?:resume=)?([\w-]{20,200})$/

/** Takes up the conversation that a return link opens; words that wait go there. A link that opens none leaves all as it is. */
export async function openLink(here: Here, link: string): Promise<'opened' | 'failed'> {
  const { world } = here
  const [, secret] = secretOf.exec(link) ?? []
  // Part of a link opens nothing: the server need not be asked.
  if (secret === undefined) return 'failed'
  const pause = createPause(world.options.setTimer)
  here.linking.add(pause)
  try {
    return await takeUp(here, secret, pause)
  } finally {
    here.linking.delete(pause)
  }
}

async function takeUp(here: Here, secret: string, pause: Pause): Promise<'opened' | 'failed'> {
  const { world } = here
  for (let failures = 1; ; failures += 1) {
    const { user } = world
    const given = await askForToken(world, secret)
    // Asked in the name of somebody who is not here any more.
    if (world.user !== user) continue
    if (given.kind === 'denied' || given.kind === 'refused' || given.kind === 'gone')
      return 'failed'
    if (given.kind !== 'given') {
      here.noteLink(given)
      await pause.wait(Math.max(given.retryMs, backoff(failures, world.random)), given.retryMs)
      continue
    }
    // For a secret that it does not know the server offers a new conversation.
    if (given.visitor.resume !== secret) return 'failed'
    if (here.session?.visitor.resume === secret) return 'opened'
    world.messages.takeAlong()
    world.hasSaidBack = false
    here.begin({ resume: secret, visitor: given.visitor })
    return 'opened'
  }
}

const failureOf = (failure: Failure, what: string): LineError =>
  new LineError(failure.kind, `${what} (${failure.kind}).`)
