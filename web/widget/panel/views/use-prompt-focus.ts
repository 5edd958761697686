import { useLayoutEffect, useRef } from 'preact/hooks'
import type { RefObject } from 'preact'
import type { Prompt } from '../state/transcript'

/**
 * Keeps keyboard and screen reader in place when the answers under their hands go: to the conversation at once, to the
 * next question when it comes. Never takes the focus from who writes.
 */
export function usePromptFocus(
  place: RefObject<HTMLElement | null>,
  prompt: Prompt | undefined,
): () => void {
  const isAwaited = useRef(false)
  const ask = prompt?.question.ask
  useLayoutEffect(() => {
    if (!isAwaited.current) return
    const log = place.current?.querySelector<HTMLElement>('[role=log]')
    const active = document.activeElement
    const isOurs = active === null || active === document.body || active === log
    const isOnGone = active instanceof Element && !active.isConnected
    if (!isOurs && !isOnGone) {
      // They went on to something else: it is theirs.
      if (!place.current?.contains(active)) isAwaited.current = false
      return
    }
    const next = place.current?.querySelector<HTMLElement>(`[data-prompt="${ask}"]`)
    if (next) {
      next.focus({ preventScroll: true })
      isAwaited.current = false
    } else log?.focus({ preventScroll: true })
  })
  return () => {
    isAwaited.current = true
  }
}
