import type { Header } from '../contracts/index.js'
import type { Fold } from '../driver/fold.js'
import type { LiveRun } from '../driver/live-run.js'
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

/** Nothing of the run was ever recorded: it was only made. */
export const isUnrecorded = ({ head, state }: Fold): boolean => head.version === 0 && state.phase === 'unstarted'

/** What a header would say of a run that no storage has. */
export function memoryRow({ runId, program, options }: LiveRun, { state, firstAt, lastAt }: Fold): RunRow {
  return {
    runId,
    workflowName: program.workflow.id,
    status: statusOf(state),
    tags: options.tags ?? [],
    createdAt: firstAt ?? 0,
    updatedAt: lastAt ?? 0,
    ...(options.resourceId !== undefined && { resourceId: options.resourceId }),
  }
}
