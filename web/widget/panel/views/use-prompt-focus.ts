import { useLayoutEffect, useRef } from 'preact/hooks'
import type { RefObject } from 'preact'
import { openPrompt, type Item } from '../state/transcript'

/**
 * Keeps keyboard and screen reader in place when the answers under their hands go: to the conversation at once, to the
 * next question when it comes. Never takes the focus from who writes, nor from the page around, and an answer that asks
 * nothing ends it: what comes minutes later finds the person elsewhere.
 */
export function usePromptFocus(
  place: RefObject<HTMLElement | null>,
  items: readonly Item[],
  isOver: boolean,
): () => void {
  const isAwaited = useRef(false)
  const replies = items.filter(isReply).length
  const before = useRef(replies)
  useLayoutEffect(() => {
    const isAnswered = replies > before.current
    before.current = replies
    if (!isAwaited.current) return
    const log = place.current?.querySelector<HTMLElement>('[role=log]')
    const active = document.activeElement
    const isOurs = active === null || active === document.body || active === log
    const isOnGone = active instanceof Element && !active.isConnected
    if (!document.hasFocus()) {
      isAwaited.current = false
      return
    }
    const ask = isOver ? undefined : openPrompt(items)?.question.ask
    if (!isOurs && !isOnGone) {
      // They went on to something else: it is theirs.
      if (!place.current?.contains(active)) isAwaited.current = false
    } else {
      const next = place.current?.querySelector<HTMLElement>(`[data-prompt="${ask}"]`)
      ;(next ?? log)?.focus({ preventScroll: true })
      if (next) isAwaited.current = false
    }
    if (isAnswered && ask === undefined) isAwaited.current = false
  })
  return () => {
    isAwaited.current = true
  }
}

/** What answers the person; that somebody joined, or that it takes a moment, does not. */
const isReply = (item: Item): boolean =>
  item.kind === 'rung' || (item.kind === 'said' && !item.isProgress)
