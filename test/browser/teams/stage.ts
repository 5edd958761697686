import { appId, tenantId } from '../../teams/stage'
import { startServer } from '../server'
import { startPlayground } from './playground'
import { startSigner } from './signer'

/** The built server with the playground as its Teams, everything on this machine. */
export async function startTeams() {
  const signer = await startSigner()
  const playground = await startPlayground(`${signer.origin}/api/messages`)
  const server = await startServer({
    HANDOFF_ANSWERS_BY: 'within two hours',
    MicrosoftAppId: appId,
    MicrosoftAppTenantId: tenantId,
    // Microsoft is never asked: the playground's host gets no token.
    MicrosoftAppPassword: 'the secret of the tests',
    CONNECTOR_HOSTS: playground.host,
    CONNECTOR_KEYS_URL: `${signer.origin}/openidconfiguration`,
  })
  signer.target = server.url
  return {
    playground,
    server,
    /** Has Teams deliver this to the bot, whoever said it and however often. */
    deliver: (activity: object) => playground.post('_internal/v1/customActivities', activity),
    async close() {
      await server.close()
      await playground.close()
      await signer.close()
    },
  }
}

export type Teams = Awaited<ReturnType<typeof startTeams>>
