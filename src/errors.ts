/** The one family of errors that Fixladder throws. Every code is explained in `docs/errors.md`; a test keeps that true. */

export const errorCodes = {
  config_invalid: 'A setting is missing or wrong; the message lists every one.',
  conversation_unknown: 'No conversation has this id.',
  handoff_unknown: 'No hand-off has this id.',
  storage_failed: 'The database refused a write; nothing of it was kept.',
  storage_unavailable:
    'The database cannot be reached; nobody knows whether what was under way was kept.',
  commit_lost: 'The conversation moved on during a turn; the turn runs again on what is true now.',
  storage_closed: 'The database is closed, as at the end of a shutdown.',
  pack_invalid: 'The knowledge pack has faults; the message lists every one.',
  turn_failed: 'A turn of the bot threw; the person got a kind sentence.',
  port_in_use: 'The port is taken by another program.',
  provider_unavailable:
    'The identity provider does not answer, or is not the one that OIDC_ISSUER names.',
  database_damaged:
    'The database is damaged; the server does not start on it, and changes nothing.',
  backup_failed: 'A backup could not be made, or is not sound; nothing stands under its name.',
  data_dir_in_use: 'Another server is running on the same DATA_DIR.',
} as const

export type ErrorCode = keyof typeof errorCodes

/** A code that came from another thread or from a write, if it is one of ours. */
export const knownCode = (code: string): ErrorCode =>
  code in errorCodes ? (code as ErrorCode) : 'storage_failed'

export class FixladderError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'FixladderError'
    this.code = code
  }
}
