import { de } from './de'
import { en, type Words } from './en'

export type { Words }

/** A new language is one file and one name here. */
const languages: Readonly<Record<string, Words>> = { en, de }

/**
 * The words to show are those of the pack's language: a German frame around English steps is worse than none. What the
 * page asks for counts only until that is known. English where we have neither.
 */
export const chooseWords = (pack: string | undefined, asked?: string): Words =>
  find(pack ?? asked) ?? en

const find = (tag: string | undefined): Words | undefined => {
  const [language = ''] = (tag ?? '').toLowerCase().split('-')
  return Object.hasOwn(languages, language) ? languages[language] : undefined
}

/** For dates and numbers: the region that the page or the person's browser names for this language, else the language itself. */
export const chooseLocale = ({ language }: Words, preferred: readonly string[]): string =>
  preferred.find((tag) => tag.toLowerCase().split('-')[0] === language && isLocale(tag)) ?? language

/** `Intl` throws at what is no tag, and pages may write anything. */
function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}
