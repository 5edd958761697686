import type { Child } from '../child'
import { quantile } from '../quantile'
import type { Crowd } from './crowd'
import type { Servers } from './servers'

/** What a server did under a load. Times in milliseconds, from the moment at which a message was due. */
export interface Measured {
  readonly rate: number
  readonly replies: number
  readonly ackP50: number
  readonly ackP99: number
  readonly replyP50: number
  readonly replyP99: number
  readonly replyLongest: number
  readonly errors: Readonly<Record<string, number>>
  readonly rssMb: number
  readonly loopP99: number
  readonly loopLongest: number
  readonly cpuUsPerMessage: number
  /** How much too late this side sent. */
  readonly lateP99: number
}

/** Lets the crowd talk to the servers, and looks at both sides. */
export async function measureTalk(
  servers: Servers,
  crowd: Child<Crowd>,
  { rate, seconds }: { rate: number; seconds: number },
): Promise<Measured> {
  const cpuBefore = servers.cpuMs()
  await servers.watch()
  const heard = await crowd.ask('talk', { rate, seconds })
  const stalls = await servers.stalls()
  const cpuMs = servers.cpuMs() - cpuBefore
  const { acks, replies, late, errors } = heard
  return {
    rate,
    replies: replies.length,
    ackP50: quantile(acks, 0.5),
    ackP99: quantile(acks, 0.99),
    replyP50: quantile(replies, 0.5),
    replyP99: quantile(replies, 0.99),
    replyLongest: quantile(replies, 1),
    errors,
    rssMb: servers.rssMb(),
    loopP99: stalls.p99,
    loopLongest: stalls.longest,
    cpuUsPerMessage: (cpuMs * 1000) / replies.length,
    lateP99: quantile(late, 0.99),
  }
}
