import { writeSync } from 'node:fs'
import type { FailPoint } from '../../../src/fail-points'

/** Takes the place of `src/fail-points.ts` in the chaos tests' server: `FIXLADDER_FAIL_POINT=turn-loaded:3` ends it at the third time. */
const [where = '', nth = '1'] = (process.env.FIXLADDER_FAIL_POINT ?? '').split(':')
let left = Number(nth)

export function failPoint(name: FailPoint): void {
  if (name !== where) return
  left -= 1
  if (left > 0) return
  // By then the answer is with the system, and only then.
  if (name === 'ack-after') setImmediate(die)
  else die()
}

function die(): void {
  writeSync(2, `${deathMark}${where}\n`)
  process.kill(process.pid, 'SIGKILL')
}

const deathMark = 'died at the fail point '
