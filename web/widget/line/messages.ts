import type { WireActivity } from '../wire'
import type { Kept } from './kept'
import {
  carriedOver,
  change,
  joinKept,
  nextOrder,
  shownBy,
  type Entry,
  type Outbox,
} from './outbox'
import type { Store } from './store'

/** The outbox as it stands: in memory, in storage and on the page. */
export function createMessages(store: Store, firstKept: Kept) {
  let kept = firstKept
  let outbox: Outbox = []
  let isStuck = false

  function put(next: Outbox): void {
    const before = new Map(outbox.map((entry) => [entry.id, entry]))
    outbox = next.map((entry) => {
      const isChanged = before.get(entry.id) !== entry
      before.delete(entry.id)
      return isChanged && !isSame(entry) ? { ...entry, isKept: kept.writeEntry(entry) } : entry
    })
    for (const id of before.keys()) kept.removeEntry(id)
    store.show(outbox, isStuck)
  }
  /** Whether it differs from what was there only in what is not kept. */
  const isSame = (entry: Entry): boolean => {
    const old = outbox.find(({ id }) => id === entry.id)
    return (
      old?.isKept === true &&
      old.reason === entry.reason &&
      old.conversation === entry.conversation &&
      old.order === entry.order &&
      old.at === entry.at
    )
  }

  return {
    get outbox() {
      return outbox
    },
    /** Reads what an earlier page left. */
    load(): void {
      const known = new Set(outbox.map(({ id }) => id))
      const left = (kept.readOutbox() ?? []).filter(({ id }) => !known.has(id))
      const later = nextOrder(left)
      const own = outbox.map((entry, index) => ({ ...entry, order: later + index }))
      outbox = [...left.map((entry) => ({ ...entry, isKept: true })), ...outbox]
      put([...outbox.slice(0, left.length), ...own])
    },
    /** Another tab has changed what is kept. */
    join(): void {
      const there = kept.readOutbox()
      if (!there) return
      outbox = joinKept(outbox, there)
      store.show(outbox, isStuck)
    },
    add: (entry: Omit<Entry, 'order'>) => put([...outbox, { ...entry, order: nextOrder(outbox) }]),
    acknowledge: (id: string) => put(change(outbox, id, { isAcked: true })),
    fail: (id: string, reason: string) => put(change(outbox, id, { reason })),
    progress: (id: string, progress: number | undefined) => put(change(outbox, id, { progress })),
    due: (id: string) => put(change(outbox, id, { notYet: false })),
    /** To the end: what was written since has gone before it. */
    retry(id: string, at: number): void {
      const entry = outbox.find((each) => each.id === id)
      if (entry?.reason === undefined) return
      const others = outbox.filter((each) => each !== entry)
      put([...others, { ...entry, at, reason: undefined, order: nextOrder(outbox) }])
    },
    drop: (id: string) => put(outbox.filter((entry) => entry.id !== id)),
    clear: () => put([]),
    /** Another conversation is chosen: what the server has, has refused or would not make sense of there stays behind. */
    takeAlong: () =>
      put(
        outbox.filter(({ value, reason, isAcked }) => !isAcked && (value ?? reason) === undefined),
      ),
    settle(activities: readonly WireActivity[]): void {
      const shown = shownBy(outbox, activities)
      if (shown.length > 0) put(outbox.filter((entry) => !shown.includes(entry)))
    },
    /** They go on in this conversation. */
    moveTo: (conversation: string) => put(carriedOver(outbox, conversation)),
    stick(stuck: boolean): void {
      isStuck = stuck
      store.show(outbox, isStuck)
    },
    /** Another person's storage; of what waits, these come along. */
    changeHands(to: Kept, along: Outbox): void {
      const orphans = outbox.filter((entry) => along.includes(entry))
      for (const { id } of orphans) kept.removeEntry(id)
      kept = to
      outbox = []
      put(orphans.map((entry) => ({ ...entry, isKept: false })))
    },
  }
}

export type Messages = ReturnType<typeof createMessages>
