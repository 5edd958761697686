import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Learnt, Lesson } from './learn-pack'

/** Beside the bundle when built; tests run from the sources and use the built one. */
const built = __filename.endsWith('.ts') ? join(__dirname, '../../dist') : __dirname

/** Where the build keeps what it learnt of the first pack. */
export const builtModels = join(built, 'models')

/** Reads a pack, and learns from it unless that was done before, on a thread of its own. */
export function learnInWorker(lesson: Lesson): Promise<Learnt> {
  const file = join(built, 'learn-pack.js')
  const worker = new Worker(file, { workerData: lesson, name: 'learn-pack' })
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('The thread that learns the pack ended early.')))
  })
}
