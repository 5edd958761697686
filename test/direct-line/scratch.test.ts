import { join } from 'node:path'
import { startApp } from '../../src/app'
import { readConfig } from '../../src/config'
import { createLog } from '../../src/log'
import { createFolder, removeFolder } from './store'
import { startVisitor } from './requests'
test('x', async () => {
  const folder = createFolder()
  const app = await startApp({ config: readConfig({ PORT: '0', ADMIN_PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'warn' }), log: createLog('warn'), webDir: join(__dirname, '../../dist/web'), messageBurst: 100 })
  for (const script of [['my shared album is stuck on waiting','iPhone','No','No','Yes'], ['talk to a person <img src=x onerror=alert(1)>'], ['Talk to a person', 'Send', 'hello?', 'still there?']]) {
    const ada = await startVisitor(app)
    for (const t of script) {
      const { activities } = await ada.read()
      const last: any = activities.at(-1)
      const b = last?.suggestedActions?.actions.find((x: any) => x.title === t)
      if (b) await (await import('./requests')).call(app, 'POST', `${ada.at}/activities`, { token: ada.token, body: { type: 'message', text: b.text, value: b.value } })
      else await ada.say(t)
      await new Promise((r) => setTimeout(r, 300))
    }
    const { activities } = await ada.read()
    for (const a of activities as any) process.stdout.write(`${a.from.role}: ${a.text}  ${(a.suggestedActions?.actions ?? []).map((x: any) => `[${x.title}]`).join(' ')}\n\n`)
    process.stdout.write('=======\n')
  }
  process.stdout.write(await (await fetch(app.adminUrl)).text())
  await app.close()
  removeFolder(folder)
}, 60000)
