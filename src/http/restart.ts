/** "Service restart": the client comes back by itself. */
export const closeRestart = 1012

/** Clients are asked to come back between these, in milliseconds: a start takes about the first, and not all are to come at once. */
const soonestMs = 500
const latestMs = 5_000

/** Why a socket is closed, with when to come back; our own clients read the number. `chance` is between 0 and 1. */
export const restartReason = (chance: number): string =>
  `The server restarts. Come back in ${Math.round(soonestMs + chance * (latestMs - soonestMs))} ms.`
