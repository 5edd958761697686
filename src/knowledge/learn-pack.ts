import { parentPort, workerData } from 'node:worker_threads'
import {
  PackError,
  parsePack,
  readPackFiles,
  trainReader,
  type Fault,
  type PackFile,
  type Trained,
} from '../../knowledge'
import { modelName, readModel, writeModel, type Model } from './model-files'

/**
 * Reads a pack and learns from it, in a thread of its own: the thread that answers people does not wait. As a worker it
 * posts what it learnt; the build runs the same for the first pack, so that a first start need not learn.
 */

/** What is to be learnt, and where models are kept. */
export interface Lesson {
  readonly folder: string
  /** Where a model may lie already. */
  readonly modelFolders: readonly string[]
  /** Where a new one is kept; not at all without it. */
  readonly keepIn?: string
}

/** What a worker posts. */
export type Learnt =
  | (Model & {
      readonly wasKnown: boolean
      /** Why what was learnt could not be kept; the next start learns again. */
      readonly unkept?: unknown
    })
  | { readonly faults: readonly Fault[] }

export async function learnPack({ folder, modelFolders, keepIn }: Lesson): Promise<Learnt> {
  try {
    const files = await readPackFiles(folder)
    const name = modelName(files, __filename)
    const known = readModel(name, modelFolders)
    if (known) return { ...known, wasKnown: true }
    const model = learn(files)
    const unkept = keepIn === undefined ? undefined : keep(name, keepIn, model)
    return { ...model, wasKnown: false, ...(unkept !== undefined && { unkept }) }
  } catch (error) {
    if (error instanceof PackError) return { faults: error.faults }
    throw error
  }
}

function learn(files: readonly PackFile[]): Model {
  const pack = parsePack(files)
  return { pack, trained: trainReader(pack) }
}

/** A full disk is no reason to be without the pack; gives back what went wrong. */
function keep(name: string, folder: string, model: Model): unknown {
  try {
    writeModel(name, folder, model)
    return undefined
  } catch (error) {
    return error
  }
}

/** The memory that is handed over instead of copied. */
function buffersOf({ trained }: Extract<Learnt, { trained: Trained }>): ArrayBuffer[] {
  const { features, scorer, phraseLabels, postings, senses } = trained.model
  const arrays = [
    features.table.hashes,
    features.table.values,
    features.idf,
    phraseLabels,
    ...Object.values(postings),
    senses,
    ...(scorer.kind === 'linear'
      ? [scorer.weights.features, scorer.weights.senses]
      : Object.values(scorer.means)),
  ]
  // A buffer that was read from a file may be shared by several arrays.
  const buffers = new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))
  // Small arrays of a file lie in the pool that Node.js cuts buffers from: handing that over is refused from Node.js 22 on.
  return [...buffers].filter(({ byteLength }) => byteLength > Buffer.poolSize)
}

if (parentPort) {
  const port = parentPort
  void learnPack(workerData as Lesson).then((learnt) =>
    port.postMessage(learnt, 'trained' in learnt ? buffersOf(learnt) : []),
  )
}
