import { createHash, randomBytes } from 'node:crypto'

/** What storage remembers for this channel besides the conversations. */
export interface VisitorSecrets {
  /** Remembers a visitor's resume secret by its hash; again to keep it longer. False when the conversation was erased meanwhile. */
  keep(
    hash: string,
    visitor: { readonly conversation: string; readonly user: string; readonly expiresAt: number },
  ): Promise<boolean>
  find(
    hash: string,
    now: number,
  ): Promise<{ readonly conversation: string; readonly user: string } | undefined>
  /** True the first time only. */
  useTicket(id: string, expiresAt: number): Promise<boolean>
}

/** 256 random bits: nobody guesses one, so it may stand alone. */
export const newResume = (): string => randomBytes(32).toString('base64url')

/** Only this is stored: who reads the database cannot take up anybody's conversation. */
export const hashOf = (resume: string): string =>
  createHash('sha256').update(resume).digest('base64url')

/** 128 random bits, for conversations, users and tickets. */
export const randomId = (): string => randomBytes(16).toString('base64url')
