import type { LoaderOptions } from './options'
import { style } from './style'

export type Parts = ReturnType<typeof buildParts>

/**
 * The button and the box for the frame, in a shadow of their own. Built by hand and through the object model alone: a
 * strict policy of the page lets no inline style and no markup in.
 */
export function buildParts({ isLeft, opener, zIndex, language, words, panel }: LoaderOptions) {
  const host = document.createElement('fixladder-chat')
  const shadow = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(style)
  shadow.adoptedStyleSheets = [sheet]
  const root = add(shadow, 'div', 'root')
  root.lang = language
  root.classList.toggle('left', isLeft)
  root.style.zIndex = zIndex ?? ''

  const box = add(root, 'div', 'box')
  const button = add(root, 'button', 'button')
  const line = addDrawing(button)
  if (opener) add(button, 'span', 'words').textContent = opener
  const count = add(button, 'span', 'count')
  const heard = add(root, 'div', 'unseen')
  heard.role = 'status'

  const dark = matchMedia('(prefers-color-scheme: dark)')
  function paint() {
    const isDark = panel.theme === 'dark' || (!panel.theme && dark.matches)
    root.classList.toggle('dark', isDark)
    const accent = [panel.accent, isDark ? '#a9cbff' : '#1d4f91'].map(readColour).find(Boolean)
    root.style.setProperty('--accent', `rgb(${accent?.join()})`)
    root.style.setProperty('--on', accent ? textOn(accent) : null)
  }
  paint()
  dark.onchange = paint

  /** Shows what is. The button's name begins with what is written on it, so that it can be said aloud. */
  function show(isOpen: boolean, unread: number) {
    root.classList.toggle('open', isOpen)
    line.setAttribute(
      'd',
      isOpen ? 'M6 6l12 12M18 6L6 18' : 'M21 12a8 8 0 0 1-8 8H4l2-3a8 8 0 1 1 15-5z',
    )
    const shown = isOpen ? 0 : unread
    count.textContent = shown === 0 ? '' : shown > 99 ? '99+' : String(shown)
    const news = shown === 0 ? '' : words.unread(shown)
    heard.textContent = news
    button.ariaLabel = [...(isOpen ? [words.close] : [opener, words.open]), news]
      .filter(Boolean)
      .join(', ')
    button.ariaExpanded = `${isOpen}`
  }
  show(false, 0)
  return { host, shadow, root, box, button, show }
}

/** Adds an element with a class. */
export function add<Name extends keyof HTMLElementTagNameMap>(
  parent: ParentNode,
  name: Name,
  className: string,
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name)
  element.className = className
  parent.append(element)
  return element
}

/** Adds a drawing of one line. */
function addDrawing(parent: ParentNode): SVGPathElement {
  const space = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(space, 'svg')
  const line = document.createElementNS(space, 'path')
  svg.append(line)
  parent.append(svg)
  return line
}

/** Red, green and blue from 0 to 255, as the browser reads them; undefined for what is no such colour. */
function readColour(text: string | undefined): readonly number[] | undefined {
  const { style } = new Option()
  style.color = text ?? ''
  return style.color.match(/\d+/g)?.slice(0, 3).map(Number)
}

/** White or black, whichever is read better: one of them always passes 4.5:1. */
function textOn(colour: readonly number[]): string {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => (part / 255) ** 2.2)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 ? '#000' : '#fff'
}
