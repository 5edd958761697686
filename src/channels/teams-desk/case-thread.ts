import { drawCard } from './card'
import { isSameButWords, markOf } from './card-mark'
import type { Card } from './card-parts'
import { readCase, type DeskCase, type DeskPost, type Known } from './cases'
import { openThread } from './open-thread'
import { sayNext } from './say-next'
import { called, later, more, rest, type Step, type StepOptions } from './step'

/** A card is updated at most this often, in milliseconds: the newest wins. */
const updateEvery = 2_000
/**
 * While somebody has the case, new last words alone wait so long, since a new card empties what an agent is writing on
 * it; the words themselves stand in the thread at once.
 */
const lastWordsEvery = 20_000

/** Does what one case needs in its thread, one call to Teams at a time: the card, then what was said. */
export class CaseThreads {
  readonly #options: StepOptions & { readonly known: Known; readonly now: () => number }
  /** When each card was updated last. */
  readonly #updated = new Map<string, number>()

  constructor(options: StepOptions & { readonly known: Known; readonly now: () => number }) {
    this.#options = options
  }

  /** `isHeldBack`: a press is being answered with the card, which comes before an update. */
  async step(ticket: string, isHeldBack: boolean): Promise<Step> {
    const { database, known } = this.#options
    const found = await readCase(database, ticket, known)
    if (!found) return rest
    const { post, endedAt } = found
    if (post && post.state !== 'posting' && post.state !== 'posted') return this.#forget(ticket)
    if (post?.thread === undefined || post.activity === undefined)
      return endedAt === undefined ? this.#open(found) : this.#finish(ticket)
    const place = { ...post, thread: post.thread, activity: post.activity }
    const card = drawCard(found)
    const mark = markOf(found, card)
    const isDue = mark !== post.shown && !isHeldBack
    if (isDue && this.#mayUpdate(found, mark, post)) return this.#update(found, place, card, mark)
    const said = await sayNext(this.#options, found, place)
    if (said.step === 'lost') return this.#lose(ticket)
    if (said.step !== 'rest' || isHeldBack) return said
    if (isDue) return { step: 'soon' }
    return endedAt === undefined ? rest : this.#finish(ticket)
  }

  #open(found: DeskCase): Promise<Step> {
    this.#updated.set(found.ticket, this.#options.now())
    return openThread(this.#options, found)
  }

  #mayUpdate({ ticket, state }: DeskCase, mark: string, { shown }: DeskPost): boolean {
    const isCalm = state === 'held' && isSameButWords(mark, shown)
    const last = this.#updated.get(ticket) ?? -Infinity
    return this.#options.now() >= last + (isCalm ? lastWordsEvery : updateEvery)
  }

  async #update(
    { ticket, endedAt }: DeskCase,
    place: { readonly thread: string; readonly activity: string },
    card: Card,
    mark: string,
  ): Promise<Step> {
    const { database, connector, now, log } = this.#options
    this.#updated.set(ticket, now())
    const answer = await connector.update(place, card)
    if (answer.kind === 'refused' && answer.isGone)
      return endedAt === undefined ? this.#lose(ticket) : this.#finish(ticket)
    if (answer.kind !== 'refused' && answer.kind !== 'done') return later(log, ticket, answer)
    if (answer.kind === 'refused')
      log.error({ ticket, reason: answer.reason }, 'Teams refused an update of a card')
    // One that was refused is noted as shown, too: the next change is tried, this one is not again.
    await database.write('showDeskCard', { ticket, shown: mark })
    return called
  }

  async #lose(ticket: string): Promise<Step> {
    this.#options.log.warn({ ticket }, 'a card of the desk was deleted; it is posted anew once')
    await this.#options.database.write('loseDeskCard', { ticket })
    this.#updated.delete(ticket)
    return more
  }

  async #finish(ticket: string): Promise<Step> {
    await this.#options.database.write('finishDeskCard', { ticket })
    return this.#forget(ticket)
  }

  #forget(ticket: string): Step {
    this.#updated.delete(ticket)
    return rest
  }
}
