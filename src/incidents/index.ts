export { Incidents, type CountedIncident } from './incidents'
export { incidentRoutes, titleOf, type WireIncident } from './routes'
