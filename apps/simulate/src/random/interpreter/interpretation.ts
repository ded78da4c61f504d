import type { Move, Outcome } from '../outcome.ts'
import { type Flow, listId, type Piece, type Plan } from '../plan.ts'
import { Blocks } from './blocks.ts'
import { runMap, runSleep, runStep, runWait } from './leaves.ts'
import type { Course, Scope, StepRecord, Suspension } from './scope.ts'
import { type Ended, Strand } from './strand.ts'
import { type Chance, VirtualTime } from './virtual-time.ts'

/**
 * What a plan comes to, as a plain program computes it that knows nothing of how engines work. With chance it is any of the
 * orders in which things may happen that are under way at the same time.
 */
export class Interpretation {
  private readonly plan: Plan
  private readonly course: Course
  private readonly strand = new Strand()
  private readonly records = new Map<string, StepRecord>()
  private readonly path: string[] = []
  private end: Pick<Outcome, 'status' | 'result' | 'error'> | undefined
  private crash: unknown

  constructor(plan: Plan, chance?: Chance) {
    this.plan = plan
    this.course = {
      time: new VirtualTime(chance),
      cancel: () => this.cancel(),
      begins: [],
      chunks: [],
      suspensions: [],
    }
  }

  /** Bodies and chunks, in the order in which they came. */
  get said(): Pick<Course, 'begins' | 'chunks'> {
    return this.course
  }

  start(input: unknown): Promise<Outcome> {
    const { course, strand, records, path } = this
    const { flow, retries, cancelAfterMs } = this.plan
    if (cancelAfterMs !== undefined) course.time.beside(cancelAfterMs, { id: CANCEL, go: () => this.cancel() })
    const place = { place: [], around: [], unseen: new Set<string>() }
    const ended = runFlow(flow, input, { course, strand, records, path, retries, bailsAs: 'success', ...place })
    ended.then(
      (one) => this.settle(one),
      (error: unknown) => {
        this.crash = error
      },
    )
    return this.rest()
  }

  /** Undefined: nothing like that is suspended. */
  async move(move: Move): Promise<Outcome | undefined> {
    const { time } = this.course
    time.idle(CANCEL)
    if (this.end) return this.rest()
    if (move.do === 'cancel') this.cancel()
    else if (move.do === 'resume both') {
      // One after the other: what the first one leads to may come in between.
      for (const one of move.labels)
        void time.taken(one).then(() => this.resume(({ label }) => label === one, move.data))
    } else {
      const isMeant = ({ label, path }: Suspension): boolean =>
        'label' in move ? label === move.label : path.join('.') === move.path
      if (!this.resume(isMeant, move.data)) return undefined
    }
    return this.rest()
  }

  private resume(isMeant: (one: Suspension) => boolean, data: number): boolean {
    const meant = this.end ? [] : this.suspended.filter(isMeant)
    for (const { resume } of meant) resume(data)
    for (const { strand } of meant) strand.goesOn()
    return meant.length > 0
  }

  private get suspended(): readonly Suspension[] {
    return this.course.suspensions.filter(({ strand }) => strand.isAwaitedIn(this.strand)).toSorted(byPlace)
  }

  private cancel(): void {
    this.end ??= { status: 'canceled' }
    this.course.time.stop()
    for (const record of this.records.values()) if (this.told(record).status === 'running') record.status = 'canceled'
  }

  private settle(ended: Ended): void {
    if ('failure' in ended) this.end ??= { status: ended.isTripwire ? 'tripwire' : 'failed', error: ended.failure }
    else this.end ??= { status: 'success', result: 'bail' in ended ? ended.bail : ended.value }
  }

  private async rest(): Promise<Outcome> {
    await this.course.time.quiet()
    if (this.crash) throw this.crash
    const common = {
      steps: Object.fromEntries([...this.records].map(([id, record]) => [id, this.told(record)])),
      stepExecutionPath: [...this.path],
      state: this.strand.view.seen,
    }
    if (this.end) return { ...this.end, ...common }
    const { suspended } = this
    if (suspended.length === 0) throw new Error('the interpretation has come to nothing')
    return {
      status: 'suspended',
      ...common,
      suspended: [...new Set(suspended.map(({ path }) => path.join('.')))],
      suspendPayload: Object.fromEntries(suspended.map(({ path, payload }) => [path[0], payload]).toReversed()),
      labels: [...new Set(suspended.map(({ label }) => label))],
    }
  }

  /** What is around suspended steps is suspended too, with the payload of the first of them. */
  private told({ holds, ...record }: StepRecord): Readonly<Record<string, unknown>> {
    if (record.status !== 'running' || !holds?.strand.isStill) return record
    const isInside = ({ place, strand }: Suspension): boolean =>
      holds.place.every((index, depth) => place[depth] === index) && strand.isAwaitedIn(holds.strand)
    const [first] = this.course.suspensions.filter(isInside).toSorted(byPlace)
    return { ...record, status: 'suspended', suspendPayload: first?.payload }
  }
}

/** What stands for somebody outside who cancels. */
export const CANCEL = 'cancel'

function byPlace({ place: one }: Suspension, { place: other }: Suspension): number {
  const at = one.findIndex((index, depth) => index !== other[depth])
  return (one[at] ?? 0) - (other[at] ?? 0)
}

const blocks = new Blocks(runFlow)

async function runFlow(flow: Flow, input: unknown, scope: Scope): Promise<Ended> {
  let ended: Ended = { value: input }
  for (const [index, piece] of flow.entries()) {
    await scope.course.time.taken(piece.kind === 'items' ? listId(piece.id) : piece.id)
    ended = await runPiece(piece, ended.value, { ...scope, place: [...scope.place, index] })
    if (!('value' in ended)) return ended
  }
  return ended
}

function runPiece(piece: Piece, input: unknown, scope: Scope): Promise<Ended> {
  switch (piece.kind) {
    case 'step':
      return runStep(piece, input, scope)
    case 'map':
      return runMap(piece, input, scope)
    case 'sleep':
      return runSleep(piece, input, scope)
    case 'wait':
      return runWait(piece, input, scope)
    default:
      return blocks[piece.kind](piece as never, input, scope)
  }
}
