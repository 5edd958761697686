/** Every sentence that agents read in the channel, besides what stands on the card. */
export const told = {
  oneMoment: 'One moment: this takes a little longer. The card will show it.',
  strangers: 'Only members of this team can answer here. Ask its owner to add you.',
  unclear: 'Teams does not say right now who belongs to this team. Nothing was done; try again.',
  unknownCase: 'I do not know this case any more.',
  noThread:
    'I post a case here as soon as somebody asks for a person. To help with one, write in its thread. For help of your own, write to me in a personal chat.',
  noWords: 'Write something first; nothing was sent.',
  noFiles: 'I can pass on words only. Nothing was sent.',
  tooLong: (most: number) => `This is longer than ${most} characters. Nothing was sent.`,
  noFix: 'Choose a fix of the list first.',
  noCure: 'Choose what fixed it first.',
  notPassedOn: (why: string) => `Not passed on. ${why}`,
} as const
