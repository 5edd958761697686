import { WebSocket } from 'ws'
import type { CaseDetail } from '../../src/console/case-detail'
import type { CaseLine } from '../../src/console/case-line'
import type { Line } from '../../src/console/lines'
import type { FromConsole, ToConsole } from '../../src/console/messages'
import { until } from '../direct-line/requests'

/** A console's live socket, and what it was told. */
export class Seat {
  readonly heard: ToConsole[] = []
  readonly cases = new Map<string, CaseLine>()
  detail: CaseDetail | undefined
  readonly rows: Line[] = []
  closed: number | undefined
  readonly #socket: WebSocket

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', (data: Buffer) => this.#hear(JSON.parse(data.toString()) as ToConsole))
    socket.on('close', (code) => (this.closed = code))
    socket.on('error', () => undefined)
  }

  static async open(url: string, cookie: string, origin = url): Promise<Seat> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/console/live`, {
      headers: { cookie, origin },
    })
    const seat = new Seat(socket)
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve)
      socket.once('unexpected-response', (_request, answer) =>
        reject(new Error(`refused with ${answer.statusCode}`)),
      )
      socket.once('error', reject)
    })
    await until('the queue', () => seat.heard.some(({ type }) => type === 'queue'))
    return seat
  }

  send(message: FromConsole): void {
    this.#socket.send(JSON.stringify(message))
  }

  sendText(text: string): void {
    this.#socket.send(text)
  }

  close(): void {
    this.#socket.close()
  }

  /** As when the network goes: nothing is said. */
  cut(): void {
    this.#socket.terminate()
  }

  #hear(message: ToConsole): void {
    this.heard.push(message)
    if (message.type === 'queue') {
      if (message.reset) this.cases.clear()
      for (const line of message.cases) this.cases.set(line.id, line)
      for (const id of message.gone) this.cases.delete(id)
    }
    if (message.type === 'case') this.detail = message.detail
    if (message.type === 'rows') this.rows.push(...message.rows)
  }
}
