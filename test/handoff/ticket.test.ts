import fc from 'fast-check'
import {
  decide,
  endStates,
  type Agent,
  type Command,
  type Decision,
  type Ticket,
} from '../../src/handoff/ticket'

const agents: readonly Agent[] = ['ann', 'ben', 'cleo'].map((id) => ({ id, name: id }))
const fresh: Ticket = { state: 'queued', version: 0 }
const isEnded = ({ state }: Ticket) => (endStates as readonly string[]).includes(state)

const someAgent = fc.constantFrom(...agents)
const commands: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    command: fc.constantFrom('claim', 'answer', 'return', 'close' as const),
    by: someAgent,
  }),
  fc.record(
    {
      command: fc.constant('release' as const),
      by: someAgent,
      bySupervisor: fc.constant(true as const),
    },
    { requiredKeys: ['command', 'by'] },
  ),
  fc.record(
    {
      command: fc.constant('transfer' as const),
      by: someAgent,
      to: someAgent,
      bySupervisor: fc.constant(true as const),
    },
    { requiredKeys: ['command', 'by', 'to'] },
  ),
  fc.record({ command: fc.constantFrom('cancel', 'help', 'abandon' as const) }),
)

/** What a ticket is in the plainest words: who has it, and how it ended. A second account to hold the machine against. */
interface Model {
  has: string | undefined
  end: string | undefined
  steps: number
}

const endOf: Readonly<Partial<Record<Command['command'], string>>> = {
  return: 'returned',
  close: 'closed',
  cancel: 'cancelled',
  help: 'helped',
  abandon: 'abandoned',
}

/** Whether the command may happen now, by the model alone. */
function isAllowed({ has, end }: Model, command: Command): boolean {
  if (end !== undefined) return false
  if (command.command === 'abandon') return true
  if (!('by' in command)) return has === undefined
  if (has !== undefined && 'bySupervisor' in command) return true
  if (has !== undefined) return has === command.by.id
  return ['claim', 'answer', 'return'].includes(command.command)
}

function step(model: Model, command: Command): void {
  const before = { ...model }
  const end = endOf[command.command]
  if (end !== undefined) model.end = end
  else if (command.command === 'release') model.has = undefined
  else if (command.command === 'transfer') model.has = command.to.id
  else if ('by' in command) model.has = command.by.id
  if (model.has !== before.has || model.end !== before.end || command.command === 'transfer')
    model.steps++
}

const holderOf = ({ has, end }: Model) =>
  end !== undefined ? 'bot' : has === undefined ? 'queue' : 'agent'

test('100,000 random lives of a ticket: one end at most, one holder at a time, every change counted', () => {
  fc.assert(
    fc.property(fc.array(commands, { maxLength: 14 }), (life) => {
      const model: Model = { has: undefined, end: undefined, steps: 0 }
      let ticket = fresh
      for (const [now, command] of life.entries()) {
        const decision = decide(ticket, command, { now })
        if (!isAllowed(model, command)) {
          if (!('refused' in decision)) throw new Error(`${command.command} was let through`)
          continue
        }
        if ('refused' in decision) throw new Error(`${command.command} was refused`)
        step(model, command)
        ticket = decision.ticket
        if (decision.holder !== holderOf(model)) throw new Error('another holder')
        if (ticket.version !== model.steps) throw new Error('a change is not counted')
        if (isEnded(ticket) !== (model.end !== undefined)) throw new Error('another end')
        if (model.end !== undefined && ticket.endedAt !== now) throw new Error('no time of the end')
        if (!isEnded(ticket) && ticket.agent?.id !== model.has) throw new Error('another agent')
      }
    }),
    { numRuns: 100_000 },
  )
})

const done = (result: ReturnType<typeof decide>): Decision => {
  if ('refused' in result) throw new Error(`refused: ${result.refused}`)
  return result
}
const [ann, ben] = agents as [Agent, Agent]

test('who comes second learns who has it', () => {
  const { ticket } = done(decide(fresh, { command: 'claim', by: ann }, { now: 1 }))
  expect(decide(ticket, { command: 'claim', by: ben }, { now: 2 })).toEqual({
    refused: 'taken',
    by: ann,
  })
  expect(decide(ticket, { command: 'answer', by: ben }, { now: 2 })).toMatchObject({ by: ann })
})

test('a command that names an older version is refused with the present one', () => {
  const { ticket } = done(decide(fresh, { command: 'claim', by: ann }, { now: 1, version: 0 }))
  expect(decide(ticket, { command: 'close', by: ann }, { now: 2, version: 0 })).toEqual({
    refused: 'moved_on',
    version: 1,
  })
})

test('whoever claims with the version that somebody was quicker with learns who has it', () => {
  const { ticket } = done(decide(fresh, { command: 'claim', by: ann }, { now: 1, version: 0 }))
  expect(decide(ticket, { command: 'claim', by: ben }, { now: 2, version: 0 })).toEqual({
    refused: 'taken',
    by: ann,
  })
})

test('the person is told who comes and goes, and nothing where nobody had come', () => {
  const claimed = done(decide(fresh, { command: 'claim', by: ann }, { now: 1 }))
  expect(claimed.lines).toEqual(['joined'])
  expect(done(decide(claimed.ticket, { command: 'answer', by: ann }, { now: 2 })).lines).toEqual([])
  expect(
    done(decide(claimed.ticket, { command: 'transfer', by: ann, to: ben }, { now: 2 })).lines,
  ).toEqual(['transferred'])
  expect(done(decide(claimed.ticket, { command: 'release', by: ann }, { now: 2 })).lines).toEqual([
    'requeued',
  ])
  expect(done(decide(claimed.ticket, { command: 'close', by: ann }, { now: 2 })).lines).toEqual([
    'left',
  ])
  expect(done(decide(fresh, { command: 'return', by: ann }, { now: 2 })).lines).toEqual([])
})
