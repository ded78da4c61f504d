import { type Commit, createStep, createWorkflow, type JournalId, type Storage } from '@wf/core'
import { createVirtualClock } from '@wf/parity-tests'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createEventedEngine } from '../src/index.js'

const WRITES = 100_000
/** Each is told what landed since the one before its batch, so these are small. */
const BATCH = 20
const LEASE_MS = 1_000
/** It is much work, and nothing in it waits for time. */
const LONGEST_MS = 60_000

const opened = Promise.withResolvers<string>()
let begun = 0
const hold = createStep({
  id: 'hold',
  inputSchema: z.number(),
  outputSchema: z.string(),
  execute: async () => {
    begun += 1
    return opened.promise
  },
})
const holding = createWorkflow({ id: 'holding', inputSchema: z.number(), outputSchema: z.string() }).then(hold).commit()

const journal: JournalId = { namespace: 'default', kind: 'run', id: 'held' }

/** Claims of the run, oldest first, as outcomes name them. */
async function claimsIn(storage: Storage): Promise<readonly number[]> {
  const [slice] = await storage.load([{ journal }])
  return (slice?.commits ?? []).flatMap(({ version, entries }) =>
    entries.flatMap(({ fact }, index) => (fact.includes('"step-claimed"') ? version * 2 ** 20 + index : [])),
  )
}

/** Everything that a process could write that believes that a claim is its own. */
const writes = (claim: number): readonly Commit['entries'][] => [
  [{ type: 'event', fact: `{"type":"step-succeeded","at":"0","claim":${claim},"value":true}`, value: '"stolen"' }],
  [{ type: 'event', fact: `{"type":"step-failed","at":"0","claim":${claim},"final":true}` }],
  [{ type: 'event', fact: `{"type":"step-failed","at":"0","claim":${claim},"chance":0.5}` }],
  [{ type: 'event', fact: `{"type":"step-suspended","at":"0","claim":${claim}}` }],
  [{ type: 'event', fact: `{"type":"step-bailed","at":"0","claim":${claim},"value":true}`, value: '"stolen"' }],
  [{ type: 'event', fact: `{"type":"step-released","at":"0","claim":${claim}}` }],
  [
    {
      type: 'event',
      fact: `{"type":"state-set","at":"0","claim":${claim},"keys":["a"],"value":true}`,
      value: '{"a":1}',
    },
    {
      type: 'event',
      fact: `{"type":"context-set","at":"0","claim":${claim},"keys":["b"],"value":true}`,
      value: '{"b":1}',
    },
  ],
  [{ type: 'event', fact: '{"type":"step-claimed","at":"0","session":"of the dead"}' }],
  [{ type: 'event', fact: `{"type":"step-claimed","at":"0","session":"of the dead","over":${claim}}` }],
]

async function forge(storage: Storage, claim: number, count: number): Promise<readonly string[]> {
  const [slice] = await storage.load([{ journal, limit: 0 }])
  let head = slice?.header.head ?? { version: 0, commitId: '' }
  const since = head.version
  const kinds = writes(claim)
  const statuses = new Set<string>()
  for (let done = 0; done < count; done += BATCH) {
    const commits = Array.from({ length: Math.min(BATCH, count - done) }, (_, index) => {
      const entries = kinds[(done + index) % kinds.length] ?? []
      return { journal, commitId: `dead ${since} ${done + index}`, base: { any: head }, entries }
    })
    for (const answer of await storage.commit(commits)) {
      statuses.add(answer.status)
      if ('head' in answer) head = answer.head
    }
  }
  return [...statuses]
}

it(
  'gives no effect to a hundred thousand writes of a session that was superseded, nor to any after the end',
  async () => {
    const clock = createVirtualClock()
    const storage = createMemoryStorage({ clock })
    const pubsub = createMemoryPubSub({ clock })
    const given = { workflows: [holding], storage, pubsub, clock, drain: false, leaseMs: LEASE_MS } as const
    const first = createEventedEngine({ ...given, storage: silenced(storage), work: false })
    const run = await first.createRun(holding, { runId: 'held' })
    await first.work()
    await run.startAsync({ inputData: 1 })
    expect(begun).toBe(1)
    silent = true
    const other = createEventedEngine(given)
    await clock.advance(5 * LEASE_MS)
    expect(begun).toBe(2)
    const [superseded = 0, standing = 0] = await claimsIn(storage)

    expect(await forge(storage, superseded, WRITES)).toEqual(['committed'])
    const started = await other.run(holding, 'held')
    const result = started?.result()
    opened.resolve('mine')
    await clock.advance(LEASE_MS)
    expect(await result).toMatchObject({ status: 'success', result: 'mine' })
    expect(begun).toBe(2)
    expect(await forge(storage, standing, 1_000)).toEqual(['sealed'])

    const history = await other.runs.history('held')
    const forged = history?.filter(({ version }) => version > 2 && version <= WRITES + 2) ?? []
    expect(forged.filter(({ hasEffect }) => hasEffect)).toEqual([])
    expect(forged.length).toBeGreaterThanOrEqual(WRITES)
    expect((await other.runs.get('held'))?.status).toBe('success')
    await other.close()
  },
  LONGEST_MS,
)

let silent = false

/** As if the process had died: nothing that it asks gets there any more. */
function silenced(storage: Storage): Storage {
  const never = new Promise<never>(() => undefined)
  return {
    ...storage,
    commit: (commits) => (silent ? never : storage.commit(commits)),
    load: (reads) => (silent ? never : storage.load(reads)),
    renew: (beat) => (silent ? never : storage.renew(beat)),
    due: (query) => (silent ? never : storage.due(query)),
  }
}
