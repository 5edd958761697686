import { z } from 'zod'

/** What the help desk may send, checked: activities of Bot Framework, and no more of them than is used. */

const longestName = 60
const id = z.string().regex(/^[\x21-\x7e]{1,100}$/)

/** A name as the person reads it in a line: cut, and without what would break the line. */
const name = z
  .string()
  .max(1_000)
  .transform((given) =>
    given
      .trim()
      .slice(0, longestName)
      .replace(/[\p{C}\s]+/gu, ' ')
      .trim(),
  )
  .refine((left) => left !== '', 'it is empty')

/** An agent by the desk's own id, and the name that the person reads. */
const agent = z.object({ id: z.union([id, z.int().transform(String)]), name })
const text = z.string().trim().min(1).max(10_000)

const common = {
  /** The same however often it is sent. */
  id: z.string().regex(/^[\x21-\x7e]{1,200}$/),
  /** Its id is the case's. */
  conversation: z.object({ id }),
}

const status = z.object({
  state: z.enum(['accepted', 'failed', 'completed']),
  agent: agent.optional(),
  /** Said to the person; of `failed` it is a remark for other agents. */
  message: text.optional(),
  /** Of `completed`: what fixed it, as a fix of the pack, `other` or `nothing`; and what it was, in words. */
  fixed: z
    .string()
    .regex(/^[a-z0-9-]{1,100}$/)
    .optional(),
  words: text.optional(),
})

const returning = z.object({
  agent: agent.optional(),
  /** The fix at which the bot goes on; otherwise wherever the ladder stands. */
  fix: z
    .string()
    .regex(/^[a-z0-9-]{1,100}$/)
    .optional(),
})

export const received = z.union([
  z.object({ ...common, type: z.literal('message'), from: agent, text }),
  z.object({ ...common, type: z.literal('typing'), from: agent }),
  z.object({
    ...common,
    type: z.literal('event'),
    name: z.literal('handoff.status'),
    value: status,
  }),
  z.object({
    ...common,
    type: z.literal('event'),
    name: z.literal('handoff.return'),
    value: returning.default({}),
  }),
])

export type Received = z.infer<typeof received>

/** What is wrong with it, in one sentence for whoever writes the other side. */
export function faultIn(json: unknown): string {
  const head = z.looseObject({ type: z.string(), name: z.string().optional() }).safeParse(json)
  const kind = head.success && [head.data.type, head.data.name].filter(Boolean).join(' ')
  const schema = received.options.find(({ shape }) => {
    const name = 'name' in shape ? ` ${shape.name.value}` : ''
    return `${shape.type.value}${name}` === kind
  })
  if (!schema)
    return 'Send an activity of type message or typing, or an event named handoff.status or handoff.return.'
  const [issue] = schema.safeParse(json).error?.issues ?? []
  return `Something is wrong with "${issue?.path.join('.') ?? ''}" of this activity: ${issue?.message ?? ''}.`
}
