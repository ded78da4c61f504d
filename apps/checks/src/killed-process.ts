import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Outcome } from './command.ts'

interface Victim {
  readonly program: string
  readonly args: readonly string[]
  readonly cwd: string
}

const patienceMs = 60_000

/** Starts a program, and ends it with `SIGKILL` as soon as `isTime` says so. Fails if it ends by itself before. */
export async function runAndKill({ program, args, cwd }: Victim, isTime: () => Promise<unknown>): Promise<Outcome> {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)))
  const gone = once(child, 'close')
  const patience = setTimeout(() => child.kill('SIGTERM'), patienceMs)
  await Promise.race([isTime(), gone])
  clearTimeout(patience)
  child.kill('SIGKILL')
  const [, signal] = await gone
  return { ok: signal === 'SIGKILL', output: `${output}\nended by ${signal}` }
}

/** JavaScript that ends as soon as a run sleeps in a file of journals; both may come later. */
export const untilOneSleeps = (path: string): string => `
import { setTimeout as after } from 'node:timers/promises'
import { createDefaultEngine } from '@wf/engine-default'
import { createSqliteStorage } from '@wf/storage-sqlite'
const storage = createSqliteStorage({ path: ${JSON.stringify(path)} })
const engine = createDefaultEngine({ workflows: [], storage })
while ((await engine.runs.list({ status: 'waiting' })).runs.length === 0) await after(20)
await engine.close()
await storage.close()
`
