import { readFileSync } from 'node:fs'

/** Files that a process has open besides the sockets of people: requests that are kept open, the database, the rest. */
const others = 700

/** Throws when a process may not have so many sockets open. Node.js itself raises the limit to the highest it is allowed. */
export function checkOpenFiles(sockets: number): void {
  const most = mostOpenFiles()
  if (most === undefined || most >= sockets + others) return
  throw new Error(
    `${sockets} sockets need ${sockets + others} open files in one process, and this shell allows ${most}. ` +
      `Raise it ("ulimit -Hn ${sockets + others}" as root, or LimitNOFILE), or ask for fewer with --sockets or --idle.`,
  )
}

function mostOpenFiles(): number | undefined {
  try {
    const [, most] =
      /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? []
    return most === undefined ? undefined : Number(most)
  } catch {
    // No /proc on this system: whoever opens too many hears it then.
    return undefined
  }
}
