export { isTeamsConversation } from './addresses'
export { createTeams } from './teams'
export type { Teams, TeamsOptions, TeamsSettings } from './teams'
