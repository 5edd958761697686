import type { ChildProcess } from 'node:child_process'

/** What a process does for the one that started it, by name. */
export type Deeds = Readonly<Record<string, (input: never) => unknown>>

/** Asks a process for one of its deeds, and waits for what comes of it. */
export type Ask<D extends Deeds> = <N extends keyof D & string>(
  name: N,
  ...input: Parameters<D[N]>
) => Promise<Awaited<ReturnType<D[N]>>>

interface Asked {
  readonly id: number
  readonly name: string
  readonly input?: unknown
}

interface Told {
  readonly id: number
  readonly result?: unknown
  readonly error?: string
}

/** Does what the process that started this one asks for, and ends with it. */
export function serve(deeds: Deeds): void {
  const run = async ({ name, input }: Asked): Promise<unknown> => deeds[name]?.(input as never)
  process.on('message', (asked: Asked) => {
    run(asked).then(
      (result) => process.send?.({ id: asked.id, result } satisfies Told),
      (error: unknown) => process.send?.({ id: asked.id, error: String(error) } satisfies Told),
    )
  })
  process.once('disconnect', () => process.exit(1))
}

/** The other side of `serve`. */
export function askOf<D extends Deeds>(child: ChildProcess): Ask<D> {
  const waiting = new Map<number, (told: Told) => void>()
  let lastId = 0
  child.on('message', (told: Told) => {
    waiting.get(told.id)?.(told)
    waiting.delete(told.id)
  })
  child.once('exit', (code) => {
    for (const [id, settle] of waiting) settle({ id, error: `The process ended with ${code}.` })
    waiting.clear()
  })
  return (name, ...[input]) =>
    new Promise((resolve, reject) => {
      lastId += 1
      waiting.set(lastId, ({ result, error }) => {
        if (error === undefined) resolve(result as never)
        else reject(new Error(error))
      })
      child.send({ id: lastId, name, input } satisfies Asked)
    })
}
