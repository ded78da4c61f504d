import { toError } from '../errors/index.js'
import { traceOf } from '../telemetry/tracing-options.js'
import type { LiveRun } from './live-run.js'

/** What a line of the logger says of the run that it is about. */
export function aboutRun({ runId, program, known }: LiveRun): {
  readonly runId: string
  readonly workflowId: string
  readonly traceId?: string
} {
  return { runId, workflowId: program.workflow.id, ...traceOf(known.trace) }
}

export function tellBroken(run: LiveRun, error: unknown): void {
  run.driver.sweeper.leave()
  const text = `run "${run.runId}" cannot go on here: ${toError(error).message}`
  run.driver.settings.logger.error({ ...aboutRun(run), err: error }, text)
}
