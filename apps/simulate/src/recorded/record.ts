import type { Storage } from '@wf/core'
import type { Scenario } from '@wf/parity-tests'
import { DueMoments, noFaults, playJudged } from '@wf/parity-tests/simulator'
import { createMemoryPubSub } from '@wf/pubsub-memory'
import { createMemoryStorage } from '@wf/storage-memory'
import { processesOf } from '../processes.ts'
import { withoutStacks } from '../without-stacks.ts'
import { journalsIn, type KeptJournal, toLine } from './journals.ts'
import { type Told, toldOf } from './told-of.ts'

/** A scenario, what it left in its storage, and what was told of that by the release that wrote it. */
export interface Recording {
  readonly scenario: string
  readonly runs: readonly RecordedRun[]
}

type RecordedRun = KeptJournal & { readonly told: Told }

/** Hostile values are large, and say no more about folds than small ones. */
const LARGE_BYTES = 32 * 1024

/** Plays a scenario on two processes to which nothing happens, and keeps its journals. */
export const record = (scenario: Scenario): Promise<Recording> => withoutStacks(() => recordPlay(scenario))

async function recordPlay(scenario: Scenario): Promise<Recording> {
  let storage: Storage | undefined
  let moments: DueMoments | undefined
  const namespaces = new Set<string>()
  const find = (): DueMoments => {
    if (!moments) throw new Error('a world begins with its storage')
    return moments
  }
  const clientWorks = scenario.id.startsWith('durability.')
  const { verdict, why } = await playJudged(scenario, {
    seed: 1,
    plan: noFaults,
    workers: 2,
    ...processesOf({ staff: 'evented', dispatch: 'always-publish', cold: true, clientWorks }, find),
    createStorage: (context) => {
      moments = new DueMoments(context.clock)
      const memory = createMemoryStorage(context)
      storage = memory
      return moments.watch(noting(memory, namespaces))
    },
    createPubSub: ({ clock }) => createMemoryPubSub({ clock, logger: { warn: () => undefined } }),
  })
  if (verdict !== 'passed' || !storage) throw new Error(`${scenario.id} ${verdict}: ${why}`)
  const kept = await journalsIn(storage, [...namespaces])
  const runs = await Promise.all(kept.map(async (one) => ({ ...one, told: await toldOf(one) })))
  return { scenario: scenario.id, runs: smallOf(runs) }
}

/** At least one of them. */
function smallOf(runs: readonly RecordedRun[]): readonly RecordedRun[] {
  const small = runs.filter((run) => toLine(run).length <= LARGE_BYTES)
  if (small.length > 0) return small
  return runs.toSorted((one, other) => toLine(one).length - toLine(other).length).slice(0, 1)
}

function noting(storage: Storage, namespaces: Set<string>): Storage {
  return {
    ...storage,
    commit(commits) {
      for (const { journal } of commits) namespaces.add(journal.namespace)
      return storage.commit(commits)
    },
  }
}
