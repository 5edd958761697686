/** A token for a conversation on the web lasts an hour at most; one more second, because its end is counted in whole ones. */
const tokensEndAfterMs = 60 * 60_000 + 1_000

/**
 * When a conversation that is erased now may begin again under its id. On the web not before its last token has ended;
 * in Teams at once, where the id is the chat's and nobody holds a token.
 */
export const startsAgain = (channel: string, now: number): number | null =>
  channel === 'direct-line' ? now + tokensEndAfterMs : null
