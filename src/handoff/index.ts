export { Announcer } from './announcer'
export { Handoffs, type Handoff } from './handoffs'
export { deskRoutes } from './desk-routes'
export type { Agent, Command, Refusal, Ticket } from './ticket'
