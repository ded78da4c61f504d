import { once } from 'node:events'
import { buildSite, builtSite } from './build-site.ts'
import { serveSite } from './serve-site.ts'

const [command = '', port = '4321'] = process.argv.slice(2)

if (command === 'build') {
  const pages = await buildSite()
  console.log(`${pages.length} pages in ${builtSite}`)
} else if (command === 'serve') {
  const server = serveSite(builtSite).listen(Number(port))
  await once(server, 'listening')
  console.log(`http://localhost:${port}`)
} else {
  console.error('usage: pnpm docs:build | pnpm docs:serve [port]')
  process.exitCode = 1
}
