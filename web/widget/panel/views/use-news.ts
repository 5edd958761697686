import { useEffect, useRef, useState } from 'preact/hooks'
import type { LineState } from '../../line'
import type { Keep } from '../live/keep'
import { look, noNews } from '../state/news'
import type { Item } from '../state/transcript'

/** What was read out stays for a while, so that a slow screen reader gets to it; then it goes, or it would be found twice. */
const keptAloud = 8
const keptAloudMs = 15_000

/** Where it lies how far a person has read; each whom the page names has a place of their own. */
export const seenName = (subject: string | undefined): string =>
  subject === undefined ? 'seen' : `seen:${subject}`

interface NewsProps {
  readonly items: readonly Item[]
  readonly state: LineState
  readonly isSeen: boolean
  readonly keep: Keep
  readonly subject: string | undefined
  readonly onFresh: (items: readonly Item[]) => void
}

/** Notices what is new: to be read out, each once, and to be counted until somebody has looked, on whatever page. */
export function useNews({ items, state, isSeen, keep, subject, onFresh }: NewsProps) {
  const news = useRef(noNews)
  const conversation = useRef(state.conversationId)
  const name = seenName(subject)
  const [aloud, setAloud] = useState<readonly Item[]>([])
  const [unread, setUnread] = useState(0)
  const [elsewhere, setElsewhere] = useState<string>()
  useEffect(() => keep.watch(name, setElsewhere), [keep, name])
  useEffect(() => {
    const { isBack, connection, conversationId } = state
    // A conversation taken up by a link, by another tab or for another person has a history of its own.
    if (conversationId !== undefined && conversation.current !== conversationId) {
      if (conversation.current !== undefined && isBack)
        news.current = { ...news.current, isBegun: false }
      conversation.current = conversationId
    }
    const before = keep.read(name)
    const isHeard = connection === 'open'
    const seen = look(news.current, { items, isHeard, isBack, isSeen, seen: before })
    news.current = seen.news
    setUnread(seen.unread)
    if (seen.seen !== before) keep.write(name, seen.seen)
    if (seen.fresh.length === 0) return
    setAloud((earlier) => [...earlier, ...seen.fresh].slice(-keptAloud))
    onFresh(seen.fresh)
  }, [items, state.connection, state.isBack, state.conversationId, isSeen, name, elsewhere])
  useEffect(() => {
    if (aloud.length === 0) return
    const timer = setTimeout(() => setAloud([]), keptAloudMs)
    return () => clearTimeout(timer)
  }, [aloud])
  return { aloud, unread }
}
