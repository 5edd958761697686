import type { DialogContext } from 'botbuilder-dialogs'
import { dialogIds } from './base'
import type { Turn } from './turn'

/** Leaves every dialog but the main one. */
export async function toMain(dc: DialogContext, turn: Turn): Promise<void> {
  turn.closeQuestion()
  const { vague: _vague, other: _other, paused: _paused, ...rest } = turn.state
  turn.state = rest
  dc.stack.splice(0, dc.stack.length, { id: dialogIds.main, state: {} })
}
