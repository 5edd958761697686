import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pack } from '../../knowledge'
import { changed } from './changed-pack'
import { expected, play } from './player'
import { loadFirstPack } from '../first-pack'

/**
 * Every `.chat` file beside this one, played against the real bot. The whole conversation is compared, so a
 * failure shows as a diff of what was really said. `[label]` is a button; `press: (old) Yes` presses one of the
 * question before the last; `(later 20m)`, `(restart)`, `(down 1h)` and `(pack changed)` are what happens meanwhile;
 * `(zone Asia/Kolkata)` moves the person (`unknown`: their client does not say), who may open the chat `(opens again)`.
 * `(desk unreachable)` and `(desk declines)`: the help desk behind the webhook does not take the case just now.
 * `user: (picture) WORDS` and `user: (recording)` are messages that bring a file.
 * `(closes the page)`, `(Maria opens the console)` and `(Maria is cut off)` are who is there.
 * `(in a channel)` and `(in a channel, with our own chat)` begin where others read along; `(in our own chat)` and
 * `(in the channel)` are where it goes on.
 * `(incident NAME: "…")` and `(incident over)` are what everybody has.
 */
const stories = readdirSync(__dirname).filter((name) => name.endsWith('.chat'))
// A changed pack is learnt on the way, which takes its time on a busy machine.
jest.setTimeout(90_000)

let pack: Pack
/** Learnt once, by the first story that needs it. */
let otherPack: Pack

beforeAll(async () => {
  pack = await loadFirstPack()
  otherPack = changed(pack)
})

test.each(stories)('%s', async (name) => {
  const script = readFileSync(join(__dirname, name), 'utf8')
  expect(await play(script, pack, otherPack)).toBe(expected(script))
})
