import type { PoolClient } from 'pg'
import type { Tx } from '../tx'
import { run } from './run'

/** Statements on their way through one transaction. Nobody waits for one that gives no rows: the transaction ends well only if it did. */
export class Pipe {
  readonly tx: Tx
  readonly #sent: Promise<unknown>[] = []

  constructor(client: PoolClient, server: string) {
    this.tx = {
      server,
      run: (query, parameters) => {
        const rows = run(client, query, parameters)
        this.send(rows)
        return givesRows(query.postgres.sql) ? rows : Promise.resolve([])
      },
    }
  }

  send(statement: Promise<unknown>): void {
    this.#sent.push(statement)
    // Whoever asks hears of it.
    statement.catch(() => undefined)
  }

  /** Resolves once all that was sent is done; throws what failed first. */
  async arrived(): Promise<void> {
    for (const statement of this.#sent) await statement
  }
}

const givesRows = (sql: string): boolean => /^(select|with)\b|\breturning\b/i.test(sql)
