import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { Words } from '../../words'
import { applyTheme, watchSystem } from '../live/theme'
import { fitViewport } from '../live/viewport'
import type { PanelOptions } from '../../frame'

interface LookProps {
  readonly words: Words
  readonly options: PanelOptions
  readonly height: number | undefined
}

/** Language, direction, colours and height of the page. */
export function useLook({ words, options, height }: LookProps): void {
  const given = useRef(height)
  const fit = useRef<() => void>(undefined)
  useLayoutEffect(() => {
    document.documentElement.lang = words.language
    document.documentElement.dir = words.direction
  }, [words])
  useLayoutEffect(() => {
    applyTheme(options)
    return watchSystem(() => applyTheme(options))
  }, [options.theme, options.accent])
  useEffect(() => {
    given.current = height
    fit.current ??= fitViewport(() => given.current)
    fit.current()
  }, [height])
}
