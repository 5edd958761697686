import type { Pack } from '../../knowledge'
import type { Queue } from '../handoff'
import type { ToConsole } from './messages'

/** What every console is told as it opens, and again when it is no longer true: the hours, and what the pack has for agents. */
export type Greeting = Omit<Extract<ToConsole, { type: 'hello' }>, 'type' | 'now' | 'agent'>

export function greetingOf(
  { info, canned, symptoms }: Pack,
  desk: ReturnType<Queue['view']>,
): Greeting {
  const { isOpen, opensAt } = desk
  return {
    desk: {
      ...(isOpen !== undefined && { isOpen }),
      ...(opensAt !== undefined && { opensAt }),
    },
    pack: { title: info.title, version: info.version },
    canned,
    symptoms: [...symptoms.values()]
      .filter(({ kind }) => kind === 'ladder')
      .map(({ id, title }) => ({ id, title })),
  }
}
