import type { TurnContext } from 'botbuilder'
import type { DialogContext } from 'botbuilder-dialogs'
import {
  affects,
  pointlessDuring,
  type Facts,
  type Outlook,
  type Pack,
  type RungResult,
} from '../knowledge'
import type { Effect } from './effects'
import type { Ask, Button, Choices, Reply, RungReply } from './reply'
import type { BotState, Case, SentCard, Topic } from './state'
import type { RunningIncident, TurnInput } from './turn-input'
import { questions } from './words'

/** One turn under way: the state as it becomes, what is said and what is to happen. The dialogs write here and nowhere else. */
export class Turn {
  readonly input: TurnInput
  state: BotState
  readonly effects: Effect[] = []
  readonly #context: TurnContext
  #learnt: Facts = {}
  #before: string[] = []
  /** What became of fixes, until something is said. */
  #results: Readonly<Record<string, RungResult>> = {}
  /** What was said while it is not sure yet whether it will be. */
  #held: Reply[] | undefined

  constructor(input: TurnInput, context: TurnContext) {
    this.input = input
    this.state = input.state
    this.#context = context
  }

  get pack(): Pack {
    return this.input.pack
  }

  /** What stands outside the ladder and moves it. */
  get outlook(): Outlook {
    const { beliefs, humanMinutes } = this.input
    return {
      ...(beliefs && { beliefs }),
      ...(humanMinutes !== undefined && { humanMinutes }),
      pointless: this.#pointless(),
    }
  }

  /** The incidents that explain the case at hand, the oldest first. */
  get incidents(): readonly RunningIncident[] {
    return this.incidentsOf(this.state.case?.symptom)
  }

  /** The incidents that explain this symptom. */
  incidentsOf(id = ''): readonly RunningIncident[] {
    const { incidents = [] } = this.input
    return incidents.filter(({ name }) => affects(name, this.pack.symptoms.get(id), this.pack))
  }

