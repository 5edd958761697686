export { placeOf, type DeskPlace } from './place'
export { createTeamsDesk, type TeamsDeskOptions } from './teams-desk'
