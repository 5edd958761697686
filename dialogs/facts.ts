import { devices } from '../knowledge'
import type { Facts, MissingFact, Understood } from '../knowledge'
import { factsIn, type Incoming } from './interpret'
import type { Turn } from './turn'
import {
  deviceButtons,
  notSure,
  otherDeviceButtons,
  questions,
  roleButtons,
  scopeButtons,
  unsure,
} from './words'

/** Asks for a fact that the next fix depends on. */
export async function askFact(turn: Turn, about: MissingFact): Promise<void> {
  switch (about) {
    case 'device':
      return turn.ask('device', questions.device, deviceButtons)
    case 'role':
      return turn.ask('role', questions.role, roleButtons)
    case 'scope':
      return turn.ask('scope', questions.scope, scopeButtons)
    case 'system': {
      const { device = 'other' } = turn.facts
      const systems = turn.pack.info.systems[device]
      if (!systems) {
        // A way that depends on the system of a device the pack names no systems for: the newest telling will do.
        turn.learn({ system: 'unknown' })
        return
      }
      const buttons = systems.choices.map(({ label, system }) => ({
        label,
        answer: `system:${system}`,
      }))
      return turn.ask('system', questions.system(systems.where), [...buttons, notSure])
    }
  }
}

/** Takes an answer to such a question. `taken` when the fact is known now, `asked_on` when one more question was needed. */
export async function takeFact(
  turn: Turn,
  incoming: Incoming,
): Promise<'taken' | 'asked_on' | 'unclear'> {
  if (incoming.kind === 'press') {
    if (incoming.answer === 'device:else') {
      await turn.ask('device', questions.otherDevice, otherDeviceButtons)
      return 'asked_on'
    }
    const facts = factOf(incoming.answer)
    if (facts) turn.learn(facts)
    return facts ? 'taken' : 'unclear'
  }
  if (incoming.kind !== 'words') return 'unclear'
  const { understood } = incoming
  const option = understood?.answer
  if (option) return takeFact(turn, { kind: 'press', answer: option })
  const facts = factsIn(incoming)
  const topic = turn.state.question?.topic
  turn.learn(facts)
  const isUnsaid = topic === 'role' || topic === 'scope' || topic === 'system'
  if (isUnsaid && facts[topic] === undefined && understood && saysNothing(understood)) {
    turn.learn(factOf(`${topic}:${unsure[topic]}`) ?? {})
    return 'taken'
  }
  return topic !== undefined && topic in facts ? 'taken' : 'unclear'
}

/** Answers that mean "I can't say", or say nothing that helps. */
const saysNothing = ({ label, also }: Understood): boolean =>
  cannotSay.has(label) && !also.includes('new_symptom')
const cannotSay = new Set<string>(['no', 'next', 'cant_do', 'dont_understand', 'unclear'])

/** The fact behind a button: `device:iphone`, `role:owner`, `scope:me`, `system:18`. */
function factOf(answer: string): Facts | undefined {
  const [name, value] = answer.split(':')
  if (value === undefined) return undefined
  switch (name) {
    case 'device':
      return devices.some((device) => device === value)
        ? { device: value as Facts['device'] & string }
        : undefined
    case 'role':
      return value === 'owner' || value === 'member' ? { role: value } : undefined
    case 'scope':
      return value === 'me' || value === 'everyone' ? { scope: value } : undefined
    case 'system':
      return { system: value }
    default:
      return undefined
  }
}
