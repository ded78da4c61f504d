import type { Commit, Committed } from '../../src/contracts/index.js'
import type { Draft } from '../../src/driver/draft.js'
import type { Fold } from '../../src/driver/fold.js'
import { RunWriter } from '../../src/driver/run-writer.js'
import type { GraphNode } from '../../src/graph/node.js'
import { graph, step } from '../machine/graphs.js'
import { play } from '../machine/play.js'

export const LEASE_MS = 30_000

interface Given {
  readonly durability?: 'step' | 'exit' | 'none'
  readonly ofWorkflow?: 'step' | 'exit' | 'none'
  readonly ofRun?: 'step' | 'exit' | 'none'
  readonly stores?: boolean
  readonly works?: boolean
  readonly idempotencyKey?: string
  /** The session after the beat that a commit waits for. */
  readonly beat?: string
}

/** A writer in a process, and what it commits. */
export function writer(given: Given = {}) {
  const commits: Commit[] = []
  let beats = 0
  const workflow = { id: 'w', hash: 'today', version: '1', graph: graph([step('a')]), options: {} }
  if (given.ofWorkflow) Object.assign(workflow.options, { durability: given.ofWorkflow })
  const store = {
    commit: async (commit: Commit) => {
      commits.push(commit)
      return { status: 'committed' } as unknown as Committed
    },
    load: async () => undefined as unknown,
  }
  const driver = {
    store: given.stores === false ? undefined : store,
    closed: false,
    session: 's',
    commitId: () => `c${commits.length + 1}`,
    keepAlive() {
      beats += 1
      if (given.beat === undefined) return undefined
      driver.session = given.beat
      return Promise.resolve()
    },
    settings: {
      ...{ namespace: 'n', durability: given.durability ?? 'step', leaseMs: LEASE_MS, cacheRuns: 1 },
      ...(given.works !== undefined && { works: () => given.works }),
      clock: { now: () => 1_000 },
      storage: undefined,
    },
  }
  const options = { ...(given.ofRun && { durability: given.ofRun }), idempotencyKey: given.idempotencyKey }
  const run = { runId: 'r', driver, program: { workflow }, options }
  return { made: new RunWriter(run as never), driver, run, store, commits, beats: () => beats }
}

export const started = (nodes: readonly GraphNode[] = [step('a')]) => {
  const run = play(graph(nodes))
  run.start()
  return run
}

/** A fold at a version, whose state is that of a run that was started. */
export function foldAt(version: number, more: object = {}, { state } = started()): Fold {
  const turn = { stamp: { at: 5 }, left: [] }
  const head = { version, commitId: `c${version}` }
  return { state, turn, head, skewMs: 0, time: 1_000, storedHash: 'today', standsStill: false, ...more } as never
}

export const draftOf = (types: readonly string[], more: Partial<Draft> = {}): Draft => {
  const facts = types.map((type) => ({ event: { type }, entry: { type: 'event', fact: type }, value: undefined }))
  return {
    chunks: [],
    facts,
    claims: [],
    told: [],
    later: [],
    waits: false,
    isShared: false,
    isAsked: false,
    ...more,
  } as never
}
