import { useLayoutEffect } from 'preact/hooks'
import type { Line } from '../../line'
import { takeLink } from '../live/link'

/** Takes up the conversation of a return link, when the page is opened by one or one is pasted into its address. */
export function useLink(line: Line, then: (result: 'opened' | 'failed') => void): void {
  // With the first drawing, before the line is started: no other conversation is begun then.
  useLayoutEffect(() => {
    const open = () => {
      const link = takeLink()
      if (!link) return
      // Part of a link opens nothing: the server need not be asked.
      if (!link.isWhole) then('failed')
      else void line.openLink(link.secret).then(then)
    }
    open()
    addEventListener('hashchange', open)
    return () => removeEventListener('hashchange', open)
  }, [line])
}
