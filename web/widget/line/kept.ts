import type { StorageLike } from './types'
import type { Entry } from './outbox'

/** What outlives the page. Where storage is blocked or full, nothing does, and all goes on in memory. */
export interface Kept {
  readResume(): string | undefined
  writeResume(resume: string | undefined): void
  /** Who comes from our other chat page goes on with that conversation; once, so that one left behind stays there. */
  takeOver(): void
  /** Undefined when storage cannot be read. */
  readOutbox(): readonly Entry[] | undefined
  /** False when it could not be kept. */
  writeEntry(entry: Entry): boolean
  removeEntry(id: string): void
  /** What another tab's change of this key was about. */
  about(key: string | null): 'resume' | 'outbox' | undefined
}

/** Where the page with the stock chat keeps its secret. */
const stockKey = 'fixladder.resume'
const takenKey = 'fixladder:taken'

/**
 * Everything under `fixladder:`, for each person who is known by name apart. Each message has a key of its own: two tabs
 * that write at the same moment then never overwrite each other's.
 */
export function createKept(storage: StorageLike | undefined, subject: string | undefined): Kept {
  const root = subject === undefined ? 'fixladder:' : `fixladder:${subject}:`
  const resumeKey = `${root}resume`
  const outboxKey = `${root}out:`
  /** Of a person whose name is "out", everything begins like it too. */
  const isEntry = (key: string) =>
    key.startsWith(outboxKey) && !key.slice(outboxKey.length).includes(':')
  const attempt = <T>(act: (storage: StorageLike) => T): T | undefined => {
    try {
      return storage && act(storage)
    } catch {
      // Blocked by the browser's settings, or full.
      return undefined
    }
  }
  return {
    readResume: () => attempt((at) => at.getItem(resumeKey) ?? undefined),
    writeResume: (resume) =>
      attempt((at) =>
        resume === undefined ? at.removeItem(resumeKey) : at.setItem(resumeKey, resume),
      ),
    takeOver: () =>
      attempt((at) => {
        const stock = at.getItem(stockKey)
        if (subject !== undefined || stock === null || at.getItem(takenKey) !== null) return
        at.setItem(takenKey, 'yes')
        if (at.getItem(resumeKey) === null) at.setItem(resumeKey, stock)
      }),
    readOutbox: () =>
      attempt((at) =>
        Array.from({ length: at.length }, (_, index) => at.key(index))
          .filter((key) => key !== null && isEntry(key))
          .flatMap((key) => readEntry(at.getItem(key ?? '')))
          .sort((one, other) => one.order - other.order || (one.id < other.id ? -1 : 1)),
      ),
    writeEntry: (entry) =>
      // Storage has no room for files, and words without what they are about would be another message.
      !entry.files &&
      (attempt((at) => {
        const { isAcked: _acked, isKept: _kept, notYet: _notYet, isSeen: _seen, ...kept } = entry
        at.setItem(outboxKey + entry.id, JSON.stringify(kept))
        return true
      }) ??
        false),
    removeEntry(id) {
      attempt((at) => at.removeItem(outboxKey + id))
    },
    about: (key) =>
      key === null || key === resumeKey ? 'resume' : isEntry(key) ? 'outbox' : undefined,
  }
}

function readEntry(text: string | null): Entry[] {
  try {
    const entry = JSON.parse(text ?? '') as Partial<Entry> | null
    const isEntry =
      typeof entry?.id === 'string' &&
      typeof entry.text === 'string' &&
      typeof entry.at === 'number' &&
      typeof entry.order === 'number'
    return isEntry ? [entry as Entry] : []
  } catch {
    // Not written by us: left alone.
    return []
  }
}
