/** Lets so many pieces of work run at once and so many wait; undefined says that there is no more room. */
export interface Gate {
  run<T>(work: () => Promise<T>): Promise<T> | undefined
}

export function createGate(options: { readonly atOnce: number; readonly waiting: number }): Gate {
  const waiting: (() => void)[] = []
  let running = 0
  const enter = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= options.atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      return await work()
    } finally {
      // The place goes to the one who has waited longest, without becoming free in between.
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
  return {
    run: (work) =>
      running >= options.atOnce && waiting.length >= options.waiting ? undefined : enter(work),
  }
}
