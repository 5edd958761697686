import { z } from 'zod'

/** The command of the app that looks something up. The manifest names it, and Teams sends it back. */
export const findCommand = { id: 'findFix', parameter: 'query' } as const

/** A search from Teams' compose box or command box. */
export interface Query {
  /** The person who types. */
  readonly person: string
  /** What was typed; empty when the search was only opened. */
  readonly text: string
  /** How many results are there already, and how many more are wanted. */
  readonly skip: number
  readonly count: number
}

export type ReadQuery =
  /** Another kind of activity. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'malformed'; readonly why: string }
  | ({ readonly kind: 'query' } & Query)

/** Teams shows and asks for so many at a time. */
export const mostResults = 25
/** What is typed beyond it is not read, in characters; a trouble is told in less. */
const longestText = 300

const isQuery = z.object({ type: z.literal('invoke'), name: z.literal('composeExtension/query') })

const id = z.string().min(1).max(1_000)
const schema = z.object({
  from: z.object({ id, aadObjectId: z.string().min(1).max(100).optional().catch(undefined) }),
  value: z.object({
    commandId: z.literal(findCommand.id),
    parameters: z
      .array(z.object({ name: z.string().max(100), value: z.unknown().optional() }))
      .max(10)
      .nullish(),
    queryOptions: z
      .object({ skip: z.int().min(0).nullish(), count: z.int().min(1).nullish() })
      .nullish(),
  }),
})
const typed = z.string().nullish()

/** Reads a search in an activity whose token and tenant were verified. */
export function readQuery(json: unknown): ReadQuery {
  if (!isQuery.safeParse(json).success) return { kind: 'elsewhere' }
  const read = schema.safeParse(json)
  if (!read.success) return malformed(read.error)
  const { from, value } = read.data
  const { skip, count } = value.queryOptions ?? {}
  // The first time there is only a parameter that says so: `initialRun`.
  const words = typed.safeParse(
    value.parameters?.find(({ name }) => name === findCommand.parameter)?.value,
  )
  if (!words.success) return malformed(words.error, `value.parameters.${findCommand.parameter}`)
  return {
    kind: 'query',
    person: from.aadObjectId ?? from.id,
    text: (words.data ?? '').slice(0, longestText).trim(),
    skip: skip ?? 0,
    count: Math.min(count ?? mostResults, mostResults),
  }
}

function malformed({ issues }: z.ZodError, at = ''): ReadQuery {
  const [first] = issues
  const where = at || (first?.path.join('.') ?? '')
  return { kind: 'malformed', why: `${where}: ${first?.message ?? 'has another shape'}` }
}
