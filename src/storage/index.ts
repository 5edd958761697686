export { Database } from './database'
export { statement, type Reads, type SqlValue, type Statement } from './statement'
export type { Tables } from './tables'
export { Refused, type Tx, type Write } from './tx'
