import {
  Dialog,
  type DialogContext,
  type DialogReason,
  type DialogTurnResult,
} from 'botbuilder-dialogs'
import type { Incoming } from './interpret'
import { turnOf, type Turn } from './turn'

/** What a dialog came to. The dialog below it, or the main one, acts on it. */
export type Outcome =
  | { readonly outcome: 'chosen'; readonly symptom: string; readonly confidence?: number }
  | { readonly outcome: 'none_chosen' }
  | {
      readonly outcome: 'solved'
      readonly noun?: string
      /** The incident whose end it was: then no fix has the credit. */
      readonly incident?: string
      /** Another trouble that the person told of in the same breath. */
      readonly next?: { readonly symptom: string; readonly confidence: number }
    }
  | { readonly outcome: 'workaround' }
  | { readonly outcome: 'ended' }
  | { readonly outcome: 'needs_person' }
  | { readonly outcome: 'answered' }
  | { readonly outcome: 'not_needed' }
  | { readonly outcome: 'sent' }
  | { readonly outcome: 'not_sent' }
  /** What concerns everybody was said, and the case goes on. */
  | { readonly outcome: 'go_on' }

/**
 * The dialogs' common ground: each works on the turn, not on the raw context. No prompts and no waterfalls,
 * since the order of steps is the ladder's business (and `runDialog` with a prompt costs three times a turn of these).
 */
export abstract class TurnDialog<Options extends object = object> extends Dialog {
  abstract begin(dc: DialogContext, turn: Turn, options: Options): Promise<DialogTurnResult>

  /** What the person sent, when this dialog is the one talking. */
  abstract take(dc: DialogContext, turn: Turn, incoming: Incoming): Promise<DialogTurnResult>

  /** A dialog that this one began has ended. By default the talk goes on where it was. */
  async after(_dc: DialogContext, _turn: Turn, _outcome: Outcome): Promise<DialogTurnResult> {
    return Dialog.EndOfTurn
  }

  override beginDialog(dc: DialogContext, options?: object): Promise<DialogTurnResult> {
    return this.begin(dc, turnOf(dc), (options ?? {}) as Options)
  }

  override continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    return this.take(dc, turnOf(dc), incomingOf(dc))
  }

  override resumeDialog(
    dc: DialogContext,
    _reason: DialogReason,
    result?: Outcome,
  ): Promise<DialogTurnResult> {
    return result ? this.after(dc, turnOf(dc), result) : Promise.resolve(Dialog.EndOfTurn)
  }
}

export const incomingKey = Symbol('incoming')
/** What came in, for the turn that a dialog context belongs to. */
export const incomingOf = (dc: DialogContext): Incoming =>
  dc.context.turnState.get(incomingKey) as Incoming

export const dialogIds = {
  main: 'main',
  choose: 'choose',
  ladder: 'ladder',
  answer: 'answer',
  handoff: 'handoff',
  incident: 'incident',
} as const
