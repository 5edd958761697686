import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { createReader, PackError, remember } from '../../knowledge'
import type { Knowledge } from '../conversations'
import type { Log } from '../log'
import { builtModels, learnInWorker } from './learn-in-worker'

export interface KnowledgeOptions {
  /** The folder of the pack. */
  readonly folder: string
  /** Where models are kept between starts. */
  readonly dataDir: string
  readonly log: Log
}

/** Holds the knowledge that turns use, and swaps it for a newer version in one step. A broken pack changes nothing. */
export class KnowledgeStore {
  #current: Knowledge
  #loading: Promise<boolean> | undefined
  #waiting: Promise<boolean> | undefined
  readonly #options: KnowledgeOptions

  private constructor(current: Knowledge, options: KnowledgeOptions) {
    this.#current = current
    this.#options = options
  }

  /** Loads the pack for the first time. Throws PackError with every fault of it. */
  static async open(options: KnowledgeOptions): Promise<KnowledgeStore> {
    return new KnowledgeStore(await load(options), options)
  }

  get current(): Knowledge {
    return this.#current
  }

  /** Loads the pack again. Resolves to false, with the faults in the log, when the last good version stays. */
  reload(): Promise<boolean> {
    // Whoever asks while a load is under way may have changed a file since it began, so one more follows; only one,
    // however many ask.
    this.#waiting ??= (this.#loading ?? Promise.resolve(true)).then(() => {
      this.#waiting = undefined
      this.#loading = this.#replace()
      return this.#loading
    })
    return this.#waiting
  }

  async #replace(): Promise<boolean> {
    const { log, folder } = this.#options
    try {
      this.#current = await load(this.#options)
      log.info({ pack: this.#current.pack.info.version }, 'the pack was loaded again')
      return true
    } catch (error) {
      log.error({ err: error, folder }, 'the pack could not be loaded; the last good version stays')
      return false
    }
  }
}

async function load({ folder, dataDir, log }: KnowledgeOptions): Promise<Knowledge> {
  const learnt = await learnInWorker({
    folder,
    modelFolders: [builtModels, join(dataDir, 'models')],
    keepIn: join(dataDir, 'models'),
  })
  if ('faults' in learnt) throw new PackError(learnt.faults)
  const { pack, trained, unkept, wasKnown } = learnt
  log.debug({ pack: pack.info.version, wasKnown }, 'the pack is read')
  if (unkept !== undefined)
    log.warn({ err: unkept, dataDir }, 'the model could not be kept; the next start learns again')
  // Taking over what the worker made, making the reader and its first readings are steps of their own for the event loop.
  await setImmediate()
  const reader = createReader(pack, trained)
  await setImmediate()
  // The first readings are slow until the engine has compiled the way; better now than in somebody's first message,
  // and one at a time, so that messages which come meanwhile are not held up.
  for (const symptom of pack.symptoms.values()) {
    reader.read(symptom.title)
    await setImmediate()
  }
  const read = remember(
    (text: string, context?: { readonly locale?: string }) => reader.read(text, context),
    (context) => context?.locale ?? '',
  )
  return { pack, reader: { read } }
}
