import { AdaptiveCard, HostConfig } from 'adaptivecards/dist/adaptivecards.min.js'
import style from './page.css'

/** Draws the cards that were put in as CARDS; see scripts/tools/teams-gallery.ts. */

/** Colours close to those of Teams' own themes. */
const themes = {
  light: { back: '#ffffff', text: '#242424', quiet: '#616161', good: '#0e700e', link: '#115ea3' },
  dark: { back: '#292929', text: '#ffffff', quiet: '#adadad', good: '#54b054', link: '#479ef5' },
  contrast: {
    back: '#000000',
    text: '#ffffff',
    quiet: '#ffffff',
    good: '#3ff23f',
    link: '#ffff01',
  },
}

const hostFor = ({ back, text, quiet, good, link }) =>
  new HostConfig({
    fontFamily: 'system-ui, sans-serif',
    supportsInteractivity: true,
    spacing: { small: 8, default: 12, medium: 16, large: 24, extraLarge: 32, padding: 16 },
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 22 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
    actions: {
      maxActions: 6,
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
      buttonSpacing: 8,
      spacing: 'default',
    },
    containerStyles: {
      default: {
        backgroundColor: back,
        foregroundColors: {
          default: { default: text, subtle: quiet },
          good: { default: good, subtle: good },
          accent: { default: link, subtle: link },
        },
      },
    },
  })

const sheet = document.createElement('style')
sheet.textContent = style
document.head.append(sheet)

const add = (parent, name, className, text) => {
  const element = document.createElement(name)
  element.className = className
  if (text !== undefined) element.textContent = text
  parent.append(element)
  return element
}

const looks = {
  light: 'Light',
  dark: 'Dark',
  contrast: 'High contrast',
  narrow: 'On a phone, 320 pixels wide',
}

add(document.body, 'h1', '', 'Cards in Teams')
add(
  document.body,
  'p',
  'about',
  'Every card that a person can get, in the colours of the themes. The buttons do nothing here.',
)
for (const { name, content } of CARDS) {
  const section = add(document.body, 'section', '')
  add(section, 'h2', '', name)
  const row = add(section, 'div', 'row')
  for (const [theme, look] of Object.entries(looks)) {
    const figure = add(row, 'figure', theme)
    add(figure, 'figcaption', '', look)
    const box = add(figure, 'div', 'card')
    const card = new AdaptiveCard()
    card.hostConfig = hostFor(themes[theme] ?? themes.light)
    card.onExecuteAction = () => {}
    card.parse(content)
    box.append(card.render() ?? 'This card was not drawn.')
  }
}
