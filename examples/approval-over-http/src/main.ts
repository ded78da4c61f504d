import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { serveExpenses } from './serve-expenses.ts'

const folder = join(import.meta.dirname, '..', '.data')
mkdirSync(folder, { recursive: true })
const place = { path: join(folder, 'expenses.db'), port: Number(process.env.PORT ?? 0) }

async function ask(url: string, method: string, body?: object) {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) })
  console.log(`${method} ${new URL(url).pathname} → ${response.status} ${await response.text()}`)
}

const id = `expense-${Date.now()}`
const before = await serveExpenses(place)
await ask(`${before.url}/expenses/${id}`, 'PUT', { what: 'a piano', amount: 4000 })
console.log('the server ends, and another one begins over the same file')
await before.close()

const server = await serveExpenses(place)
await ask(`${server.url}/expenses/${id}`, 'GET')
const decide = (by: string, approved: boolean) => ask(`${server.url}/expenses/${id}/decision`, 'POST', { approved, by })
console.log('two people decide at once: one of them counts')
await Promise.all([decide('Ada', true), decide('Bob', false)])
await ask(`${server.url}/expenses/${id}`, 'GET')

if (process.argv.includes('--serve')) console.log(`still there: ${server.url}`)
else await server.close()
