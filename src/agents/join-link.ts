/** Where somebody comes in by a secret. It stands behind the `#`: browsers keep that part to themselves, so it is in no log of a server. */
export const joinLink = (origin: string, secret: string): string =>
  `${origin}/console#join=${secret}`
