import type { Driver } from '../driver/driver.js'
import type { Fold } from '../driver/fold.js'
import type { LiveRun } from '../driver/live-run.js'
import { gateAhead } from '../machine/index.js'
import type { Admitted } from './questions.js'

/** A run that a gate has let through. */
export interface Admission extends Admitted {
  readonly gate: string
  readonly workflowId: string
}

/**
 * What the journal of the run says to that: it has been told, now or before; it has no use for it any more; or it has not
 * come as far, as this process sees it.
 */
export type Verdict = 'in' | 'gone' | 'unknown'

/** Tells a run that a gate has let it through. What is known of it here may be older than that, and is read again then. */
export async function letIn(driver: Driver, admission: Admission): Promise<Verdict> {
  const live = driver.live(admission.run, admission.workflowId)
  // It has asked, so that it exists: no replica may say otherwise.
  live.writer.sees(1)
  const verdict = await tell(live, admission)
  if (verdict === 'in') return verdict
  live.known.suspect()
  return tell(live, admission)
}

async function tell(live: LiveRun, { gate, ticket }: Admission): Promise<Verdict> {
  let verdict: Verdict = 'unknown'
  const { recorder } = live.bench
  const isTold = await live.write((fold) => {
    verdict = verdictOf(fold, gate, ticket)
    const isAhead = verdict === 'unknown' && gateAhead(fold.state)?.id === gate
    return isAhead ? [recorder.plain({ type: 'run-admitted', gate, ticket })] : []
  })
  return isTold ? 'in' : verdict
}

/** Whether the ticket is one of a time that is over, or the gate lies behind the run. */
function verdictOf({ state }: Fold, gate: string, ticket: number): Verdict {
  const { admission } = state
  if (!admission || ticket < admission.ticket) return 'gone'
  if (ticket > admission.ticket || state.rest !== undefined) return 'unknown'
  return admission.gates.findIndex(({ id }) => id === gate) < admission.passed ? 'in' : 'unknown'
}
