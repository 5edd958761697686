import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { config as readDotenv } from 'dotenv'
import { loadPack } from '../../knowledge'
import { faultsOf, hasSchema } from '../teams-package/faults'
import {
  manifestOf,
  newestSchema,
  type AppFacts,
  type AppLanguage,
} from '../teams-package/manifest'
import { packageSettings } from '../teams-package/settings'
import { appTexts } from '../teams-package/texts'
import { zipOf } from '../teams-package/zip'
import { readArguments, runTool } from '../tool'

const usage = `npm run teams:package [-- FILE] [-- --schema 1.22]
Writes the app package to upload to Teams, from the settings and the knowledge pack in PACK_DIR. Without FILE: dist/teams/fixladder-teams.zip
--schema names another version of Teams' manifest schema; without it ${newestSchema}.`

const icons = 'scripts/teams-package'

/** `npm run teams:package`: the zip with manifest and icons, held against Teams' schema before it is written. */
async function main(): Promise<number> {
  const options = { schema: { type: 'string', default: newestSchema } } as const
  const { values, positionals } = readArguments(usage, options, 1)
  if (!hasSchema(values.schema)) return fail(`No schema ${values.schema} is known.`, usage)
  readDotenv({ quiet: true })
  const { facts, packFolder } = factsFrom(process.env)
  const language = await languageOf(packFolder)
  if (typeof language === 'string') return fail(language)
  const manifest = manifestOf(facts, [language], values.schema)
  const faults = faultsOf('manifest', manifest, values.schema)
  if (faults.length > 0)
    return fail(
      `Teams' schema ${values.schema} does not take this manifest:`,
      ...faults.map((fault) => `  ${fault}`),
    )
  const zip = zipOf({
    'manifest.json': Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`),
    'color.png': readFileSync(`${icons}/color.png`),
    'outline.png': readFileSync(`${icons}/outline.png`),
  })
  const file = positionals[0] ?? 'dist/teams/fixladder-teams.zip'
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, zip)
  process.stdout.write(
    `${file}: ${facts.name} ${facts.version} for the bot ${facts.appId}, schema ${values.schema}. docs/teams.md says how to upload it.\n`,
  )
  return 0
}

function factsFrom(environment: Record<string, string | undefined>): {
  readonly facts: AppFacts
  readonly packFolder: string
} {
  const config = packageSettings(environment)
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
  return {
    packFolder: config.PACK_DIR,
    facts: {
      // Nothing of these is missing: packageSettings has thrown otherwise.
      appId: config.MicrosoftAppId ?? '',
      publicUrl: config.PUBLIC_URL ?? '',
      name: config.TEAMS_APP_NAME,
      accent: config.TEAMS_ACCENT,
      developer: {
        name: config.TEAMS_DEVELOPER_NAME ?? '',
        websiteUrl: config.TEAMS_DEVELOPER_URL ?? '',
        privacyUrl: config.TEAMS_PRIVACY_URL ?? '',
        termsOfUseUrl: config.TEAMS_TERMS_URL ?? '',
      },
      version,
    },
  }
}

/** The pack's language, or what to do when nobody has written the app's texts in it. */
async function languageOf(folder: string): Promise<AppLanguage | string> {
  const { language, title, subject, examples } = (await loadPack(folder)).info
  const texts = appTexts[language]
  return texts
    ? { tag: language, title, subject, examples, texts }
    : `The pack in ${folder} is in "${language}", and scripts/teams-package/texts.ts has no texts for that.`
}

function fail(...lines: readonly string[]): number {
  process.stderr.write(`${lines.join('\n')}\n`)
  return 1
}

void runTool(main)
