import { appId, message, serviceUrl, tenantId } from './stage'

/** What Teams posts from a channel or a group chat. */

export const channel = '19:general@thread.tacv2'
export const team = '19:team@thread.tacv2'
export const thread = `${channel};messageid=1700000000001`
export const group = '19:group-chat@thread.v2'

export const ada = { id: '29:1person', name: 'Ada Byron', aadObjectId: 'ada-in-the-directory' }
export const bob = { id: '29:2person', name: 'Bob', aadObjectId: 'bob-in-the-directory' }
const bot = { id: `28:${appId}`, name: 'Fixladder' }
const mention = { type: 'mention', mentioned: bot, text: '<at>Fixladder</at>' }

const channelData = { tenant: { id: tenantId }, team: { id: team }, channel: { id: channel } }

/** From the channel's thread, unless `more` says otherwise. */
export const inThread = (more: object = {}) => ({
  conversation: { id: thread, conversationType: 'channel', tenantId, isGroup: true },
  channelData,
  from: ada,
  ...more,
})

export const inGroup = (more: object = {}) => ({
  conversation: { id: group, conversationType: 'groupChat', tenantId, isGroup: true },
  channelData: { tenant: { id: tenantId } },
  from: ada,
  ...more,
})

/** Words that mention the bot. */
export const toBot = (text: string, more: object = {}) =>
  message({ text: `<at>Fixladder</at> ${text}\r\n`, entities: [mention], ...more })

/** The bot came or went, or something else happened to the place. */
export const happened = (type: string, more: object) => ({
  type,
  id: `f:${type}`,
  channelId: 'msteams',
  serviceUrl,
  recipient: bot,
  ...inThread(),
  conversation: { id: channel, conversationType: 'channel', tenantId, isGroup: true },
  ...more,
})
