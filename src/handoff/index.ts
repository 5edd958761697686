export { Announcer } from './announcer'
export { Handoffs, type Handoff } from './handoffs'
export { deskRoutes } from './desk-routes'
