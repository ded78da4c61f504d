import type { ListQuery } from '../contracts/index.js'
import { WorkflowError } from '../errors/index.js'
import { checkOptions } from './check-options.js'
import type { RunStatus } from './run-status.js'

/** Runs that go on by themselves. */
const ACTIVE: readonly RunStatus[] = ['running', 'waiting']

/** Which runs to list: those that fit all that is given. */
export interface RunFilter {
  readonly workflowId?: string
  /** The same as `workflowId`, under the name that it has in what is listed. */
  readonly workflowName?: string
  readonly status?: RunStatus | readonly RunStatus[]
  /** Only runs that go on by themselves: those that are `running` or `waiting`. */
  readonly active?: true
  readonly resourceId?: string
  /** Every one of them must be on the run. */
  readonly tags?: readonly string[]
  /** Made at this moment or later. A `Date`, or milliseconds since the epoch. */
  readonly fromDate?: Date | number
  /** Made at this moment or before. */
  readonly toDate?: Date | number
  /** At most so many, default 100; `next` of the answer is the `cursor` for those behind them. */
  readonly limit?: number
  readonly cursor?: string
  /** Also count all that fit. Counting costs; pages with a number are always counted. */
  readonly withTotal?: boolean
  /** The page with this number, from 0 on. What is before it is read too: a `cursor` costs less. */
  readonly page?: number
  /** Runs of a page, default 100; `false`: all there are. */
  readonly perPage?: number | false
}

export type Wanted = Pick<ListQuery, 'workflowId' | 'status' | 'resourceId' | 'tags' | 'createdFrom' | 'createdTo'>

/** The filter as a storage takes it. Refuses what cannot be meant together. */
export function wantedOf(filter: RunFilter): Wanted {
  checkOptions('list', filter)
  refuseTogether(filter, 'active', ['status'])
  refuseTogether(filter, 'workflowName', ['workflowId'])
  for (const field of ['page', 'perPage'] as const) refuseTogether(filter, field, ['limit', 'cursor'])
  if (filter.perPage === false) refuseTogether(filter, 'perPage', ['page'])
  const { workflowName, workflowId = workflowName, resourceId, tags, fromDate, toDate } = filter
  const status = filter.active ? ACTIVE : listed(filter.status)
  return {
    ...(workflowId !== undefined && { workflowId }),
    ...(status !== undefined && { status }),
    ...(resourceId !== undefined && { resourceId }),
    ...(tags !== undefined && { tags }),
    ...(fromDate !== undefined && { createdFrom: Number(fromDate) }),
    ...(toDate !== undefined && { createdTo: Number(toDate) }),
  }
}

function listed(status: RunFilter['status']): readonly string[] | undefined {
  return typeof status === 'string' ? [status] : status
}

function refuseTogether(filter: RunFilter, field: keyof RunFilter, others: readonly (keyof RunFilter)[]): void {
  const other = others.find((name) => filter[name] !== undefined)
  if (filter[field] === undefined || other === undefined) return
  throw new WorkflowError('WF_INVALID_OPTION', `\`${field}\` cannot be given together with \`${other}\``, { field })
}
