import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Line, Outgoing } from '../../line'
import type { Words } from '../../words'
import type { Clock } from '../state/clock'
import type { Prompt } from '../state/transcript'

/** What nearly every view needs. */
export interface Panel {
  readonly line: Line
  readonly words: Words
  readonly clock: Clock
  /** What is said of a message that waits. */
  readonly waiting: string
  /** The conversation on the screen has ended: its questions take no answer any more. */
  readonly isOver: boolean
  /** The person presses an answer. */
  readonly press: (prompt: Prompt, answer: { label: string; answer: string }) => void
  readonly say: (text: string, files?: readonly Outgoing[]) => void
}

/** Given by the panel to all that is drawn in it. */
export const PanelContext = createContext<Panel | undefined>(undefined)

/** The panel that a view stands in. */
export function usePanel(): Panel {
  const panel = useContext(PanelContext)
  if (!panel) throw new Error('This view stands in no panel.')
  return panel
}
