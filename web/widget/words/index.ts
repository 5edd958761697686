import { de } from './de'
import { en, type Words } from './en'

export type { Words }

/** A new language is one file and one name here. */
const languages: Readonly<Record<string, Words>> = { en, de }

/**
 * The words to show: those the page insists on, or else those of the pack, so that frame and steps speak one language.
 * English where we have neither.
 */
export const chooseWords = (asked: string | undefined, pack: string | undefined): Words =>
  find(asked) ?? find(pack) ?? en

const find = (tag: string | undefined): Words | undefined => {
  const [language = ''] = (tag ?? '').toLowerCase().split('-')
  return Object.hasOwn(languages, language) ? languages[language] : undefined
}

/** For dates and numbers: the person's own region where they speak this language, else the language itself. */
export const chooseLocale = ({ language }: Words, preferred: readonly string[]): string =>
  preferred.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language
