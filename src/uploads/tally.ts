/** What is under way, by whose it is. */
export interface Tally {
  readonly all: number
  of(key: string): number
  /** Counts one more, until what it gives back is called. */
  add(key: string): () => void
}

export function createTally(): Tally {
  const counts = new Map<string, number>()
  let all = 0
  const of = (key: string) => counts.get(key) ?? 0
  return {
    get all() {
      return all
    },
    of,
    add(key) {
      all += 1
      counts.set(key, of(key) + 1)
      return () => {
        all -= 1
        if (of(key) > 1) counts.set(key, of(key) - 1)
        else counts.delete(key)
      }
    },
  }
}
