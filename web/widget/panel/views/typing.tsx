import { useEffect, useState } from 'preact/hooks'
import type { LineState } from '../../line'
import { usePanel } from './panel-context'

/** That somebody is writing, until they stop. */
export function Typing({ typing }: { readonly typing: LineState['typing'] }) {
  const { words } = usePanel()
  const [, drawAgain] = useState(0)
  const left = typing ? typing.until - Date.now() : 0
  useEffect(() => {
    if (left <= 0) return
    const timer = setTimeout(() => drawAgain((count) => count + 1), left + 20)
    return () => clearTimeout(timer)
  }, [typing])
  if (!typing || left <= 0) return null
  return (
    <p class="typing">
      <span class="dots" aria-hidden="true">
        <span />
        <span />
        <span />
      </span>
      <span dir="auto">{words.talk.typing(typing.name)}</span>
    </p>
  )
}
