/** What the embedding page may wish for its panel. */
export interface PanelOptions {
  readonly accent?: string | undefined
  readonly title?: string | undefined
  readonly greeting?: string | undefined
  readonly language?: string | undefined
  readonly theme?: 'light' | 'dark' | 'auto'
}

/** What the page says to the panel. */
export type FromPage =
  | { readonly type: 'hello'; readonly options: PanelOptions }
  /** Opened by the page itself, as with `data-open`, the panel leaves the focus where it is. */
  | { readonly type: 'shown'; readonly isOpen: boolean; readonly keepsFocus?: boolean }
  | { readonly type: 'user'; readonly token?: string | undefined }
  | { readonly type: 'narrow'; readonly isPhone: boolean; readonly height: number }

/** What the panel says to the page; never a word of the conversation. */
export type ToPage =
  | { readonly type: 'ready' }
  | { readonly type: 'close' }
  | { readonly type: 'unread'; readonly count: number }

/** Reads a message that came from a page: another site's, so every field is looked at. Undefined for all that is not ours. */
export function readFromPage(data: unknown): FromPage | undefined {
  if (!isRecord(data) || data.fixladder !== 1) return undefined
  const { type, isOpen, keepsFocus, isPhone, height, token, options } = data
  if (type === 'hello') return { type, options: readPanelOptions(options) }
  if (type === 'shown' && typeof isOpen === 'boolean')
    return { type, isOpen, ...(keepsFocus === true && { keepsFocus }) }
  if (type === 'user' && token === undefined) return { type }
  if (type === 'user' && isWord(token, 4096)) return { type, token }
  if (type === 'narrow' && typeof isPhone === 'boolean' && isHeight(height))
    return { type, isPhone, height }
  return undefined
}

/** Reads a message that came from the panel's frame. Undefined for all that is not ours. */
export function readFromFrame(data: unknown): ToPage | undefined {
  if (!isRecord(data) || data.fixladder !== 1) return undefined
  const { type, count } = data
  if (type === 'ready' || type === 'close') return { type }
  return type === 'unread' && Number.isSafeInteger(count) && Number(count) >= 0
    ? { type, count: Number(count) }
    : undefined
}

/** One by one: what is not as agreed counts as not said. */
function readPanelOptions(value: unknown): PanelOptions {
  if (!isRecord(value)) return {}
  const { accent, title, greeting, language, theme } = value
  return {
    ...(isWord(accent, 40) && { accent }),
    ...(isWord(title, 80) && { title }),
    ...(isWord(greeting, 500) && { greeting }),
    ...(isWord(language, 35) && { language }),
    ...((theme === 'light' || theme === 'dark' || theme === 'auto') && { theme }),
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** In pixels; no screen has more. */
const isHeight = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= 100_000

const isWord = (value: unknown, longest: number): value is string =>
  typeof value === 'string' && value !== '' && value.length <= longest
