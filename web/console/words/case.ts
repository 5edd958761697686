import type { RungResult } from '../state/contract'
import { count, inShort } from './parts'

/** How sure the matching was, in words: numbers would claim more than is known. */
const sureness = (confidence: number | undefined): string =>
  confidence === undefined
    ? ''
    : confidence >= 0.75
      ? 'sure'
      : confidence >= 0.5
        ? 'fairly sure'
        : 'a guess'

/** What is said of the open case: its conversation, its brief and its ladder. */
export const caseWords = {
  talk: {
    label: 'Conversation',
    none: 'Choose a case',
    noneHint: 'J and K move through the queue. C claims the one that is open.',
    loading: 'Getting the conversation…',
    empty: 'Nothing has been said yet.',
    fold: (rungs: number, minutes: number) =>
      `Bot: ${rungs > 0 ? `${count(rungs, 'rung', 'rungs')}, ` : ''}${minutes} min`,
    earlier: (lines: number) => `Show ${count(lines, 'earlier line', 'earlier lines')}`,
    newer: 'New messages',
    bot: 'Bot',
    you: 'You',
    note: (name: string) => `Note by ${inShort(name)}`,
    ownNote: 'Your note',
    noteHint: 'Only colleagues see it',
    pressed: 'pressed',
    offered: 'Could press',
    typing: (name: string) => `${inShort(name)} is writing…`,
    fixOf: (number: number, minutes: number) => `Fix ${number} · ${minutes} min`,
    sending: 'Sending…',
    waitsForLine: 'Will be sent when the connection is back',
    sent: 'Sent',
    /** The bot's own reasons begin with what was not sent. */
    failed: (why: string) => (/\bnot sent\b/.test(why) ? why : `Not sent: ${why}`),
    again: 'Try again',
    discard: 'Discard',
    picture: (name: string) => `Picture: ${name}`,
    recording: (name: string) => `Recording: ${name}`,
    download: (name: string, bytes: number) =>
      `${name} (${Math.max(0.1, bytes / 1_000_000).toFixed(1)} MB): download`,
    fileGone: (name: string) => `${name} is no longer kept.`,
    fileBroken: (name: string) => `${name} can’t be shown. Reload the page to try again.`,
    sendsFix: (title: string) => `Fix: ${title}`,
  },

  write: {
    label: 'Reply',
    noteLabel: 'Note for colleagues',
    to: (name: string) => `Reply to ${inShort(name)}`,
    noteTo: 'Note for colleagues; the person never sees it',
    reply: 'Reply',
    note: 'Note',
    send: 'Send',
    saveNote: 'Save note',
    hint: 'Enter sends, Shift+Enter new line, / canned replies, Esc for the keys',
    noteHint: 'Enter saves, Shift+Enter new line',
    elsewhere: (address: string) => `Has left the chat. Answer to ${address}`,
    canned: 'Canned replies',
    noCanned: 'No canned reply fits. Esc keeps what you typed.',
  },

  claim: {
    go: 'Claim',
    waiting: (name: string, time: string) =>
      `${inShort(name)} has waited ${time.replaceAll(' ', '\u00a0')}`,
    theirs: (agent: string) => `${inShort(agent)} has this case`,
    theirsHint: 'You can leave a note for them.',
    ended: (state: string, when: string) => `${state} ${when}`,
  },

  facts: {
    device: 'Device',
    title: 'What did you learn?',
    none: 'No facts yet',
    note: 'Note facts',
    change: 'Change facts',
    devices: {
      iphone: 'iPhone',
      ipad: 'iPad',
      ipod: 'iPod touch',
      mac: 'Mac',
      windows: 'Windows PC',
      'apple-tv': 'Apple TV',
      other: 'Other',
    },
    /** How a brief tells of what is none of these. */
    anotherDevice: 'another device',
    system: 'System',
    noSystem: "They can't say",
    role: 'Album',
    roleChoices: { owner: 'Theirs', member: "Somebody else's" },
    roles: { owner: 'their own album', member: "somebody else's album" },
    scope: 'Affected',
    scopeChoices: { me: 'Only this person', everyone: 'Everybody' },
    scopes: { me: 'only this person', everyone: 'everybody is affected' },
  },

  close: {
    title: 'What fixed it?',
    other: 'Something else',
    nothing: 'Nothing did',
    otherWords: 'What was it? (helps the next ladder)',
    bar: (name: string) => `Closing the case of ${inShort(name)}.`,
    undo: 'Undo',
    wroteAgain: (name: string) => `${inShort(name)} wrote again, so the case stays open.`,
    notYet: (name: string) => `The case of ${inShort(name)} is not closed yet. It is tried again.`,
    stays: (name: string) => `The case of ${inShort(name)} was not closed.`,
  },

  give: {
    returnTitle: 'Return to bot at',
    whereItWas: 'Where the ladder stood',
    go: 'Return to bot',
    transferTitle: 'Transfer to',
    comment: 'Comment for your colleague (optional)',
    releaseComment: 'Comment for whoever claims it (optional)',
    transferGo: 'Transfer',
    releaseTitle: 'Put the case back into the queue?',
    releaseGo: 'Back to queue',
    nobody: 'Nobody else is signed in. Put the case back into the queue instead.',
    holds: (number: number) => (number === 0 ? 'no cases' : count(number, 'case', 'cases')),
    away: 'away',
  },

  ladder: {
    label: 'Ladder and brief',
    noCase: 'The ladder of the case you open appears here.',
    noSymptom: 'No symptom yet',
    choose: 'Choose symptom',
    change: 'Change',
    sureness,
    instead: 'Or:',
    percent: (confidence: number) => `${Math.round(confidence * 100)} %`,
    added: 'Added',
    lastWords: 'Last words',
    sent: 'Sent',
    showAll: 'Show all of it',
    showLess: 'Show less',
    replyTo: 'Answer to',
    steps: 'Tried so far',
    noRungs: 'No fix was shown yet.',
    trying: 'being tried',
    minutes: (number: number) => `${number} min`,
    next: 'Next fixes',
    noNext: 'No fix is left for this symptom.',
    noLadder: 'Fixes appear here once the case has a symptom.',
    chance: (chance: number) =>
      chance >= 0.01 ? `${Math.round(chance * 100)} % chance` : 'small chance',
    send: 'Send',
    sendTitle: (title: string) => `Send fix: ${title}`,
    tried: 'Tried',
    triedTitle: (title: string) => `Mark as tried: ${title}`,
    loses: (what: string) => `Loses: ${what}`,
    confirm: 'Send anyway',
    confirmHint: (number: number) => `Press ${number} again to send it anyway.`,
    marking: 'Press the number of the fix that was tried. Esc stops.',
    onlyYours: 'Claim the case to send fixes.',
    ruledOut: (number: number) => `${count(number, 'fix', 'fixes')} ruled out`,
    history: 'Earlier cases',
    results: {
      helped: 'Helped',
      no_help: 'No help',
      partly: 'Partly',
      cannot: 'Can’t do it',
    },
    resultLabel: (title: string) => `How did it go: ${title}`,
  },

  results: {
    helped: 'helped',
    no_help: 'no help',
    partly: 'partly',
    already_tried: 'already tried',
    parked: 'put off',
    cannot: 'can’t do it',
    skipped: 'skipped',
    found: 'found it',
    declined: 'declined',
  } satisfies Record<RungResult, string>,
}
