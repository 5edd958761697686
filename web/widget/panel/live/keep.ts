/** Small wishes and the draft, kept where the browser lets us; where it does not, for as long as the page lives. */
export interface Keep {
  read(name: string): string | undefined
  write(name: string, value: string | undefined): void
  /** Calls when another tab writes it. Gives the way to stop. */
  watch(
    name: string,
    listener: (value: string | undefined, before: string | undefined) => void,
  ): () => void
}

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** A keep in one of the browser's storages, asked for anew each time: only to look at one may throw. */
export function createKeep(storage: () => Kept): Keep {
  const memory = new Map<string, string>()
  const attempt = <T>(act: () => T): T | undefined => {
    try {
      return act()
    } catch {
      // Blocked by the browser's settings, or full: memory has it.
      return undefined
    }
  }
  return {
    read: (name) =>
      memory.get(name) ?? attempt(() => storage().getItem(`fixladder-panel:${name}`) ?? undefined),
    write(name, value) {
      const key = `fixladder-panel:${name}`
      if (value === undefined) {
        memory.delete(name)
        attempt(() => storage().removeItem(key))
      } else {
        memory.set(name, value)
        attempt(() => storage().setItem(key, value))
      }
    },
    watch(name, listener) {
      const heard = ({ key, newValue, oldValue }: StorageEvent) => {
        if (key !== `fixladder-panel:${name}`) return
        memory.delete(name)
        listener(newValue ?? undefined, oldValue ?? undefined)
      }
      addEventListener('storage', heard)
      return () => removeEventListener('storage', heard)
    },
  }
}
