import { fitAccent } from '../accent'
import type { PanelOptions } from '../../frame'

const darkMedia = '(prefers-color-scheme: dark)'
const system = () => matchMedia(darkMedia)

/**
 * Shows the theme and the accent that the page wishes, through the object model alone: the policy lets no inline style
 * in. A wish for light or dark turns the style sheet's own dark part off or on, so there is one set of colours.
 */
export function applyTheme({ theme = 'auto', accent }: PanelOptions): void {
  const root = document.documentElement
  for (const rule of darkRules())
    rule.media.mediaText = theme === 'auto' ? darkMedia : theme === 'dark' ? 'all' : 'not all'
  root.style.colorScheme = theme === 'auto' ? '' : theme
  const colours = getComputedStyle(root)
  const role = (name: string) => colours.getPropertyValue(name).trim()
  const isDark = theme === 'auto' ? system().matches : theme === 'dark'
  const fitted =
    accent === undefined
      ? undefined
      : fitAccent(accent, { surfaces: [role('--surface-raised'), role('--bubble')], isDark })
  const roles = {
    '--accent': fitted?.accent,
    '--accent-hover': fitted?.hover,
    '--accent-text': fitted?.text,
    '--accent-soft': fitted?.soft,
  }
  for (const [name, value] of Object.entries(roles))
    if (value === undefined) root.style.removeProperty(name)
    else root.style.setProperty(name, value)
}

/** Calls when the system goes from light to dark or back. */
export function watchSystem(listener: () => void): () => void {
  const media = system()
  media.addEventListener('change', listener)
  return () => media.removeEventListener('change', listener)
}

/** The parts of our sheets that are for the dark, as they were written. */
let found: readonly CSSMediaRule[] | undefined
const darkRules = (): readonly CSSMediaRule[] =>
  (found ??= Array.from(document.styleSheets)
    .flatMap((sheet) => Array.from(sheet.cssRules))
    .filter(
      (rule): rule is CSSMediaRule =>
        rule instanceof CSSMediaRule &&
        rule.media.mediaText.replaceAll(' ', '') === darkMedia.replaceAll(' ', ''),
    ))
