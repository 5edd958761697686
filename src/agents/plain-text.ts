/** A text on one line, without what would turn the text around it round, hide in it, or not be stored as it is. */
export const oneLine = (text: string): string =>
  text.replace(/[\s\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ').trim()

/** The longest name that stands beside messages. */
export const longestName = 80

/** Whether a text comes back from the database as it went in: NUL would end it, half a letter would be exchanged. */
export const isStorable = (text: string): boolean => !/[\p{Cc}\p{Cs}]/u.test(text)

/** The same text as the database would give it back. */
export const storable = (text: string): string =>
  text.replace(/\p{Cs}/gu, '\ufffd').replaceAll('\0', '')
