import type { PanelOptions } from '../frame'
import { chooseLauncherWords } from '../words/launcher'
import type { LauncherWords } from '../words/en'

export interface LoaderOptions {
  readonly isLeft: boolean
  /** Unread messages are counted in the page's title too. */
  readonly countsInTitle: boolean
  readonly opener: string | undefined
  readonly startsOpen: boolean
  readonly zIndex: number
  readonly language: string
  readonly words: LauncherWords
  /** What the panel itself is told. */
  readonly panel: PanelOptions
}

/** Above what pages put on top of themselves, and below what browsers do. */
const topmost = 2147483000

/** Reads the `data-` attributes of the script tag. What goes on to the panel, the panel looks at by itself. */
export function readLoaderOptions(data: DOMStringMap, pageLanguage: string): LoaderOptions {
  const { position, opener, open, zIndex, accent, title, greeting, language, theme } = data
  const number = parseInt(zIndex ?? '', 10)
  return {
    isLeft: position === 'left',
    countsInTitle: data.titleCount !== 'false',
    opener,
    startsOpen: open !== undefined && open !== 'false',
    zIndex: Number.isNaN(number) ? topmost : number,
    ...chooseLauncherWords(language, pageLanguage),
    panel: {
      accent,
      title,
      greeting,
      language,
      theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
    },
  }
}
