import type { Graph, GraphNode, Header, HistoryEntry, Reason, StepNode } from '@wf/core'
import { type Material, NO_FAULTS } from '../../src/history/evidence.js'
import type { RecordedRun } from '../../src/history/recorded-runs.js'

const retry = { attempts: 1, delayMs: 100, factor: 2, maxDelayMs: 60_000, jitter: 0 }

export const step = (id: string): StepNode => ({ kind: 'step', id, canSuspend: true })

export const graph = (...nodes: readonly GraphNode[]): Graph => ({ id: 'made', nodes, retry, callbacks: [] })

type Told = Partial<HistoryEntry> & Pick<HistoryEntry, 'type'>

/** Entries of one commit each, a second apart, with what most of them have. */
export const entries = (...told: readonly Told[]): readonly HistoryEntry[] =>
  told.map((one, index) => ({
    version: index + 1,
    index: 0,
    at: (index + 1) * 1_000,
    step: [],
    path: [],
    part: one.path?.length ? 'body' : 'run',
    hasEffect: true,
    generation: 0,
    hasValue: false,
    says: {},
    ...(one.path?.length && { attempt: 0, leg: 0 }),
    ...(one.type === 'step-claimed' && { session: 's', claim: { version: index + 1, index: 0 } }),
    ...one,
  }))

export const started: Told = { type: 'run-started' }
export const claimed = (path: readonly number[], more: Partial<HistoryEntry> = {}): Told => ({
  type: 'step-claimed',
  path,
  ...more,
})
/** `claim`: the version in which the claim lies. */
export const under = (claim: number, told: Told): Told => ({
  ...told,
  claim: { version: claim, index: 0 },
  session: 's',
})
export const succeeded = (path: readonly number[], claim: number): Told =>
  under(claim, { type: 'step-succeeded', path })
export const ended = (status = 'success'): Told => ({ type: 'run-ended', says: { status } })

interface Making {
  readonly graph?: Graph
  readonly status?: string
  readonly header?: Partial<Header>
  readonly waitsFor?: readonly Reason[]
}

export function made(
  told: readonly Told[],
  { graph: nodes = graph(step('a'), step('b')), ...making }: Making = {},
): RecordedRun {
  const all = entries(...told)
  const { status = String(all.findLast(({ type }) => type === 'run-ended')?.says.status ?? 'running') } = making
  const commits = all.map(({ version, at, type }) => ({
    version,
    commitId: `c${version}`,
    at,
    entries: [{ type: 'event', fact: JSON.stringify({ type }) } as const],
  }))
  const isOver = all.some(({ type }) => type === 'run-ended')
  return {
    runId: 'r',
    namespace: 'default',
    commits,
    header: {
      journal: { namespace: 'default', kind: 'run', id: 'r' },
      head: { version: commits.length, commitId: `c${commits.length}` },
      status,
      workflowId: 'made',
      graphHash: '',
      workflowVersion: '',
      resourceId: null,
      tags: [],
      createdAt: 1_000,
      updatedAt: 1_000,
      wakeAt: isOver ? null : 99_000,
      sealed: isOver,
      ...making.header,
    },
    history: {
      graph: nodes,
      status,
      entries: all,
      waitsFor: making.waitsFor ?? (isOver ? [] : [{ kind: 'ready', step: ['a'] }]),
    },
  }
}

export const material = (run: RecordedRun, more: Partial<Material> = {}): Material => ({
  runs: [run],
  seen: undefined,
  faults: NO_FAULTS,
  ...more,
})
