import { useEffect, useRef, useState } from 'preact/hooks'
import type { LineState } from '../../line'
import { look, noNews } from '../state/news'
import type { Item } from '../state/transcript'

/** What was read out stays for a while, so that a slow screen reader gets to it; then it goes, or it would be found twice. */
const keptAloud = 8
const keptAloudMs = 15_000

interface NewsProps {
  readonly items: readonly Item[]
  readonly state: LineState
  readonly isSeen: boolean
  readonly onFresh: (items: readonly Item[]) => void
}

/** Notices what is new: to be read out, each once, and to be counted while nobody looks. */
export function useNews({ items, state, isSeen, onFresh }: NewsProps) {
  const news = useRef(noNews)
  const conversation = useRef(state.conversationId)
  const [aloud, setAloud] = useState<readonly Item[]>([])
  const [unread, setUnread] = useState(0)
  useEffect(() => {
    // A conversation taken up by a link has a history of its own.
    if (conversation.current !== state.conversationId) {
      if (conversation.current !== undefined && state.isBack)
        news.current = { ...news.current, isBegun: false }
      conversation.current = state.conversationId
    }
    const { isBack, connection } = state
    const seen = look(news.current, { items, isHeard: connection === 'open', isBack, isSeen })
    news.current = seen.news
    setUnread(seen.news.unread.size)
    if (seen.fresh.length === 0) return
    setAloud((before) => [...before, ...seen.fresh].slice(-keptAloud))
    onFresh(seen.fresh)
  }, [items, state.connection, state.isBack, state.conversationId, isSeen])
  useEffect(() => {
    if (aloud.length === 0) return
    const timer = setTimeout(() => setAloud([]), keptAloudMs)
    return () => clearTimeout(timer)
  }, [aloud])
  return { aloud, unread }
}
