import {
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  MessageFactory,
} from 'botbuilder'
import { createServer, plugins } from 'restify'
import { pino } from 'pino'
import { serveGauge } from './gauge'
import { sayReady } from './ready'

/** The bot of Microsoft's first sample: it says what it hears, keeps nothing, and checks nobody. */
export async function runEcho(): Promise<void> {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({}))
  const bot = new ActivityHandler().onMessage(async (context, next) => {
    const said = `Echo: ${context.activity.text}`
    await context.sendActivity(MessageFactory.text(said, said))
    await next()
  })
  // restify's types name another logger than the one it takes.
  const server = createServer({ log: pino({ level: 'silent' }) as never })
  server.use(plugins.bodyParser())
  server.post('/api/messages', async (request, response) => {
    await adapter.process(request, response, (context) => bot.run(context))
  })
  // As long as ours: else it closes connections in the very moment in which they are used again.
  server.server.keepAliveTimeout = 65_000
  serveGauge()
  server.listen(0, '127.0.0.1', () => sayReady(server.address().port))
  process.once('SIGTERM', () => process.exit(0))
}
