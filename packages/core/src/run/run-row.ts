import type { Header } from '../contracts/index.js'
import type { Fold } from '../driver/fold.js'
import type { LiveRun } from '../driver/live-run.js'
import type { PutAway } from '../driver/put-away.js'
import { statusOf } from '../driver/result.js'

/** A run as lists show it. */
export interface RunRow {
  readonly runId: string
  readonly workflowName: string
  readonly status: string
  readonly resourceId?: string
  readonly tags: readonly string[]
  readonly createdAt: number
  readonly updatedAt: number
}

export const rowOf = ({ journal, status, workflowId, resourceId, tags, createdAt, updatedAt }: Header): RunRow => ({
  runId: journal.id,
  workflowName: workflowId,
  status,
  tags,
  createdAt,
  updatedAt,
  ...(resourceId !== null && { resourceId }),
})

type Resting = Pick<PutAway, 'status' | 'firstAt' | 'lastAt'>

/** Nothing of the run was ever recorded: it was only made. */
export const isUnrecorded = ({ head, state }: Fold): boolean => head.version === 0 && state.phase === 'unstarted'

/** What a header would say of a run that no storage has. */
export const memoryRow = (live: LiveRun, { state, firstAt, lastAt }: Fold): RunRow =>
  rowIn(live, { status: statusOf(state), firstAt, lastAt })

/** The same of one that was put away, and stays so. */
export function restingRow(live: LiveRun): RunRow | undefined {
  const { resting } = live.known
  return resting && rowIn(live, resting)
}

function rowIn({ runId, program, options }: LiveRun, { status, firstAt, lastAt }: Resting): RunRow {
  return {
    runId,
    workflowName: program.workflow.id,
    status,
    tags: options.tags ?? [],
    createdAt: firstAt ?? 0,
    updatedAt: lastAt ?? 0,
    ...(options.resourceId !== undefined && { resourceId: options.resourceId }),
  }
}
