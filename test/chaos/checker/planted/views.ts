import { unsee } from './renumber'
import {
  ackedIn,
  elsewhere,
  inside,
  isOnly,
  lastOf,
  pick,
  placeIn,
  polls,
  readers,
} from './picking'
import type { Planted } from './planted'

/** What a server may do wrong with what it shows to readers. */
export const inViews: readonly Planted[] = [
  {
    name: 'a reader saw what is not kept',
    breaks: 'I2',
    plant(history, random) {
      const view = pick(
        random,
        history.views.filter(({ reachesEnd }) => reachesEnd),
      )
      const last = view.pages.at(-1)
      last?.seen.push({ seq: lastOf(history, view.conversation) + 1 })
    },
  },
  {
    name: 'a reader sees a row twice',
    breaks: 'I3',
    plant(history, random) {
      const { page, at } = placeIn(random, readers(history), 1)
      const one = page.seen[at]
      if (one) page.seen.splice(at, 0, { ...one })
    },
  },
  {
    name: 'more comes twice elsewhere than may',
    breaks: 'I3',
    plant(history, random) {
      const { page, at } = placeIn(random, elsewhere(history), 1)
      const one = page.seen[at]
      if (one) page.seen.splice(at, 0, { ...one })
    },
  },
  {
    name: 'a number is missing',
    breaks: 'I4',
    plant(history, random) {
      // One that nothing else hangs on.
      const note = pick(
        random,
        history.log.filter(({ from, audience }) => from === 'server' && isOnly(audience, 'agents')),
      )
      history.log = history.log.filter((row) => row !== note)
      unsee(history, note.conversation, note.seq)
    },
  },
  {
    name: 'a conversation counts further than its log',
    breaks: 'I4',
    plant(history, random) {
      const talk = pick(random, history.talks)
      talk.lastSeq += 1
      talk.botCursor += 1
    },
  },
  {
    name: 'two rows have one number',
    breaks: 'I4',
    plant(history, random) {
      const { conversation, seq } = inside(history, random)
      history.log.push({ conversation, seq, from: 'server', audience: [] })
    },
  },
  {
    name: 'a reader sees another order',
    breaks: 'I4',
    plant(history, random) {
      const { page, at } = placeIn(random, readers(history), 2)
      const [one, two] = page.seen.slice(at, at + 2)
      if (one && two) page.seen.splice(at, 2, two, one)
    },
  },
  {
    name: 'elsewhere it arrives in another order',
    breaks: 'I4',
    plant(history) {
      const [page] = elsewhere(history)[0]?.pages ?? []
      page?.seen.push(...page.seen.splice(-2).toReversed())
    },
  },
  {
    name: 'a reader passes a row',
    breaks: 'I4',
    plant(history, random) {
      // Nobody can say what the first is that one from ahead was to see.
      const here = readers(history).filter(({ isAhead }) => !isAhead)
      const { page, at } = placeIn(random, here, 2)
      page.seen.splice(at, 1)
    },
  },
  {
    name: 'a reader sees other words',
    breaks: 'I4',
    plant(history, random) {
      const seen = readers(history).flatMap(({ pages }) => pages.flatMap((page) => page.seen))
      pick(
        random,
        seen.filter(({ text }) => text !== undefined),
      ).text = 'other words'
    },
  },
  {
    name: 'a reader sees what is for others',
    breaks: 'I4',
    plant(history, random) {
      const note = pick(
        random,
        history.log.filter(({ audience }) => isOnly(audience, 'agents')),
      )
      const view = pick(
        random,
        history.views.filter(
          (each) => each.conversation === note.conversation && each.kind === 'transcript',
        ),
      )
      const seen = view.pages[0]?.seen ?? []
      const at = seen.findIndex(({ seq }) => seq > note.seq)
      seen.splice(at, 0, { seq: note.seq })
    },
  },
  {
    name: 'a reader ends too early',
    breaks: 'I4',
    plant(history, random) {
      const view = pick(
        random,
        history.views.filter(({ reachesEnd }) => reachesEnd),
      )
      const [page] = view.pages
      page?.seen.pop()
      if (page) page.watermark = page.seen.at(-1)?.seq ?? 0
    },
  },
  {
    name: 'a watermark goes back',
    breaks: 'I5',
    plant(history, random) {
      const view = pick(
        random,
        readers(history).filter(({ pages }) => pages.length > 1),
      )
      const at = 1 + Math.floor(random() * (view.pages.length - 1))
      const [before, page] = view.pages.slice(at - 1, at + 1)
      if (before && page) page.watermark = before.watermark - 1
    },
  },
  {
    name: 'the first watermark is behind the one that was brought',
    breaks: 'I5',
    plant(history, random) {
      const view = pick(
        random,
        readers(history).filter(({ from, pages }) => from > 0 && pages.length > 0),
      )
      const [page] = view.pages
      if (page) page.watermark = view.from - 1
    },
  },
  {
    name: 'what was acknowledged cannot be read at once',
    breaks: 'I6',
    plant(history, random) {
      const view = pick(random, polls(history))
      const sent = pick(random, ackedIn(history, view.conversation))
      const [{ seq = 0, at } = { at: 0 }] = sent.acks
      // Asked for after it, and yet not there; the next page has it.
      const behind = view.pages.findIndex((page) => page.watermark >= seq)
      const watermark = view.pages[behind - 1]?.watermark ?? view.from
      view.pages.splice(behind, 0, { asked: at + 0.5, watermark, seen: [] })
    },
  },
]
