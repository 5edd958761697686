/** Looking something up in a pack: what somebody may mean who types, and what most people look for. */
export { commonest } from './commonest'
export { find, firstFixes, type Finding, type Found } from './find'
