/** The pack in use: learnt beside the thread that answers, swapped in one step. */
export { KnowledgeStore } from './knowledge-store'
/** The same for a tool, once. */
export { builtModels, learnInWorker } from './learn-in-worker'
