export { Incidents, type CountedIncident } from './incidents'
export { incidentRoutes, type WireIncident } from './routes'
