import type { Reply } from '../../../../dialogs'
import { cut, onCard } from '../escapes'
import type { Part } from './parts'

/** Teams shows six buttons in a row and hides the rest behind a menu. */
const mostButtons = 6
/** Longer titles are cut off by Teams in the middle of a word. */
const longestTitle = 80

/** The answers to a question as rows of buttons; none for what asks nothing. */
export function answersOf(reply: Reply, mark?: string): readonly Part[] {
  if (!('buttons' in reply)) return []
  const { ask, case: caseId, buttons } = reply
  const actions = buttons.map(({ label, answer }) =>
    button(label, {
      fixladder: 1,
      ...(mark !== undefined && { mark }),
      ...(caseId !== undefined && { case: caseId }),
      ask,
      answer,
    }),
  )
  const rows = Math.ceil(actions.length / mostButtons)
  return Array.from({ length: rows }, (_row, index) => ({
    type: 'ActionSet',
    spacing: index === 0 ? 'Medium' : 'Small',
    actions: actions.slice(index * mostButtons, (index + 1) * mostButtons),
  }))
}

/** What a press sends: the answer as every channel has it, and the words of the button. */
interface Data {
  readonly fixladder: 1
  readonly mark?: string
  readonly case?: string
  readonly ask: number
  readonly answer: string
}

/** A button whose press is answered with the closed card; older clients send the same as a message of the person. */
function button(label: string, data: Data): Part {
  const title = cut(onCard(label), longestTitle)
  const sent = { ...data, label }
  return {
    type: 'Action.Execute',
    title,
    verb: 'answer',
    data: sent,
    fallback: {
      type: 'Action.Submit',
      title,
      data: {
        ...sent,
        msteams: { type: 'messageBack', displayText: label, text: label, value: sent },
      },
    },
  }
}
