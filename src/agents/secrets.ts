import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits, for sessions, links and sign-ins under way: nobody guesses one. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** Only this is stored: who reads the database can neither take over a session nor use a link. */
export const hashOf = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url')

/** What `newSecret` makes; nothing else is looked up. */
export const isSecret = (text: string): boolean => /^[\w-]{43}$/.test(text)
