import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as sqlite from '@photostructure/sqlite'

/**
 * Takes the place of the library in the chaos tests' server: before each transaction the database may grow to as many pages as
 * the file `max-pages` beside it says, as on a disk that has no room for more.
 */
export const { backup } = sqlite

export class DatabaseSync extends sqlite.DatabaseSync {
  readonly #limit: string
  #said = ''

  constructor(...parameters: ConstructorParameters<typeof sqlite.DatabaseSync>) {
    super(...parameters)
    this.#limit = join(dirname(String(parameters[0])), 'max-pages')
  }

  override exec(sql: string): void {
    if (sql === 'BEGIN IMMEDIATE' && existsSync(this.#limit)) {
      const pages = readFileSync(this.#limit, 'utf8')
      if (pages !== this.#said) super.exec(`PRAGMA max_page_count = ${Number(pages)}`)
      this.#said = pages
    }
    super.exec(sql)
  }
}
