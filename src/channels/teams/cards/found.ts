import { onCard } from '../escapes'
import { fitted, shortened, shortest } from './fit'
import { line, quiet, step, type AdaptiveCard, type Part, type Run } from './parts'
import { words } from './words'
import { runsOf, written } from './written'

/** A symptom as it is shown to somebody whom the bot does not know. */
export interface ShownSymptom {
  readonly title: string
  readonly says: string
  /** What the operator tells of a cause that many share just now. */
  readonly incident?: string
  /** All of its fixes, in the order in which its ladder begins. */
  readonly fixes: readonly { readonly title: string; readonly minutes: number }[]
}

/** What is told in steps for one kind of device. */
export interface ShownSteps {
  /** Names of the devices that the steps are for; none if they are for all. */
  readonly places: readonly string[]
  /** Names of devices with other steps. */
  readonly otherPlaces: readonly string[]
  readonly steps: readonly string[]
  readonly check?: string
}

/** A fix as it stands on a rung, for somebody whose ladder it is not. */
export interface ShownFix extends ShownSteps {
  readonly title: string
  readonly minutes: number
  /** "VPN, proxy and firewall, which can block iCloud" */
  readonly intro: string
  /** What is lost, or should be known before. */
  readonly warning?: string
  readonly note?: string
  readonly worked?: string
  /** A check's own question, and what a yes means. */
  readonly finding?: { readonly ask: string; readonly then: string }
}

/** An entry that explains, and may have steps. */
export interface ShownAnswer extends Partial<ShownSteps> {
  readonly title: string
  readonly answer: string
}

/** A card has a screen on a phone. */
const mostFixes = 4

/** A symptom with its first fixes, to send to somebody. `chat` is the address of the bot's own chat. */
export const cardOfSymptom = (
  { title, says, incident, fixes }: ShownSymptom,
  chat: string,
): AdaptiveCard =>
  fitted((most) =>
    card(words.symptom(fixes.length), title, chat, most, [
      ...paragraphs([says, incident], most),
      ...(fixes.length > 0 ? [quiet(words.first, { spacing: 'Medium' })] : []),
      ...fixes
        .slice(0, mostFixes)
        .map((fix, index) =>
          step(index + 1, [
            { text: shortened(fix.title, most) },
            { text: ` · ${words.minutes(fix.minutes)}`, isQuiet: true },
          ]),
        ),
      ...(fixes.length > mostFixes ? [quiet(words.more(fixes.length - mostFixes))] : []),
    ]),
  )

/** A fix with its steps, to send to somebody. */
export const cardOfFix = (fix: ShownFix, chat: string): AdaptiveCard =>
  fitted((most) =>
    card(words.oneFix(fix.minutes), fix.title, chat, most, [
      ...paragraphs([asSentence(fix.intro), fix.warning, fix.note], most),
      ...stepsOf(fix, most),
      ...paragraphs(
        [fix.worked, fix.finding?.ask, fix.finding && words.ifSo(fix.finding.then)],
        most,
      ),
      ...elsewhere(fix),
    ]),
  )

/** An explanation, to send to somebody. */
export const cardOfAnswer = ({ title, answer, ...told }: ShownAnswer, chat: string): AdaptiveCard =>
  fitted((most) =>
    card(words.answer, title, chat, most, [
      ...paragraphs([answer], most),
      ...stepsOf(told, most),
      ...elsewhere(told),
    ]),
  )

function card(
  kind: string,
  title: string,
  chat: string,
  most: number,
  body: readonly Part[],
): AdaptiveCard {
  const heading = shortened(title, Math.min(most, longestHeading))
  return {
    type: 'AdaptiveCard',
    version: '1.4',
    fallbackText: onCard(heading),
    body: [
      quiet(kind),
      line([{ text: heading, isBold: true }], { size: 'Medium', spacing: 'None' }),
      ...body,
      {
        type: 'ActionSet',
        spacing: 'Medium',
        actions: [{ type: 'Action.OpenUrl', title: words.askTheBot, url: chat }],
      },
    ],
  }
}

const longestHeading = 200

function stepsOf(
  { places = [], steps = [], check }: Partial<ShownSteps>,
  most: number,
): readonly Part[] {
  return [
    ...(places.length > 0 ? [quiet(words.on(places), { spacing: 'Medium' })] : []),
    ...steps.map((text, index) => step(index + 1, runs(text, most))),
    ...paragraphs([check], most),
  ]
}

const elsewhere = ({ otherPlaces = [] }: Partial<ShownSteps>): readonly Part[] =>
  otherPlaces.length > 0 ? [quiet(words.otherSteps(otherPlaces))] : []

const paragraphs = (texts: readonly (string | undefined)[], most: number): readonly Part[] =>
  texts.flatMap((text) => {
    if (text === undefined) return []
    return most > shortest ? written(shortened(text, most)) : [line(runs(text, most))]
  })

/** Where every byte counts, bold words and links stay the text they are. */
const runs = (text: string, most: number): readonly Run[] => {
  const short = shortened(text, most)
  return most > shortest ? runsOf(short) : [{ text: short }]
}

const asSentence = (words: string): string =>
  `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.?!]$/.test(words) ? '' : '.'}`
