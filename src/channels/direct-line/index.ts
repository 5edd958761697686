export { createDirectLine } from './direct-line'
export type { DirectLine, DirectLineOptions, DirectLineSettings } from './direct-line'
export type { VisitorSecrets } from './secrets'
export { storedSecrets } from './stored-secrets'
