import type { Driver } from '../driver/driver.js'
import type { Fold } from '../driver/fold.js'
import { foldWithInner } from '../driver/load-run.js'
import { withNested } from '../driver/nested-records.js'
import { type AnyResult, resultOf, statusOf } from '../driver/result.js'
import { checkOptions, checkRunId } from './check-options.js'
import { findRun, memoryRow, type RunRow, rowOf } from './run-row.js'

/** A run with its steps. */
export interface RunSnapshot extends RunRow, AnyResult {}

export interface GetOptions {
  /**
   * Also tell of the steps in nested workflows, as `nested.step` and, in a foreach, `nested[index].step`. Default
   * true. What a nested workflow has left behind is read from the whole journal.
   */
  readonly withNestedWorkflows?: boolean
}

export async function getRun(
  driver: Driver,
  runId: string,
  options: GetOptions = {},
): Promise<RunSnapshot | undefined> {
  checkRunId(runId)
  checkOptions('get', options, { runId })
  const found = await findRun(driver, runId)
  if (!found) return undefined
  const { live, header } = found
  const wantsNested = options.withNestedWorkflows !== false && Object.values(live.program.workflow.steps).some(isNested)
  const tell = (fold: Fold): RunSnapshot => {
    const result = resultOf(fold, runId, { includeState: true })
    return {
      ...(header ? rowOf(header) : memoryRow(live, fold)),
      ...result,
      ...(wantsNested && { steps: withNested(fold, result.steps) }),
      status: statusOf(fold.state),
    }
  }
  const whole = wantsNested && header ? await foldWithInner(live) : undefined
  return whole ? tell(whole) : live.read(tell)
}

const isNested = (step: { readonly component: string }): boolean => step.component === 'WORKFLOW'
