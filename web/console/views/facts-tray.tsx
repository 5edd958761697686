import type { Brief, NotedFacts } from '../state/contract'
import { isKnownDevice, type DeviceId } from '../state/known-device'
import { words } from '../words'
import { Tray } from './tray'
import { TrayChoice } from './tray-choice'
import { useDesk } from './use-desk'

interface Choice {
  readonly key: string
  readonly label: string
  readonly facts: NotedFacts
  readonly isKnown: boolean
}

/** What the person told of themselves: one more press notes it, and what may be sent next follows from it. */
export function FactsTray({
  id,
  brief,
}: {
  readonly id: string
  readonly brief: Brief | undefined
}) {
  const desk = useDesk()
  const rows = rowsOf(brief)

  function note(facts: NotedFacts) {
    void desk.facts(id, facts)
    desk.store.dispatch({ type: 'tray' })
  }

  function onKey(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const choice = rows
      .flatMap(({ choices }) => choices)
      .find(({ key }) => key === event.key.toUpperCase())
    if (!choice) return
    event.preventDefault()
    note(choice.facts)
  }

  return (
    <Tray title={words.facts.title} onKeyDown={onKey}>
      {rows.map(({ name, choices }) => (
        <div key={name} class="tray-fact" role="group" aria-label={name}>
          <span class="quiet-words">{name}</span>
          <div class="tray-choices">
            {choices.map(({ key, label, facts, isKnown }) => (
              <TrayChoice key={key} keyName={key} isChosen={isKnown} onClick={() => note(facts)}>
                {label}
              </TrayChoice>
            ))}
          </div>
        </div>
      ))}
    </Tray>
  )
}

/** Letters that nothing else in the tray has. */
const systemKeys = ['A', 'B', 'C', 'D', 'F', 'G', 'H', 'I', 'J', 'K']

const devices = Object.entries(words.facts.devices) as [DeviceId, string][]

function rowsOf(brief: Brief | undefined): readonly { name: string; choices: Choice[] }[] {
  const { device, system, systems = [], role, scope } = brief ?? {}
  const { roleChoices, scopeChoices } = words.facts
  return [
    {
      name: words.facts.device,
      choices: devices.map(([id, label], index) => ({
        key: String(index + 1),
        label,
        facts: { device: id },
        isKnown: isKnownDevice(device, id),
      })),
    },
    ...(systems.length > 0
      ? [
          {
            name: words.facts.system,
            choices: [...systems, { label: words.facts.noSystem, system: 'unknown' }].map(
              (each, index) => ({
                key: systemKeys[index] ?? '',
                label: each.label,
                facts: { system: each.system },
                isKnown: each.system === system,
              }),
            ),
          },
        ]
      : []),
    {
      name: words.facts.role,
      choices: [
        { key: 'O', label: roleChoices.owner, facts: { role: 'owner' }, isKnown: role === 'owner' },
        {
          key: 'S',
          label: roleChoices.member,
          facts: { role: 'member' },
          isKnown: role === 'member',
        },
      ],
    },
    {
      name: words.facts.scope,
      choices: [
        { key: 'M', label: scopeChoices.me, facts: { scope: 'me' }, isKnown: scope === 'me' },
        {
          key: 'E',
          label: scopeChoices.everyone,
          facts: { scope: 'everyone' },
          isKnown: scope === 'everyone',
        },
      ],
    },
  ]
}
