import type { DueQuery } from '@wf/core'
import { bytesOf, type Connection, listOf, replyOf } from './connection.js'
import type { ShelfKeys } from './key-space.js'
import { queuesScript } from './scripts/due-scripts.js'
import { exactly, measured, type Sent } from './text.js'

/** The wake-ups of one workflow and graph lie together, the earliest first; what they have in common names their queue. */
export async function queuesOf(
  connection: Connection,
  shelf: ShelfKeys,
  serves: DueQuery['serves'],
): Promise<readonly Sent[]> {
  if (serves === 'all') return enumerate(connection, shelf, '')
  const named = new Map<string, Sent>()
  const whole = new Set<string>()
  for (const { workflowId, graphHash } of serves) {
    const workflow = measured(workflowId)
    if (graphHash === undefined) whole.add(workflow)
    else named.set(workflow + measured(graphHash), exactly(workflow + measured(graphHash)))
  }
  const found = await Promise.all([...whole].map((workflow) => enumerate(connection, shelf, workflow)))
  const others = [...named].filter(([name]) => ![...whole].some((workflow) => name.startsWith(workflow)))
  return [...found.flat(), ...others.map(([, queue]) => queue)]
}

/** The queues that there are of one workflow, or of all, in pieces. */
async function enumerate(connection: Connection, { partition, wakes }: ShelfKeys, prefix: string): Promise<Sent[]> {
  const begin = exactly(prefix)
  const queues: Sent[] = []
  let from: Sent | null = exactly(`[${prefix}`)
  while (from !== null) {
    const [outcome] = await connection.run(queuesScript, [{ partition, keys: [wakes], args: [begin, from] }])
    const [found, next] = listOf(replyOf(outcome, connection))
    for (const queue of listOf(found)) if (Buffer.isBuffer(queue)) queues.push(queue)
    from = bytesOf(next)
  }
  return queues
}
