/** "Find a fix": searching the pack from Teams' compose box. */
export { createFindFix, type Lookup } from './find-fix'
export { findCommand } from './query'
