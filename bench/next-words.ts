/** What somebody hears over the stream. */
export interface Heard {
  readonly from: { readonly role: string }
  readonly text?: string
  readonly replyToId?: string
  readonly suggestedActions?: { readonly actions: readonly { readonly title: string }[] }
}

/** What somebody types who goes up a whole ladder, is offered a person at its end, and begins again. */
export function nextWords({ text = '', suggestedActions }: Heard): string {
  const titles = suggestedActions?.actions.map(({ title }) => title) ?? []
  if (text.includes('What do you see?')) return "I can't add photos to a shared album"
  if (text.startsWith('Did you mean')) return titles[0] ?? 'no'
  if (titles.includes('iPhone')) return 'iphone'
  if (titles.includes('Only me')) return 'only me'
  if (titles.includes('Mine')) return 'mine'
  if (titles.includes('Not sure')) return 'not sure'
  if (titles.includes('Send')) return 'start over'
  if (titles.includes('Skip it')) return 'skip it'
  return 'no'
}
