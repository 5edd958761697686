import type { CaseDetail } from '../state/contract'
import { words } from '../words'
import { Button } from './button'
import { useDesk } from './use-desk'

/** What nobody has said yet and the fixes depend on: noted with one press once the agent has asked. */
export function AskedFacts({
  id,
  brief,
  hasLadder,
}: {
  readonly id: string
  readonly brief: CaseDetail['brief']
  readonly hasLadder: boolean
}) {
  return (
    <>
      {brief.device === undefined && (
        <FactRow id={id} fact="device" name={words.facts.device} choices={words.facts.devices} />
      )}
      {hasLadder && brief.role === undefined && (
        <FactRow id={id} fact="role" name={words.facts.role} choices={words.facts.roleChoices} />
      )}
    </>
  )
}

function FactRow({
  id,
  fact,
  name,
  choices,
}: {
  readonly id: string
  readonly fact: 'device' | 'role'
  readonly name: string
  readonly choices: Readonly<Record<string, string>>
}) {
  const desk = useDesk()
  return (
    <div class="asked-fact" role="group" aria-label={name}>
      <span class="quiet-words">{name}</span>
      <span class="asked-choices">
        {Object.entries(choices).map(([value, label]) => (
          <Button key={value} onClick={() => void desk.facts(id, { [fact]: value })}>
            {label}
          </Button>
        ))}
      </span>
    </div>
  )
}
