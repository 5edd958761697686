import { agentWrites } from '../agents/writes'
import { forgetWrites } from '../conversations/forget'
import { conversationWrites } from '../conversations/writes'
import { webhookWrites } from '../handoff/webhook/writes'
import { absenceWrites } from '../handoff/absence-writes'
import { farewellWrites } from '../handoff/farewell-writes'
import { deskPresenceWrites } from '../handoff/desk-presence'
import { handoffWrites } from '../handoff/writes'
import { incidentWrites } from '../incidents/writes'
import { insightWrites } from '../insights/writes'
import { keepingWrites } from '../keeping/writes'
import { ledgerWrites } from '../ledger/writes'
import { uploadWrites } from '../uploads/writes'
import { visitorWrites } from '../channels/direct-line/visitor-writes'
import { teamsInboundWrites } from '../channels/teams/inbound/inbound-writes'
import { teamsWrites } from '../channels/teams/sending/writes'
import { teamsDeskWrites } from '../channels/teams-desk/writes'

/** Every change the database knows, by name. The storage worker runs them; nothing else writes. */
export const writes = {
  ...agentWrites,
  ...conversationWrites,
  ...forgetWrites,
  ...handoffWrites,
  ...absenceWrites,
  ...deskPresenceWrites,
  ...farewellWrites,
  ...incidentWrites,
  ...insightWrites,
  ...keepingWrites,
  ...ledgerWrites,
  ...uploadWrites,
  ...visitorWrites,
  ...teamsWrites,
  ...teamsInboundWrites,
  ...teamsDeskWrites,
  ...webhookWrites,
}

export type Writes = typeof writes
export type WriteName = keyof Writes
export type InputOf<N extends WriteName> = Parameters<Writes[N]>[1]
export type OutputOf<N extends WriteName> = Awaited<ReturnType<Writes[N]>>
