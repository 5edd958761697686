import { findCommand } from '../../src/channels/teams/find/query'
import type { AppTexts } from './texts'

/**
 * The schema that the manifest names and is held against: the newest that is both in `@microsoft/app-manifest` and
 * among the generally available versions of Microsoft's reference (June 2026). The package has 1.30 as well, but
 * tenants have refused versions that were carried before they were rolled out (MicrosoftDocs/msteams-docs#3333).
 * Nothing of ours needs a new one; where an upload says that the version is not supported, `--schema 1.22` makes the
 * same package for an older one.
 */
export const newestSchema = '1.29'

/** Who answers for the app, and which bot it is. */
export interface AppFacts {
  readonly appId: string
  readonly name: string
  readonly accent: string
  readonly developer: {
    readonly name: string
    readonly websiteUrl: string
    readonly privacyUrl: string
    readonly termsOfUseUrl: string
  }
  /** Where the server is reached. */
  readonly publicUrl: string
  /** As in package.json. Teams takes a new package for an app only if this has grown. */
  readonly version: string
}

/** What the pack says about itself in one language, and our sentences around it. */
export interface AppLanguage {
  readonly tag: string
  readonly title: string
  readonly subject: string
  readonly examples: readonly string[]
  readonly texts: AppTexts
}

const scopes = ['personal', 'team', 'groupChat'] as const

/** The manifest of the app, in its first language; the others are files beside it (`stringsOf`). */
export function manifestOf(
  facts: AppFacts,
  [language, ...others]: readonly [AppLanguage, ...AppLanguage[]],
  schema = newestSchema,
) {
  const { appId, name, accent, developer, publicUrl, version } = facts
  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${schema}/MicrosoftTeams.schema.json`,
    manifestVersion: schema,
    version,
    // The app is its one bot, so a new package always replaces the old one.
    id: appId,
    developer,
    name: { short: name, full: fullName(name, language) },
    description: descriptionOf(language),
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: accent,
    localizationInfo: {
      defaultLanguageTag: language.tag,
      ...(others.length > 0 && {
        additionalLanguages: others.map(({ tag }) => ({ languageTag: tag, file: fileOf(tag) })),
      }),
    },
    defaultInstallScope: 'personal',
    defaultGroupCapability: { team: 'bot', groupchat: 'bot' },
    bots: [
      {
        botId: appId,
        scopes: [...scopes],
        // So that a file can be sent and answered for; it is never opened.
        supportsFiles: true,
        // Plain commands, not prompt starters: those are Teams' own greeting, and the bot greets already.
        commandLists: scopes.map((scope) => ({ scopes: [scope], commands: commandsOf(language) })),
      },
    ],
    // "Find a fix": searches are answered by the bot's own endpoint.
    composeExtensions: [{ botId: appId, commands: [findCommandOf(language)] }],
    // No `permissions`, no `authorization` (resource-specific consent) and no `webApplicationInfo`: the bot reads what
    // mentions it or stands in its own chat, and for that nothing has to be granted.
    validDomains: [new URL(publicUrl).host],
  }
}

/** The file with the strings of a further language, by the keys of Teams' localisation schema. */
export function stringsOf(
  name: string,
  language: AppLanguage,
  schema = newestSchema,
): Readonly<Record<string, string>> {
  const { short, full } = descriptionOf(language)
  const commands = scopes.flatMap((_, list) =>
    commandsOf(language).flatMap(({ title, description }, index) => {
      const key = `bots[0].commandLists[${list}].commands[${index}]`
      return [
        [`${key}.title`, title],
        [`${key}.description`, description],
      ]
    }),
  )
  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${schema}/MicrosoftTeams.Localization.schema.json`,
    'name.short': name,
    'name.full': fullName(name, language),
    'description.short': short,
    'description.full': full,
    ...Object.fromEntries(commands),
    ...findStringsOf(language),
  }
}

/** What the file of a further language is called in the package. */
export const fileOf = (tag: string): string => `${tag}.json`

const fullName = (name: string, { title }: AppLanguage): string => `${name}: ${title}`

const descriptionOf = ({ texts, subject }: AppLanguage) => ({
  short: texts.short(subject),
  full: texts.full(subject),
})

const findCommandOf = ({ texts: { find } }: AppLanguage) => ({
  id: findCommand.id,
  type: 'query',
  context: ['compose', 'commandBox'],
  title: find.title,
  description: find.description,
  // Opened, it shows what most people look for.
  initialRun: true,
  parameters: [
    {
      name: findCommand.parameter,
      title: find.words.title,
      description: find.words.description,
      inputType: 'text',
    },
  ],
})

function findStringsOf({ texts: { find } }: AppLanguage): Readonly<Record<string, string>> {
  const command = 'composeExtensions[0].commands[0]'
  return {
    [`${command}.title`]: find.title,
    [`${command}.description`]: find.description,
    [`${command}.parameters[0].title`]: find.words.title,
    [`${command}.parameters[0].description`]: find.words.description,
  }
}

const commandsOf = ({ examples, texts }: AppLanguage) => [
  ...examples.map((title) => ({ title, description: texts.example })),
  ...texts.commands,
]
