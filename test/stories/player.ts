import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  Conversations,
  Presence,
  Timers,
  Turns,
  type Body,
  type NewConversation,
  type Row,
} from '../../src/conversations'
import {
  buttonsOf,
  deskTroubleEvent,
  textOf,
  type AgentAct,
  type DeskTrouble,
  type DeskView,
  type Reply,
} from '../../dialogs'
import { createReader, usualHumanMinutes, type Pack, type RungResult } from '../../knowledge'
import { Absences, Handoffs, type Command } from '../../src/handoff'
import { Incidents } from '../../src/incidents'
import { createLog } from '../../src/log'
import { type Database } from '../../src/storage'
import { openTestDatabase } from '../storage/engine'

/** The moment at which every story begins: 14:00 in London. */
const beginning = Date.UTC(2026, 10, 22, 14, 0)

/**
 * Plays a story's `user:`, `press:` and `(…)` lines against the real bot on a real database, and gives back
 * the whole conversation as read from the log, in the form of a story.
 */
export async function play(
  script: string,
  pack: Pack,
  changedPack?: Pack,
  client: Client = theLogItself,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'fixladder-story-'))
  const stage = new Stage(join(folder, 'story.db'), pack, client)
  try {
    await stage.open()
    const [first, ...rest] = linesOf(script)
    const isTold = first === '(joins)'
    const isShared = first?.startsWith('(in a channel') === true
    if (isShared) await stage.speakInChannel(first)
    else await stage.join(isTold)
    for (const line of isTold || isShared ? rest : linesOf(script)) {
      if (line.startsWith('user:')) await stage.say(textAfter(line))
      else if (line.startsWith('press:')) await stage.press(textAfter(line))
      else if (line.startsWith('agent:') && !isCard(line)) await stage.agent(textAfter(line))
      else if (line.startsWith('(')) await stage.direct(line, changedPack)
    }
    return stage.transcript()
  } finally {
    await stage.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** By what the person reads the conversation, and presses its buttons. */
export interface Client {
  readonly conversation: Pick<NewConversation, 'id' | 'channel' | 'userId'>
  /** A server begins, for the first time or once more. */
  open(server: {
    readonly conversations: Conversations
    readonly database: Database
  }): Promise<void>
  close(): Promise<void>
  /** What the person sees of a row that was said to them; rows come in their order. */
  shown(row: Row, reply: Reply | undefined): Promise<{ text: string; buttons: readonly string[] }>
}

const theLogItself: Client = {
  conversation: { id: 'story', channel: 'direct-line', userId: 'dl_story' },
  open: async () => {},
  close: async () => {},
  shown: async ({ body }, reply) =>
    reply
      ? { text: textOf(reply), buttons: buttonsOf(reply).map(({ label }) => label) }
      : { text: body?.text ?? '', buttons: [] },
}

/** A story as written, in the form that `play` gives. */
export const expected = (script: string): string => linesOf(script).join('\n')

/** What a message brings besides words, as the upload writes it. */
function sent(what: string): Pick<Body, 'attachments' | 'files'> {
  const type = what === 'picture' ? 'image/png' : 'video/mp4'
  const file = { id: 'kept', type, name: what, bytes: 1000, until: beginning * 2 }
  return { attachments: [{ contentType: type, name: what }], files: [file] }
}

class Stage {
  readonly #file: string
  #pack: Pack
  #now = beginning
  #zone: string | undefined = 'Europe/London'
  #lines: string[] = []
  readonly #seen = { story: 0, channel: 0 }
  /** Where the person speaks: in a chat of their own, or in a channel beside it. */
  #place: 'story' | 'channel' = 'story'
  #hasOwnChat = false
  #sent = 0
  #lastReply: Reply | undefined
  #database!: Database
  #conversations!: Conversations
  #turns!: Turns
  #timers!: Timers
  #incidents!: Incidents
  #handoffs!: Handoffs
  #presence!: Presence
  #absences!: Absences
  #isPageOpen = true
  #closePage = () => {}
  /** Maria works at the console, and its connection stands. */
  #console: 'open' | 'lost' | undefined
  #desk: DeskView = { answersBy: 'by 18:00' }

  readonly #client: Client

  constructor(file: string, pack: Pack, client: Client) {
    this.#file = file
    this.#pack = pack
    this.#client = client
  }

  async open(): Promise<void> {
    const now = () => this.#now
    const log = createLog('silent')
    this.#database = await openTestDatabase(this.#file)
    this.#conversations = new Conversations(this.#database, now)
    const knowledge = { pack: this.#pack, reader: createReader(this.#pack) }
    this.#turns = new Turns({
      conversations: this.#conversations,
      database: this.#database,
      knowledge: () => knowledge,
      humanMinutes: usualHumanMinutes,
      desk: () => this.#desk,
      incidents: () => this.#incidents.running,
      personalChat: async () => ({
        link: 'https://chat',
        ...(this.#hasOwnChat && { conversation: this.#id }),
      }),
      now,
      log,
    })
    this.#timers = new Timers({ database: this.#database, turns: this.#turns, now, log })
    const [database, conversations] = [this.#database, this.#conversations]
    this.#incidents = new Incidents({ database, conversations, now, log })
    this.#handoffs = new Handoffs({ database, conversations, now })
    this.#presence = new Presence({ now })
    if (this.#isPageOpen) this.#openPage()
    const desk = () => this.#desk
    const presence = this.#presence
    this.#absences = new Absences({ database, conversations, presence, desk, now, log })
    await this.#turns.start()
    await this.#incidents.look()
    await this.#absences.start()
    await this.#client.open({ conversations, database })
  }

  get #id(): string {
    return this.#client.conversation.id
  }

  #idOf(place: 'story' | 'channel'): string {
    return place === 'story' ? this.#id : 'channel'
  }

  async close(): Promise<void> {
    await this.#client.close()
    await this.#absences.stop()
    await this.#turns.stop()
    await this.#database.close()
  }

  /** The person opens the chat. Every story begins so; the greeting is told only where a story says `(joins)`. */
  async join(isTold: boolean): Promise<void> {
    this.#lines.push('(joins)')
    await this.#conversations.create(this.#client.conversation, [
      {
        at: this.#now,
        kind: 'event',
        audience: ['bot'],
        body: { type: 'conversationUpdate', from: person },
      },
    ])
    await this.#settle()
    if (!isTold) this.#lines = []
  }

  /** `(in a channel)`, where others read along, or `(in a channel, with our own chat)` beside it. */
  async speakInChannel(line: string): Promise<void> {
    if (line.includes('own chat')) {
      await this.join(false)
      this.#hasOwnChat = true
    }
    this.#lines = [line]
    this.#place = 'channel'
    const conversation = { id: 'channel', channel: 'teams-group', userId: 'dl_story' } as const
    await this.#conversations.create(conversation, [])
  }

  say(text: string): Promise<void> {
    this.#lines.push(`user: ${text}`)
    const [, what, words = ''] = /^\((picture|recording)\) ?(.*)$/.exec(text) ?? []
    if (what) return this.#append({ text: words, ...sent(what) })
    const said =
      text === '(empty)'
        ? ''
        : text === '(5,000 characters)'
          ? 'my photos are waiting '.repeat(228)
          : text
    return this.#append({ text: said })
  }

  press(label: string): Promise<void> {
    this.#lines.push(`press: ${label}`)
    const reply = label.startsWith('(old) ') ? this.#oldReply : this.#lastReply
    const button =
      reply && buttonsOf(reply).find((each) => each.label === label.replace('(old) ', ''))
    if (!reply || !button || !('ask' in reply)) throw new Error(`There is no button [${label}].`)
    return this.#append({ text: button.label, value: { ask: reply.ask, answer: button.answer } })
  }

  async direct(line: string, changedPack: Pack | undefined): Promise<void> {
    this.#lines.push(line)
    const later = /^\(later (\d+)(m|h|d)\)$/.exec(line)
    if (line === '(in our own chat)' || line === '(in the channel)') {
      // Where the bot has just spoken is where the talk goes on, and told already.
      this.#lines.pop()
      this.#goTo(line === '(in the channel)' ? 'channel' : 'story')
    } else if (later) {
      await this.#pass(
        Number(later[1]) * { m: 60_000, h: 3_600_000, d: 86_400_000 }[later[2] as 'm' | 'h' | 'd'],
      )
      await this.#timers.look()
      await this.#incidents.look()
    } else if (/^\(zone \S+\)$/.test(line)) {
      const zone = line.slice('(zone '.length, -1)
      this.#zone = zone === 'unknown' ? undefined : zone
    } else if (line === '(desk unreachable)' || line === '(desk declines)') {
      await this.#trouble(line === '(desk declines)' ? 'declined' : 'unreachable')
    } else if (line.startsWith('(desk ')) {
      this.#desk = this.#deskAs(line.slice('(desk '.length, -1))
    } else if (line === '(closes the page)') {
      await this.#lookAround()
      this.#isPageOpen = false
      this.#closePage()
    } else if (line === '(Maria opens the console)') {
      this.#console = 'open'
      await this.#lookAround()
    } else if (line === '(Maria is cut off)') {
      await this.#lookAround()
      this.#console = 'lost'
    } else if (line.startsWith('(Maria ')) {
      await this.#command(line)
    } else if (line === '(opens again)') {
      if (!this.#isPageOpen) this.#openPage()
      await this.#add({ type: 'event', name: 'webchat/join' })
    } else if (line === '(down 1h)') {
      await this.close()
      this.#now += 3_600_000
      await this.open()
      await this.#timers.look()
      await this.#incidents.look()
    } else if (line.startsWith('(incident ')) {
      await this.#incident(line)
    } else if (line === '(restart)') {
      await this.close()
      await this.open()
    } else if (line === '(pack changed)' && changedPack) {
      this.#pack = changedPack
      await this.close()
      await this.open()
    } else {
      throw new Error(`Nobody knows the direction ${line}.`)
    }
    await this.#settle()
  }

  #openPage(): void {
    this.#isPageOpen = true
    this.#closePage = this.#presence.opened(this.#id)
  }

  /** Time passes; of a long time the end is lived through in the steps in which a server looks around. */
  async #pass(span: number): Promise<void> {
    const end = this.#now + span
    for (this.#now = Math.max(this.#now, end - 15 * 60_000); this.#now < end; this.#now += 20_000)
      await this.#lookAround()
    this.#now = end
    await this.#lookAround()
  }

  /** A console that is open gives its sign, and those who are away are found out. */
  async #lookAround(): Promise<void> {
    if (this.#console === 'open')
      await this.#database.write('noteDeskPresence', {
        agent: maria.id,
        name: maria.name,
        state: 'in',
        at: this.#now,
      })
    await this.#absences.look()
  }

  /** `(incident icloud-photos: "What is said of it.")`, with ` for 30m` after the name if it ends by itself; `(incident over)` ends them. */
  async #incident(line: string): Promise<void> {
    if (line === '(incident over)') {
      for (const { id } of this.#incidents.running) await this.#incidents.end(id)
      return
    }
    const [, name, minutes, text] =
      /^\(incident ([\w-]+)(?: for (\d+)m)?: "(.*)"\)$/.exec(line) ?? []
    if (!name || !text) throw new Error(`Nobody knows the direction ${line}.`)
    const endsAt = minutes === undefined ? undefined : this.#now + Number(minutes) * 60_000
    await this.#incidents.declare({ name, text, endsAt })
  }

  /** The help desk behind the webhook was offered the case, and does not take it. */
  async #trouble(why: DeskTrouble): Promise<void> {
    const [newest] = await this.#handoffs.newest(1)
    const [ticket, at] = [newest?.id ?? '', this.#now]
    await this.#database.write('offerToDesk', { ticket, at })
    const event = deskTroubleEvent
    const told = await this.#database.write('tellDeskTrouble', { ticket, at, event, why })
    if (told) this.#conversations.appended(told.conversation, told.seq)
  }

  /** What Maria at the desk says; the first time she joins by it. */
  async agent(text: string): Promise<void> {
    this.#now += 5_000
    const [newest] = await this.#handoffs.newest(1)
    const command = { command: 'answer', by: maria } as const
    const given = { ...this.#atDesk, message: text }
    const result = await this.#handoffs.command(newest?.id ?? '', command, given)
    if ('refused' in result) throw new Error(`Maria cannot answer: ${result.refused}.`)
    await this.#settle()
  }

  /**
   * `(Maria claims)`, `returns`, `closes`, `releases`; what is refused has the reason behind it: `(Maria claims) ended`.
   * With the name of a fix: `(Maria sends internet)`, `(Maria marks internet no_help)`, `(Maria returns at internet)`,
   * `(Maria closes: internet)`; of a symptom `(Maria chooses waiting)`.
   */
  async #command(line: string): Promise<void> {
    const [direction = '', verb = '', name = '', result = ''] =
      /^\(Maria (\w+?)s:?(?: at)?(?: ([\w-]+))?(?: (\w+))?\)/.exec(line) ?? []
    const [newest] = await this.#handoffs.newest(1)
    const by = maria
    const acts: Record<string, AgentAct> = {
      send: { does: 'fix', fix: name, agent: by.name },
      mark: { does: 'mark', fix: name, result: result as RungResult },
      choose: { does: 'symptom', symptom: name },
      return: { does: 'return', ...(name !== '' && { fix: name }) },
    }
    const act = acts[verb]
    const command = { command: act && verb !== 'return' ? 'answer' : verb, by } as Command
    const given = {
      ...this.#atDesk,
      ...(act && { act }),
      ...(verb === 'close' && name !== '' && { fixed: { by: name } }),
    }
    const done = await this.#handoffs.command(newest?.id ?? '', command, given)
    this.#lines.pop()
    this.#lines.push('refused' in done ? `${direction} ${done.refused}` : direction)
  }

  get #atDesk() {
    return { desk: this.#console ? 'console' : 'page' } as const
  }

  /** `(desk closed for 19h)`, `(desk closed)`, `(desk ahead 2, usually 6m)`, `(desk ahead 0)`, `(desk nobody in)`. */
  #deskAs(text: string): DeskView {
    const closed = /^closed(?: for (\d+)h)?$/.exec(text)
    if (closed?.[1])
      return { isOpen: false, opensAt: this.#now + Number(closed[1]) * 3_600_000, ahead: 0 }
    if (closed) return { isOpen: false }
    if (text === 'nobody in') return { agentsIn: 0, ahead: 0 }
    const [, ahead, minutes] = /^ahead (\d+)(?:, usually (\d+)m)?$/.exec(text) ?? []
    if (ahead === undefined) throw new Error(`Nobody knows the desk ${text}.`)
    return { ahead: Number(ahead), ...(minutes && { usualMinutes: Number(minutes) }) }
  }

  #goTo(place: 'story' | 'channel'): void {
    if (this.#place === place) return
    this.#place = place
    this.#lines.push(place === 'channel' ? '(in the channel)' : '(in our own chat)')
  }

  transcript(): string {
    return this.#lines.join('\n')
  }

  #oldReply: Reply | undefined

  #append(said: Pick<Body, 'text' | 'value' | 'attachments' | 'files'>): Promise<void> {
    return this.#add({ type: 'message', ...said })
  }

  async #add(body: Omit<Body, 'from'>): Promise<void> {
    this.#now += 5_000
    this.#sent += 1
    await this.#conversations.append(this.#idOf(this.#place), {
      at: this.#now,
      kind: 'activity',
      audience: ['person', 'agents', 'bot'],
      key: `message-${this.#sent}`,
      body: { from: person, ...(this.#zone && { localTimezone: this.#zone }), ...body },
    })
    await this.#settle()
  }

  /** Reads what is new in the log, as any client would. */
  async #settle(): Promise<void> {
    await this.#turns.settled()
    // What is said where the talk is comes first.
    const other = this.#place === 'story' ? 'channel' : 'story'
    for (const place of [this.#place, other] as const) {
      const after = this.#seen[place]
      const rows = await this.#conversations.read(this.#idOf(place), { after, audience: 'person' })
      for (const row of rows) await this.#hear(place, row)
    }
  }

  async #hear(place: 'story' | 'channel', row: Row): Promise<void> {
    this.#seen[place] = row.seq
    if (row.body?.from.role !== 'user') this.#goTo(place)
    const { from, channelData } = row.body ?? {}
    const reply = channelData?.fixladder
    const who = from?.role === 'agent' ? 'agent' : 'bot'
    if (!reply && who !== 'agent') return
    const { text, buttons } = await this.#client.shown(row, reply)
    this.#lines.push(`${who}: ${flat(text)}${buttons.map((label) => ` [${label}]`).join('')}`)
    if (!reply) return
    if (buttonsOf(reply).length > 0) {
      this.#oldReply = this.#lastReply
      this.#lastReply = reply
    }
  }
}

const person = { id: 'dl_story', role: 'user' } as const
const maria = { id: 'maria', name: 'Maria' }

const linesOf = (script: string): string[] =>
  script
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.replace(/^(user|bot|press|agent):\s+/, '$1: '))

/** A fix that the agent has sent by a command, with its buttons. */
const isCard = (line: string): boolean => line.endsWith(']')

const textAfter = (line: string): string => line.slice(line.indexOf(':') + 1).trim()
const flat = (text: string): string => text.replace(/\s+/g, ' ').trim()
