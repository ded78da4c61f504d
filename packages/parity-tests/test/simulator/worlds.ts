import type { Commit, JournalId } from '@wf/core'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createMemoryStorage } from '@wf/storage-memory'
import { createWorld, type FaultPlan, type World } from '../../src/simulator/index.js'

/** A world over memory. Whoever makes one stops it. */
export const worldOf = (seed: number, plan?: FaultPlan): World =>
  createWorld({
    seed,
    plan,
    patience: 5_000,
    createStorage: createMemoryStorage,
    createPubSub: ({ clock }) => createMemoryPubSub({ clock, logger: { warn: () => undefined } }),
  })

/** Plays in a world, and stops it whatever comes of it. */
export async function inWorld<Result>(
  [seed, plan]: readonly [seed: number, plan?: FaultPlan],
  play: (world: World) => Promise<Result>,
): Promise<Result> {
  const world = worldOf(seed, plan)
  try {
    return await play(world)
  } finally {
    world.stop()
  }
}

export const journal: JournalId = { namespace: 'tests', kind: 'run', id: 'one' }

const header = {
  status: 'running',
  workflowId: 'flow',
  graphHash: 'hash',
  workflowVersion: '',
  resourceId: null,
  tags: [],
}

/** The commit that begins a journal. */
export const beginning = (id = 'one'): Commit => ({
  journal: { ...journal, id },
  commitId: `first of ${id}`,
  base: 'new',
  entries: [{ type: 'event', fact: 'begun' }],
  header,
})
