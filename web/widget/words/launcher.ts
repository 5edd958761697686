import { launcherDe } from './de'
import { launcherEn, type LauncherWords } from './en'

/** By themselves, so that the button on a page does not load all that the panel can say. */
const languages: Readonly<Record<string, LauncherWords>> = { en: launcherEn, de: launcherDe }

/** The button's words: in the language that the page asks for, or else its own. */
export function chooseLauncherWords(...tags: readonly (string | undefined)[]) {
  const [language = 'en'] = tags
    .map((tag) => tag?.toLowerCase().split('-')[0] ?? '')
    .filter((name) => Object.hasOwn(languages, name))
  return { language, words: languages[language] ?? launcherEn }
}
