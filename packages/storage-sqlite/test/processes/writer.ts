import { writeSync } from 'node:fs'
import { type Commit, type Committed, type Head, ORIGIN, type Storage } from '@wf/core'
import { createSqliteStorage } from '../../src/index.js'
import type { Order } from './order.js'

const order: Order = JSON.parse(process.argv[2] ?? '{}')
const { path, name, journals, commits, valueBytes = 0, synchronous = 'normal' } = order
const HEADER = { status: 's', workflowId: 'w', graphHash: 'g', workflowVersion: '', resourceId: null, tags: [] }

/** Tells the parent, without any buffer that a kill could empty. */
const tell = (...words: (string | number)[]): number => writeSync(1, `${words.join(' ')}\n`)

/** Each second commit is based on a head, and tried again until it lands there. */
async function append(storage: Storage, count: number, heads: Map<string, Head>): Promise<void> {
  const id = journals[count % journals.length] ?? ''
  let head = heads.get(id) ?? ORIGIN
  const entries = [{ type: 'event' as const, fact: `${name} ${count}`, value: 'v'.repeat(valueBytes) }]
  const commit = { journal: { namespace: 'n', kind: 'run' as const, id }, commitId: `${name}-${count}`, entries }
  for (;;) {
    const base: Commit['base'] = count % 2 === 0 ? { any: head } : head
    const [answer] = await storage.commit([{ ...commit, base, header: HEADER }])
    head = headOf(answer)
    if (answer?.status === 'stale') continue
    heads.set(id, head)
    tell('landed', id, commit.commitId, head.version)
    return
  }
}

function headOf(answer: Committed | undefined): Head {
  if (answer?.status === 'committed' || answer?.status === 'stale') return answer.head
  throw new Error(`answered with ${answer?.status}`)
}

const storage = createSqliteStorage({ path, synchronous })
const heads = new Map<string, Head>()
try {
  for (let count = 0; count < commits; count += 1) await append(storage, count, heads)
} catch (error) {
  tell('failed', error instanceof Error && 'code' in error ? `${error.code} ${error.message}` : String(error))
}
await storage.close()
tell('closed')
