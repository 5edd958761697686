import type { Person } from './people'
import type { Answer, Place } from './policy'
import type { TrueFix, TrueLadder } from './truth'

/** How a visit ended: by a fix that cured, by a person, by leaving, or by a yes that was not true. */
export type End = 'fix' | 'person' | 'left' | 'wrong-yes'

export interface Visit {
  readonly end: End
  /** Until the trouble is gone. Who left, or said yes wrongly, needs a person later; that is in here as well. */
  readonly minutes: number
  readonly answers: readonly Answer[]
}

/** What a person's help costs in minutes; they always solve it. The bot's own setting has the same default. */
export const humanMinutes = 60

/** Minutes to read a question and to answer it, at each rung. */
export const askingMinutes = 0.2

/** One person goes up one ladder. */
export function visit(person: Person, ladder: TrueLadder, start: Place): Visit {
  const answers: Answer[] = []
  let causes = person.causes
  let minutes = 0
  let hasOverlooked = false
  const end = (how: End): Visit => ({
    end: how,
    minutes: minutes + (how === 'fix' ? 0 : humanMinutes),
    answers,
  })
  for (let place = start; ;) {
    const fix = ladder.fixes[place.fix]
    if (!fix) return end('person')
    if (minutes + fix.minutes + askingMinutes > person.patience) {
      minutes = person.patience
      return end('left')
    }
    minutes += fix.minutes + askingMinutes
    const before = causes.length
    causes = leftAfter(fix, person, ladder, causes)
    const works = causes.length === 0
    const overlooks: boolean = works && person.overlooks && !hasOverlooked
    hasOverlooked ||= overlooks
    if (works ? !overlooks : answers.length + 1 === person.hastyAt) {
      answers.push({ fix: fix.id, result: fix.isCheck ? 'found' : 'helped' })
      return end(works ? 'fix' : 'wrong-yes')
    }
    const result = !works && causes.length < before && person.notices ? 'partly' : 'no_help'
    answers.push({ fix: fix.id, result })
    if (answers.length === person.leavesAfter) return end('left')
    place = place.after(result)
  }
}

/** The causes that are left after a fix, and whatever is done with it. */
function leftAfter(
  { does }: TrueFix,
  person: Person,
  ladder: TrueLadder,
  causes: readonly number[],
): readonly number[] {
  let left = causes
  for (const at of does) {
    const done = ladder.fixes[at]
    if (done && (person.coins[at] ?? 1) < done.efficacy && left.includes(done.cause))
      left = left.filter((cause) => cause !== done.cause)
  }
  return left
}
