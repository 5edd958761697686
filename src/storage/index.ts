export { Database } from './database'
export { statement, type SqlValue, type Statement } from './statement'
export { Refused, type Tx, type Write } from './tx'
