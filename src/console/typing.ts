import type { Presence, Typist } from '../conversations'
import type { Board } from './board'
import type { ToConsole } from './messages'
import type { Seat } from './seat'

/** Who types, from a console to the person and from the person to the consoles. A hint: what the board does not have is not told. */
export class Typing {
  readonly #board: Pick<Board, 'rowAt'>
  readonly #presence: Pick<Presence, 'typed'>
  readonly #seats: ReadonlySet<Seat>

  constructor(
    { board, presence }: { board: Pick<Board, 'rowAt'>; presence: Pick<Presence, 'typed'> },
    seats: ReadonlySet<Seat>,
  ) {
    this.#board = board
    this.#presence = presence
    this.#seats = seats
  }

  /** An agent types; only who has the case is shown to the person. */
  typed({ signedIn: { agent } }: Pick<Seat, 'signedIn'>, id: string): void {
    const row = this.#board.rowAt(id)
    if (row?.state === 'held' && row.agent_id === agent.id)
      this.#presence.typed(row.conversation, { role: 'agent', name: agent.name })
  }

  /** Tells the consoles that watch this conversation; who has the case knows that they type. */
  tell(conversation: string, who: Typist): void {
    for (const seat of this.#seats) {
      const row = this.#board.rowAt(seat.watched ?? '')
      if (row?.conversation !== conversation || row.ended_at !== null) continue
      if (who.role === 'agent' && seat.signedIn.agent.id === row.agent_id) continue
      const message: ToConsole = {
        type: 'typing',
        id: row.id,
        who: who.role,
        ...(who.role === 'agent' && { name: who.name }),
      }
      seat.send(message)
    }
  }
}
