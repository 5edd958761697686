import { z } from 'zod'

/** Teams' ids have 40 to 250 characters. */
const longestId = 1_000

const id = z.string().min(1).max(longestId)
/** Something that is nice to have: a person is not refused because of it. */
const decoration = z.string().max(100).optional().catch(undefined)

const account = z.object({ id, name: decoration, aadObjectId: decoration })
const members = z.array(z.object({ id })).nullish()
const group = z.object({ id: id.optional().catch(undefined) }).nullish()

const schema = z.object({
  type: z.string().max(100),
  name: decoration,
  id: id.optional(),
  replyToId: id.optional().catch(undefined),
  timestamp: decoration,
  from: account,
  recipient: account,
  conversation: z.object({ id, conversationType: decoration }),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  locale: decoration,
  localTimestamp: decoration,
  localTimezone: decoration,
  entities: z.array(z.unknown()).nullish(),
  attachments: z.array(z.unknown()).nullish(),
  membersAdded: members,
  membersRemoved: members,
  action: decoration,
  channelData: z
    .object({
      team: group,
      channel: group,
      eventType: decoration,
      settings: z.object({ selectedChannel: group }).nullish().catch(undefined),
    })
    .nullish()
    .catch(undefined),
})

/** What of an activity of Teams is read, in its shape. */
export type TeamsActivity = z.infer<typeof schema>

/** The activity in a body whose token was verified; undefined when it has another shape. */
export const parseActivity = (json: unknown): TeamsActivity | undefined =>
  schema.safeParse(json).data

/** An account as it is kept: what Teams says besides is not. */
export const named = ({ id, name }: { id: string; name?: string | undefined }) => ({
  id,
  ...(name !== undefined && { name }),
})
