import { readSome } from '../../src/config'

/** What the package cannot be made without, and what it is for. */
const needed = {
  MicrosoftAppId: 'the application (client) id of the bot',
  PUBLIC_URL: 'the https address of the server, for example https://help.example.org',
  TEAMS_DEVELOPER_NAME: 'who answers for the app, for example Contoso IT',
  TEAMS_DEVELOPER_URL: 'a page about them or about this help, for example https://it.example.org',
  TEAMS_PRIVACY_URL:
    'the page that says what becomes of what people write, for example https://it.example.org/privacy',
  TEAMS_TERMS_URL: 'the page with the terms of use, for example https://it.example.org/terms',
} as const

/** What the package is made from; the bot's secret is none of it. */
const settings = [
  'MicrosoftAppId',
  'PUBLIC_URL',
  'PACK_DIR',
  'TEAMS_APP_NAME',
  'TEAMS_ACCENT',
  'TEAMS_DEVELOPER_NAME',
  'TEAMS_DEVELOPER_URL',
  'TEAMS_PRIVACY_URL',
  'TEAMS_TERMS_URL',
] as const

/** The settings of the package. Throws `config_invalid` with every one that is wrong or missing. */
export const packageSettings = (environment: Record<string, string | undefined>) =>
  readSome(environment, settings, missing(environment))

function missing(environment: Record<string, string | undefined>): string[] {
  const lacking = Object.entries(needed)
    .filter(([name]) => !environment[name])
    .map(([name, what]) => `${name}: needed for the app package; ${what}`)
  const url = environment['PUBLIC_URL']
  return url && URL.canParse(url) && new URL(url).protocol !== 'https:'
    ? [
        ...lacking,
        'PUBLIC_URL: must begin with https for the app package; Teams reaches no other address',
      ]
    : lacking
}
