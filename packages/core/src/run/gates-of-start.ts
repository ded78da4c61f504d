import { describeValue } from '../builder/fields.js'
import { RequestContext } from '../builder/request-context.js'
import type { LimitContext, LimitKey } from '../builder/workflow-config.js'
import type { LiveRun } from '../driver/live-run.js'
import { WorkflowError } from '../errors/index.js'
import { gateId } from '../limit/gate-id.js'
import { limitsOf } from '../limit/limits-of.js'
import type { Gate } from '../machine/index.js'

interface Given {
  readonly input: unknown
  readonly context: Readonly<Record<string, unknown>>
  readonly priority?: number | undefined
}

/** Through which limits of its workflow a run has to be let, and with which priority. Recorded once, where it starts. */
interface Gates {
  readonly gates?: readonly Gate[]
  readonly priority?: number
}

/** Asks the functions of the workflow's limits. What they throw, or give that will not do, rejects the start. */
export async function gatesOfStart(live: LiveRun, given: Given): Promise<Gates> {
  const { workflow } = live.program
  const { concurrency, rateLimit, priority } = limitsOf(workflow)
  if (!concurrency && !rateLimit) return {}
  const asked = new Asked(live, given)
  const gates: Gate[] = []
  const isOne = concurrency !== undefined && concurrency.key === rateLimit?.key
  if (concurrency) {
    const id = await gateId('slots', workflow.id, asked.key('concurrency.key', concurrency.key))
    gates.push({ id, holds: true, ...(isOne && { counts: true }) })
  }
  if (rateLimit && !isOne) {
    const id = await gateId('starts', workflow.id, asked.key('rateLimit.key', rateLimit.key))
    gates.push({ id, counts: true })
  }
  const own = given.priority ?? (typeof priority === 'number' ? priority : asked.number('priority', priority))
  return { gates, ...(own !== 0 && { priority: own }) }
}

/** The functions of one workflow's limits, about one run. */
class Asked {
  constructor(
    private readonly live: LiveRun,
    private readonly given: Given,
  ) {}

  key(field: string, of: LimitKey | undefined): string {
    if (!of) return ''
    const key = this.answer(field, of)
    if (typeof key === 'string') return key
    throw this.wrong(field, `must give a text, got ${describeValue(key)}`)
  }

  number(field: string, of: (context: LimitContext) => number): number {
    const number = this.answer(field, of)
    if (typeof number === 'number' && Number.isFinite(number)) return number
    throw this.wrong(field, `must give a finite number, got ${describeValue(number)}`)
  }

  private answer(field: string, of: (context: LimitContext) => unknown): unknown {
    const { input, context } = this.given
    // A copy: what is started is what was given.
    const about = this.live.bench.around.isolate({ inputData: input, context })
    try {
      return of({ inputData: about.inputData, requestContext: new RequestContext(about.context) })
    } catch (cause) {
      throw this.wrong(field, 'threw, so that the run was not started', cause)
    }
  }

  private wrong(name: string, what: string, cause?: unknown): WorkflowError {
    const { live } = this
    const workflowId = live.program.workflow.id
    const place = { workflowId, runId: live.runId, field: `options.${name}` }
    return new WorkflowError('WF_INVALID_OPTION', `workflow "${workflowId}": \`options.${name}\` ${what}`, {
      ...place,
      ...(cause !== undefined && { cause }),
    })
  }
}
