import type { Words } from '../../words'
import type { Press, Reply, RungReply, RungResult } from '../../wire'

/** How a fix went; `other` is the answer that was pressed, where nothing more is known of it. */
export type Result =
  | {
      readonly kind:
        | 'helped'
        | 'noHelp'
        | 'partly'
        | 'tried'
        | 'later'
        | 'skipped'
        | 'cannot'
        | 'found'
        | 'notFound'
    }
  | { readonly kind: 'other'; readonly text: string }

/**
 * What the bot wrote down of this fix in what it said after it: in the person's own words they may have answered it,
 * long after, or more than once. The last word counts, up to where the same fix is told again. Undefined where it wrote
 * nothing.
 */
export function toldResult(
  rung: RungReply,
  after: readonly (Reply | undefined)[],
): Result | undefined {
  const fixes = rung.together ?? [rung.fix]
  const again = after.findIndex((reply) => reply?.kind === 'rung' && reply.fix === rung.fix)
  // The reply that tells it again may say what became of it before.
  const heard = again < 0 ? after : after.slice(0, again + 1)
  const told = fixes.flatMap(
    (fix) => heard.findLast((reply) => reply?.results?.[fix])?.results?.[fix] ?? [],
  )
  const result = told.find((each) => each === 'helped') ?? told[0]
  return result && { kind: kindOf(rung, result) }
}

/** How it went, as far as the pressed button alone tells it. */
export function pressedResult(rung: RungReply, { answer }: Press, label: string): Result {
  const asksWhetherItHelped = rung.buttons.some((each) =>
    ['already_tried', 'cant_do', 'another_time'].includes(each.answer),
  )
  const isLater = rung.buttons.some((each) => each.answer === 'another_time')
  if (answer === 'already_tried') return { kind: 'tried' }
  if (answer === 'partly') return { kind: 'partly' }
  if (answer === 'skip') return { kind: 'skipped' }
  if (answer === 'another_time') return { kind: 'later' }
  if (asksWhetherItHelped && !isCheck(rung)) {
    if (answer === 'no') return { kind: 'noHelp' }
    if (answer === 'yes') return { kind: isLater ? 'later' : 'helped' }
  }
  return { kind: 'other', text: label }
}

/** As it stands on the folded line. */
export const resultWords = (result: Result, { rung }: Words): string =>
  result.kind === 'other' ? result.text : rung.results[result.kind]

/** "Is a profile listed?" is answered with yes and no as well, and neither says that it helped. */
const isCheck = (rung: RungReply): boolean => !rung.worked && !rung.together

function kindOf(rung: RungReply, result: RungResult): Exclude<Result['kind'], 'other'> {
  if (result === 'no_help') return isCheck(rung) ? 'notFound' : 'noHelp'
  return kinds[result]
}

const kinds = {
  helped: 'helped',
  partly: 'partly',
  already_tried: 'tried',
  parked: 'later',
  cannot: 'cannot',
  skipped: 'skipped',
  declined: 'skipped',
  found: 'found',
} as const
