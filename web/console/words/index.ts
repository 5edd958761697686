import { caseWords } from './case'
import { frameWords } from './frame'
import { pageWords } from './pages'

/** Every sentence of the console. */
export const words = { ...frameWords, ...caseWords, ...pageWords }