  /** What cannot help while incidents last, unless the person would try it all the same. */
  #pointless(): ReadonlySet<string> {
    if (this.state.case?.incident?.tries === 'all') return new Set()
    const names = this.incidents.map(({ name }) => name)
    const symptom = this.pack.symptoms.get(this.state.case?.symptom ?? '')
    return pointlessDuring(names, symptom, this.pack)
  }

  get facts(): Facts {
    return this.state.facts
  }

  set(change: Partial<BotState>): void {
    this.state = { ...this.state, ...change }
  }

  /** Adds to what is known. A new device forgets the system of the old one. */
  learn(facts: Facts): void {
    if (Object.keys(facts).length === 0) return
    this.#learnt = { ...this.#learnt, ...facts }
    const known = this.state.facts
    const kept: Facts =
      facts.device !== undefined && facts.device !== known.device ? withoutSystem(known) : known
    const tried = [...new Set([...(known.tried ?? []), ...(facts.tried ?? [])])]
    const signs = [...new Set([...(known.signs ?? []), ...(facts.signs ?? [])])]
    this.set({
      facts: {
        ...kept,
        ...facts,
        ...(tried.length > 0 ? { tried } : {}),
        ...(signs.length > 0 ? { signs } : {}),
      },
    })
  }

  /** Forgets all but these facts and what was said in this very turn. */
  forget(facts: Facts): void {
    this.set({ facts: { ...facts, ...this.#learnt } })
  }

  setCase(change: Partial<Case>): void {
    if (this.state.case) this.set({ case: { ...this.state.case, ...change } })
  }

  effect(effect: Effect): void {
    this.effects.push(effect)
  }

  /** A sentence that opens whatever is said next, so that one turn gives one message. */
  preface(sentence: string | undefined): void {
    if (sentence) this.#before.push(sentence)
  }

  /** Tells what became of a fix along with what is said next. */
  tellResult(fix: string, result: RungResult): void {
    this.#results = { ...this.#results, [fix]: result }
  }

  /** A remark that the agents read, and the person does not. */
  note(text: string): void {
    this.effect({ effect: 'note', text })
  }

  /** Says something and waits for nothing. */
  async say(text: string): Promise<void> {
    await this.#send({ kind: 'say', text: this.#opened(text) })
  }

  /** Says what was prefaced, when nothing follows it. */
  async sayPrefaced(): Promise<void> {
    const text = this.#before.join(' ')
    this.#before = []
    if (text !== '') await this.#send({ kind: 'say', text })
  }

  /** Stays ready for an answer without asking: a rung that was left open still takes its result. */
  listen(topic: Topic): void {
    // A number of its own, so that a second press of the button just answered is known as an old one.
    const asked = this.state.asked + 1
    this.set({ asked, question: { ask: asked, topic, buttons: [] } })
  }

  /** Asks; the answer belongs to this question only. */
  async ask(
    topic: Topic,
    text: string,
    buttons: readonly Button[],
    kind: 'ask' | 'choices' = 'ask',
  ): Promise<void> {
    const bare: Ask | Choices = { kind, text, ...this.#asking(buttons) }
    await this.#question(topic, bare, { ...bare, text: this.#opened(text) })
  }

  async rung(topic: Topic, rung: Omit<RungReply, 'kind' | 'ask' | 'case'>): Promise<void> {
    const bare: RungReply = { ...rung, kind: 'rung', ...this.#asking(rung.buttons) }
    this.#keepCard({
      ask: bare.ask,
      topic,
      fixes: bare.together ?? [bare.fix],
      answers: bare.buttons.map(({ answer }) => answer),
    })
    await this.#question(topic, bare, { ...bare, lead: this.#opened(rung.lead) })
  }

  #keepCard(card: SentCard): void {
    this.setCase({ cards: [...(this.state.case?.cards ?? []), card].slice(-mostCards) })
  }

  /** The open question once more, with what was prefaced before it; of a rung only its title, since its steps stand above. False when none is open. */
  async askAgain(): Promise<boolean> {
    const { question } = this.state
    if (!question?.reply) return false
    const { ask, reply, topic, buttons, isBetween, behind } = question
    const card = this.state.case?.cards?.find((sent) => sent.ask === ask)
    if (reply.kind === 'rung')
      await this.ask(topic, `${questions.about(reply.title)} ${reply.question}`, buttons)
    else if (reply.kind === 'ask' || reply.kind === 'choices')
      await this.ask(topic, reply.text, buttons, reply.kind)
    if (card) this.#keepCard({ ...card, ask: this.state.asked })
    if (isBetween && this.state.question)
      this.set({ question: { ...this.state.question, isBetween, ...(behind && { behind }) } })
    return true
  }

  closeQuestion(): void {
    const { question: _answered, ...rest } = this.state
    this.state = rest
  }

  #asking(buttons: readonly Button[]) {
    const open = this.state.case
    return { ask: this.state.asked + 1, ...(open ? { case: open.id } : {}), buttons }
  }

  async #question(topic: Topic, bare: QuestionReply, said: QuestionReply): Promise<void> {
    this.set({
      asked: bare.ask,
      question: { ask: bare.ask, topic, buttons: bare.buttons, reply: bare },
    })
    await this.#send(said)
  }

  /** From here on, what is said waits for `release`. */
  hold(): void {
    this.#held = []
  }

  /** Says what waited, or leaves it unsaid. */
  async release({ unsaid }: { readonly unsaid: boolean }): Promise<void> {
    const held = this.#held ?? []
    this.#held = undefined
    if (unsaid) this.#before = []
    else for (const reply of held) await this.#send(reply)
  }

  async #send(reply: Reply): Promise<void> {
    if (this.#held) {
      this.#held.push(reply)
      return
    }
    const results = this.#results
    this.#results = {}
    const fixladder = Object.keys(results).length > 0 ? { ...reply, results } : reply
    await this.#context.sendActivity({ type: 'message', channelData: { fixladder } })
  }

  #opened(text: string): string {
    const sentences = [...this.#before, text]
    this.#before = []
    return sentences.join(' ')
  }
}

/** So many cards of a case are known by their buttons. */
const mostCards = 20

/** The turn that a dialog context belongs to. */
export const turnOf = (dc: DialogContext): Turn => dc.context.turnState.get(turnKey) as Turn
export const turnKey = Symbol('turn')

function withoutSystem({ system: _old, ...rest }: Facts): Facts {
  return rest
}

type QuestionReply = Exclude<Reply, { kind: 'say' | 'progress' | 'system' }>
