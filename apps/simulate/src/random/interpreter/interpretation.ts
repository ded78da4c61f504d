import type { Move, Outcome } from '../outcome.ts'
import { type Flow, listId, type Piece, type Plan } from '../plan.ts'
import { Blocks } from './blocks.ts'
import { Bail, Failure } from './interrupts.ts'
import { runMap, runSleep, runStep, runWait } from './leaves.ts'
import { byPlace, isInside, type Records, type StepRecord, type Suspension } from './records.ts'
import { type Begin, Course, type Scope } from './scope.ts'
import { Strand } from './strand.ts'
import { Changes, View } from './view.ts'
import { type Chance, VirtualTime } from './virtual-time.ts'

type End = Pick<Outcome, 'status' | 'result' | 'error'>

/**
 * What a plan comes to, as a plain program computes it that knows nothing of how engines work. With chance it is any of the
 * orders in which things may happen that are under way at the same time.
 */
export class Interpretation {
  private readonly strand = new Strand(new View(new Changes()), [])
  private readonly time: VirtualTime
  private readonly course: Course
  private readonly records: Records = new Map()
  private readonly path: string[] = []
  private end: End | undefined
  private crash: unknown

  private readonly plan: Plan

  constructor(plan: Plan, chance?: Chance) {
    this.plan = plan
    this.time = new VirtualTime(chance)
    this.course = new Course(this.time, () => this.cancel())
  }

  get begins(): readonly Begin[] {
    return this.course.begins
  }

  start(input: unknown): Promise<Outcome> {
    const scope: Scope = {
      run: this.course,
      strand: this.strand,
      records: this.records,
      place: [],
      around: [],
      retries: this.plan.retries,
      unseen: new Set(),
      bailsAs: 'success',
      path: this.path,
    }
    runFlow(this.plan.flow, input, scope).then(
      (result) => this.settle({ status: 'success', result }),
      (thrown: unknown) => this.settle(endOf(thrown)),
    )
    return this.rest()
  }

  /** Undefined: nothing like that is suspended. */
  async move(move: Move): Promise<Outcome | undefined> {
    if (move.do === 'cancel') this.cancel()
    else {
      const meant = this.suspended.filter(({ label, path }) =>
        'label' in move ? label === move.label : path.join('.') === move.path,
      )
      if (meant.length === 0) return undefined
      for (const { resume } of meant) resume(move.data)
      for (const { strand } of meant) strand.goesOn()
    }
    return this.rest()
  }

  private get suspended(): readonly Suspension[] {
    const { suspensions } = this.course
    return suspensions.filter(({ strand }) => strand.isAwaitedIn(this.strand)).sort(byPlace)
  }

  private cancel(): void {
    this.settle({ status: 'canceled' })
    for (const record of this.records.values()) if (this.told(record).status === 'running') record.status = 'canceled'
  }

  private settle(end: End | { readonly crash: unknown }): void {
    if (this.end) return
    if ('crash' in end) this.crash = end.crash
    else this.end = end
    this.time.stop()
  }

  private async rest(): Promise<Outcome> {
    await this.time.quiet()
    if (this.crash) throw this.crash
    const common = {
      steps: Object.fromEntries([...this.records].map(([id, record]) => [id, this.told(record)])),
      stepExecutionPath: [...this.path],
      state: { ...this.strand.view.seen },
    }
    if (this.end) return { ...this.end, ...common }
    const { suspended } = this
    if (suspended.length === 0) throw new Error('the interpretation has come to nothing')
    const payloads = suspended.map(({ path, payload }) => [path[0], payload] as const).reverse()
    return {
      status: 'suspended',
      ...common,
      suspended: [...new Set(suspended.map(({ path }) => path.join('.')))],
      suspendPayload: Object.fromEntries(payloads),
      labels: [...new Set(suspended.map(({ label }) => label))],
    }
  }

  /** What is around suspended steps is suspended too, with the payload of the first of them. */
  private told({ place, strand, ...record }: StepRecord): Readonly<Record<string, unknown>> {
    if (record.status !== 'running' || !place || !strand?.isStill) return record
    const inside = this.course.suspensions.filter((one) => isInside(one.place, place) && one.strand.isAwaitedIn(strand))
    const [first] = inside.sort(byPlace)
    return first ? { ...record, status: 'suspended', suspendPayload: first.payload } : record
  }
}

function endOf(thrown: unknown): End | { readonly crash: unknown } {
  if (thrown instanceof Bail) return { status: 'success', result: thrown.value }
  if (!(thrown instanceof Failure)) return { crash: thrown }
  return { status: thrown.course.isTripwire ? 'tripwire' : 'failed', error: thrown.message }
}

const blocks = new Blocks(runFlow)

async function runFlow(flow: Flow, input: unknown, scope: Scope): Promise<unknown> {
  let value = input
  for (const [index, piece] of flow.entries())
    value = await runPiece(piece, value, { ...scope, place: [...scope.place, index] })
  return value
}

async function runPiece(piece: Piece, input: unknown, scope: Scope): Promise<unknown> {
  await scope.run.time.taken(piece.kind === 'items' ? listId(piece.id) : piece.id)
  switch (piece.kind) {
    case 'step':
      return runStep(piece, input, scope)
    case 'map':
      return runMap(piece, input, scope)
    case 'sleep':
      return runSleep(piece, input, scope)
    case 'wait':
      return runWait(piece, input, scope)
    case 'parallel':
      return blocks.parallel(piece, input, scope)
    case 'branch':
      return blocks.branch(piece, input, scope)
    case 'loop':
      return blocks.loop(piece, input, scope)
    case 'items':
      return blocks.items(piece, input, scope)
    case 'inner':
      return blocks.inner(piece, input, scope)
  }
}
