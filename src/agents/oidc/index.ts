export { providerOf, type OidcSettings } from './provider'
export { oidcRoutes } from './routes'
