import type { PanelOptions } from '../frame'
import { chooseLauncherWords } from '../words/launcher'
import type { LauncherWords } from '../words/en'

export interface LoaderOptions {
  readonly isLeft: boolean
  /** Unread messages are counted in the page's title too. */
  readonly countsInTitle: boolean
  readonly opener: string | undefined
  readonly startsOpen: boolean
  /** As the page wrote it: a style takes no other than a whole number. */
  readonly zIndex: string | undefined
  readonly language: string
  readonly words: LauncherWords
  /** What the panel itself is told. */
  readonly panel: PanelOptions
}

/** Reads the `data-` attributes of the script tag. What goes on to the panel, the panel looks at by itself. */
export function readLoaderOptions(data: DOMStringMap, pageLanguage: string): LoaderOptions {
  const { position, opener, open, zIndex, accent, title, greeting, language, theme } = data
  return {
    isLeft: position === 'left',
    countsInTitle: data.titleCount !== 'false',
    opener,
    startsOpen: open !== undefined && open !== 'false',
    zIndex,
    ...chooseLauncherWords(language, pageLanguage),
    panel: {
      accent,
      title,
      greeting,
      language,
      ...((theme === 'light' || theme === 'dark') && { theme }),
    },
  }
}
