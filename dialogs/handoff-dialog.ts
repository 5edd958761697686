import { Dialog, type DialogContext, type DialogTurnResult } from 'botbuilder-dialogs'
import { TurnDialog, type Outcome } from './base'
import { briefInShort, briefOf } from './brief'
import type { HandoffReason } from './effects'
import type { Incoming } from './interpret'
import { offerMeanwhile } from './meanwhile'
import { askForAddress } from './reply-address'
import { moveOn } from './shared-place'
import type { Turn } from './turn'
import { noteUnmatched } from './unmatched'
import { isPromised, waitInWords } from './waiting'
import { buttons, say, sees } from './words'

export interface HandoffOptions {
  readonly reason: HandoffReason
  /** True when the bot offers: the person sees what would be sent and says yes first. Who asked has said yes. */
  readonly offer: boolean
}

/** Brings in a person. It says what they will see; the server writes the case down and tells the desk. */
export class HandoffDialog extends TurnDialog<HandoffOptions> {
  async begin(
    dc: DialogContext,
    turn: Turn,
    { reason, offer }: HandoffOptions,
  ): Promise<DialogTurnResult> {
    if (turn.input.shared) return moveOn(dc, turn, { wants: 'person', handoff: { reason, offer } })
    if (turn.input.holder !== 'bot') {
      await turn.say(say.alreadySent(waitInWords(turn)))
      return this.#end(dc, { outcome: 'sent' })
    }
    if (dc.activeDialog) dc.activeDialog.state = { reason, offer: true }
    if (!offer) return this.#send(dc, turn, reason, say.bringing)
    return this.#offer(turn)
  }

  async take(dc: DialogContext, turn: Turn, incoming: Incoming): Promise<DialogTurnResult> {
    const reason =
      (dc.activeDialog?.state as { reason?: HandoffReason } | undefined)?.reason ?? 'asked'
    const isForPerson = incoming.kind === 'words' && incoming.reading.kind === 'human'
    if (turn.state.question?.topic === 'add_words' && incoming.kind === 'words' && !isForPerson) {
      turn.set({ addedWords: incoming.text.slice(0, mostAddedWords) })
      return this.#offer(turn)
    }
    const answer =
      incoming.kind === 'press'
        ? incoming.answer
        : incoming.kind === 'words'
          ? answerIn(incoming)
          : undefined
    switch (answer) {
      case 'yes':
      case 'human':
        return this.#send(dc, turn, reason)
      case 'no':
        turn.closeQuestion()
        return this.#end(dc, { outcome: 'not_sent' })
      case 'change':
        await turn.ask('add_words', say.addWords, [])
        return Dialog.EndOfTurn
      default:
        noteUnmatched(turn, incoming)
        return this.#askOnce(dc, turn)
    }
  }

  /** Neither yes nor no: the offer once more, and then it is taken as a no. */
  async #askOnce(dc: DialogContext, turn: Turn): Promise<DialogTurnResult> {
    turn.set({ misses: turn.state.misses + 1 })
    if (turn.state.misses > 1) {
      turn.set({ misses: 0 })
      turn.closeQuestion()
      return this.#end(dc, { outcome: 'not_sent' })
    }
    turn.preface(say.again)
    return this.#offer(turn)
  }

  async #offer(turn: Turn): Promise<DialogTurnResult> {
    await turn.ask('send', `${say.canBring(whatTheySee(turn))} Send?`, buttons.send)
    return Dialog.EndOfTurn
  }

  async #send(
    dc: DialogContext,
    turn: Turn,
    reason: HandoffReason,
    opening?: (sees: string) => string,
  ): Promise<DialogTurnResult> {
    const { case: open } = turn.state
    const isKept = turn.input.isNotified === true || isPromised(turn.input.desk)
    turn.effect({
      effect: 'handed_off',
      id: turn.input.newId(),
      ...(open ? { caseId: open.id } : {}),
      reason,
      brief: briefOf(turn.state, turn.pack, turn.input.incidents),
      isKept,
    })
    if (open) {
      turn.effect({ effect: 'case_closed', id: open.id, outcome: 'handed_off' })
      turn.setCase({ handedOff: true })
    }
    turn.set({ misses: 0 })
    if (opening) turn.preface(opening(whatTheySee(turn)))
    const { question } = turn.state
    // The question of the rung under way stays open, so that its answer still counts; ours is done.
    if (question?.topic === 'send' || question?.topic === 'add_words') turn.closeQuestion()
    const sent = isKept ? say.sent(waitInWords(turn)) : say.sentInLine(waitInWords(turn))
    const isAsked = (await askForAddress(turn, sent)) || (await offerMeanwhile(turn, reason, sent))
    if (!isAsked) await turn.say(sent)
    return this.#end(dc, { outcome: 'sent' })
  }

  #end(dc: DialogContext, outcome: Outcome): Promise<DialogTurnResult> {
    return dc.endDialog(outcome)
  }
}

/** What a person adds to the brief is kept to this many characters. */
const mostAddedWords = 500

const whatTheySee = (turn: Turn): string =>
  sees(briefInShort(briefOf(turn.state, turn.pack, turn.input.incidents)))

const answerIn = (incoming: Extract<Incoming, { kind: 'words' }>): string | undefined =>
  incoming.reading.kind === 'human'
    ? 'human'
    : (incoming.understood?.answer ?? incoming.understood?.label)
