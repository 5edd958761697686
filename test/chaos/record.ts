import type { Ack, History, Page, Sent, View } from './checker/history'
import type { Heard } from './direct-line'
import { seqOf, type Stored } from './stored'

/** Milliseconds by the one clock of a run. */
export const clock = (): number => performance.now()

/** Keeps what clients sent and what readers saw, for the checker. */
export class Record {
  readonly sent: Sent[] = []
  readonly views: View[] = []

  /** A message that is about to be sent; its acknowledgements are added as they come. */
  send(message: { conversation: string; key: string; text: string }): Sending {
    const acks: Ack[] = []
    this.sent.push({ ...message, acks })
    return {
      ack: (id) => acks.push({ seq: seqOf(id), at: clock() }),
      ackAt: (at) => acks.push({ at }),
    }
  }

  /** A reader who begins, with the watermark that they bring. */
  begin(view: Omit<View, 'pages' | 'audience'>): Reading {
    const pages: Page[] = []
    this.views.push({ ...view, audience: 'person', pages })
    return {
      see: (activities, watermark, asked) =>
        pages.push({
          watermark: Number(watermark),
          seen: activities.map(({ id, text, from }) => ({
            seq: seqOf(id),
            ...(from.role === 'user' && text !== undefined && { text }),
          })),
          ...(asked !== undefined && { asked }),
        }),
    }
  }

  /** Everything, with what the database holds in the end. */
  with({ log, talks, spans, tickets, outbox }: Stored): History {
    return { log, talks, spans, tickets, outbox, sent: this.sent, views: this.views }
  }
}

export interface Sending {
  /** It was acknowledged, as the row with this id. */
  ack(id: string): void
  /** It was acknowledged, and nobody was told as which row. */
  ackAt(at: number): void
}

export interface Reading {
  /** A page came. `asked`: when it was asked for, if it then holds all that was there. */
  see(activities: readonly Heard[], watermark: string, asked?: number): void
}
