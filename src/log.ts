import { pino, type Logger } from 'pino'

/** One JSON object a line. Never a person's words, never a token. */
export const createLog = (level: string): Logger =>
  pino({
    level,
    base: null,
    redact: {
      paths: ['token', 'authorization', 'text', '*.token', '*.authorization', '*.text'],
      censor: '[hidden]',
    },
    formatters: { level: (label) => ({ level: label }) },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
  })

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>
