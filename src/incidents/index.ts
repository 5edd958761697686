export { Incidents, type CountedIncident } from './incidents'
