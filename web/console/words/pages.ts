import type { AuditWhat, Role, SignedOutReason } from '../state/contract'
import { count, inShort } from './parts'

/** What is said at the door, and on the pages beside the cases. */
export const pageWords = {
  signIn: {
    title: 'Sign in',
    email: 'E-mail',
    password: 'Password',
    go: 'Sign in',
    with: (name: string) => `Sign in with ${name}`,
    noAgents:
      'Nobody can sign in yet. The server printed a set-up link when it started: look in its log for “/console#join=”, and open that link to make the first account.',
    failed: 'Signing in did not work there. Try again.',
    unavailable:
      'The sign-in of your organisation does not answer. Try again in a while; the log of the server says why.',
    noRole:
      'You are signed in there, but this console was not opened for you. Ask an administrator.',
    kept: 'What you were writing is kept.',
    out: {
      idle: 'You were signed out after a while without activity.',
      expired: 'Your session has ended for today. Sign in to go on.',
      revoked: 'You were signed out from elsewhere.',
    } satisfies Record<SignedOutReason, string>,
    goneElse: 'You are signed out. Sign in to go on.',
    passwordUnclear:
      'The connection broke while your password was being changed. Sign in with the new one; if that is refused, with the old one.',
    nowOther: (name: string) => `${name} has signed in in this browser, so this tab is theirs now.`,
  },

  join: {
    title: 'Make your account',
    as: (role: Role) => `You were invited as ${roleWords[role]}.`,
    name: 'Your name',
    nameHint: 'People who write to you see it.',
    email: 'E-mail',
    emailHint: 'You sign in with it.',
    password: 'Password',
    passwordHint: 'At least 12 characters. A few words in a row are easy to keep in mind.',
    go: 'Make account',
    unknown: 'This link is used up or too old. Ask for a new one.',
    toSignIn: 'Go to sign-in',
    tooShort: 'The password needs at least 12 characters.',
  },

  people: {
    title: 'People',
    name: 'Name',
    email: 'E-mail',
    role: 'Role',
    seen: 'Last seen',
    state: 'State',
    actions: 'Actions',
    never: 'never',
    disabled: 'Disabled',
    active: 'Active',
    disable: 'Disable',
    askDisable: (name: string) => `Sign ${inShort(name)} out and keep them out?`,
    keep: 'Keep',
    enable: 'Enable',
    signOut: 'Sign out',
    signedOut: (name: string) => `${inShort(name)} is signed out everywhere.`,
    roleChanged: (name: string, role: Role) =>
      `${inShort(name)} is ${roleWords[role]} now, and signs in again.`,
    nowDisabled: (name: string) => `${inShort(name)} is signed out and can’t sign in any more.`,
    roleOf: (name: string) => `Role of ${name}`,
    you: '(you)',
    inviteTitle: 'Invite somebody',
    invite: 'Make invitation link',
    inviteName: 'Name (optional)',
    inviteEmail: 'E-mail (optional)',
    linkTitle: 'Invitation link',
    linkHint: 'Send it to one person. It works once, and it is shown only now.',
    copy: 'Copy link',
    copied: 'Copied.',
    until: (when: string) => `Valid until ${when}.`,
    invites: 'Open invitations',
    noInvites: 'Invitations that were not used yet appear here.',
    revoke: 'Revoke',
    expires: 'Expires',
    somebody: 'Somebody',
    loading: 'Getting the list…',
  },

  audit: {
    title: 'Audit log',
    when: 'When',
    who: 'Who',
    what: 'What',
    about: 'About',
    nobody: 'The server',
    none: 'Sign-ins, changed roles and commands on cases appear here.',
    more: 'Show older entries',
    aCase: (id: string) => `case ${id.slice(0, 8)}`,
    whats: {
      sign_in: 'Signed in',
      sign_in_failed: 'A sign-in failed',
      sign_out: 'Signed out',
      sessions_ended: 'Sessions ended',
      agent_added: 'Account made',
      agent_changed: 'Role changed',
      agent_disabled: 'Account disabled',
      agent_enabled: 'Account enabled',
      password_changed: 'Password changed',
      invite_made: 'Invitation made',
      invite_used: 'Invitation used',
      invite_revoked: 'Invitation revoked',
      transcript_read: 'Conversation read',
      case_claimed: 'Case claimed',
      case_transferred: 'Case transferred',
      case_closed: 'Case closed',
      case_returned: 'Case returned to the bot',
      case_released: 'Case put back into the queue',
      desk_refused: 'Refused at the desk in Teams',
      person_erased: 'Erased a person, at the server',
    } satisfies Record<AuditWhat, string>,
    /** What a newer server tells of stands there as it calls it. */
    told: (what: string): string =>
      (pageWords.audit.whats as Readonly<Record<string, string>>)[what] ??
      what.replaceAll('_', ' '),
  },

  ratings: {
    title: 'Ratings',
    when: 'When',
    score: 'Score',
    said: 'Words',
    case: 'Case',
    agent: 'Agent',
    ofFive: (score: number) => `${score} of 5`,
    month: (number: number, average: number) =>
      `${average.toFixed(1)} of 5 on average in the last 30 days, from ${count(number, 'rating', 'ratings')}.`,
    monthEmpty: 'Nobody rated a case in the last 30 days.',
    newest: (number: number) => `The newest ${number} are shown.`,
    none: 'What people say once their case is closed appears here: a score from 1 to 5, and why.',
    noneOwn:
      'What people say once you have closed their case appears here: a score from 1 to 5, and why.',
    loading: 'Getting the ratings…',
  },

  account: {
    title: 'Account and sounds',
    passwordTitle: 'Password',
    old: 'Current password',
    new: 'New password',
    change: 'Change password',
    changed: 'Changed. Your other sessions have ended.',
    soundsTitle: 'Sounds and signs',
    soundWaiting: 'Sound when somebody new waits, sound and word when a case is passed to me',
    soundAnswers: 'Sound when a person of mine answers',
    badge: 'Number of cases that wait for an answer in the tab’s title',
    tryIt: 'Hear it',
    letters: 'Single-letter shortcuts outside text fields',
    kept: 'Kept in this browser.',
    oidc: (name: string) => `You sign in with ${name}; your password is kept there.`,
  },

  roles: { agent: 'Agent', supervisor: 'Supervisor', admin: 'Administrator' } satisfies Record<
    Role,
    string
  >,
}

const roleWords = {
  agent: 'an agent',
  supervisor: 'a supervisor',
  admin: 'an administrator',
} satisfies Record<Role, string>
