import type { Chance } from '../chance.ts'
import type { Move, Outcome, StepOutcome } from '../outcome.ts'
import { firstId, type Plan } from '../plan.ts'
import { runFlow } from './flow.ts'
import { resume, stateOf, strandIn, suspensionsIn } from './strand.ts'
import { virtualTime } from './virtual-time.ts'

/** What a plan comes to, as a plain program computes it; with chance, in any of the orders that there may be. */
export class Interpretation {
  readonly time: ReturnType<typeof virtualTime>
  /** Bodies that begin, with those that must have ended before, and chunks, in the order in which they came. */
  readonly said = { begins: [] as { name: string; after: readonly string[] }[], chunks: [] as string[] }
  private readonly plan: Plan
  private readonly records = new Map<string, () => StepOutcome>()
  private readonly strand = strandIn()
  private end: Pick<Outcome, 'status' | 'result' | 'error'> | undefined
  private over: Promise<void> | undefined

  constructor(plan: Plan, chance?: Chance) {
    this.plan = plan
    this.time = virtualTime(chance)
  }

  start(input: unknown): Promise<Outcome> {
    const { strand, records } = this
    const { flow, retries } = this.plan
    const scope = { run: this, strand, records, around: [], items: '', retries, unseen: new Set<string>() }
    this.over = runFlow(flow, input, scope).then(({ how, value, error }) => {
      if (error === undefined) this.end ??= { status: 'success', result: value }
      else this.end ??= { status: how === 'trips' ? 'tripwire' : 'failed', error }
    })
    return this.rest()
  }

  /** Undefined: nothing like that is suspended. */
  async move(move: Move): Promise<Outcome | undefined> {
    if (move.do === 'cancel') void this.cancel()
    else if (move.do === 'resume both') {
      // One after the other: what the first one leads to may come in between.
      for (const label of move.labels)
        void this.time.taken(label).then(() => this.end || resume(this.strand, { label }, move.data))
    } else if (!resume(this.strand, move, move.data)) return undefined
    return this.rest()
  }

  /** Nothing comes after it. */
  cancel(): Promise<never> {
    this.end ??= { status: 'canceled' }
    return new Promise(() => undefined)
  }

  private async rest(): Promise<Outcome> {
    const { records, strand } = this
    // The first one comes with errors of the interpreter too.
    await Promise.race([this.over, this.time.quiet(() => this.end !== undefined)])
    const common = {
      steps: Object.fromEntries([...records].map(([id, tell]) => [id, tell()])),
      stepExecutionPath: this.plan.flow.map(firstId).filter((id) => records.has(id)),
      state: stateOf(strand),
    }
    if (this.end) return { ...this.end, ...common }
    const suspensions = suspensionsIn(strand)
    if (suspensions.length === 0) throw new Error('the interpretation has come to nothing')
    return {
      status: 'suspended',
      ...common,
      suspended: [...new Set(suspensions.map(({ path }) => path.join('.')))],
      suspendPayload: Object.fromEntries(suspensions.map(({ path, payload }) => [path[0], payload]).toReversed()),
      labels: [...new Set(suspensions.map(({ payload }) => payload.label))],
    }
  }
}
