/** What the person asked for could not be done now; `code` says why, as `Answer` has it. */
export class LineError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'LineError'
    this.code = code
  }
}
