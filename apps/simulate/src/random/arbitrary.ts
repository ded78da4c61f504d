import { type FaultKind, faultKinds } from '@wf/parity-tests/simulator'
import fc from 'fast-check'
import type { BranchPlan, End, Flow, ItemsPlan, MapPlan, Piece, Plan, SleepPlan, StepPlan, WaitPlan } from './plan.ts'

/** Pieces without ids: these follow from their places, so that a plan that shrinks keeps making sense. */
type Shape = { readonly kind: Piece['kind'] } & Record<string, unknown>
type ShapeFlow = readonly Shape[]

const DEPTH = 4

const ends: fc.Arbitrary<End> = fc.oneof(
  { weight: 50, arbitrary: fc.constant<End>('gives') },
  { weight: 1, arbitrary: fc.constantFrom<End>('throws', 'throws', 'bails') },
  {
    weight: 1,
    arbitrary: fc.constantFrom<End>('throws for good', 'suspends and throws', 'trips', 'aborts', 'hangs'),
  },
)

const rare = <Value>(usual: Value, ...others: readonly Value[]): fc.Arbitrary<Value> =>
  fc.oneof(
    { weight: 5 * others.length, arbitrary: fc.constant(usual) },
    ...others.map((other) => ({ weight: 1, arbitrary: fc.constant(other) })),
  )

const step = fc.record({
  kind: fc.constant('step' as const),
  end: ends,
  asks: rare(0, 1, 2),
  fails: rare(0, 1, 2),
  retries: rare<number | undefined>(undefined, 0, 1, 2),
  takesMs: fc.nat({ max: 40 }),
  sets: rare<StepPlan['sets']>('nothing', 'a key of its own', 'a key of its own', 'a key of many'),
  looks: rare(false, true),
  chunks: rare(0, 1, 3),
})

const map = fc.record({
  kind: fc.constant('map' as const),
  end: rare<MapPlan['end']>('gives', 'gives', 'gives', 'throws', 'bails', 'suspends'),
})

const sleep = fc.record({
  kind: fc.constant('sleep' as const),
  ms: fc.nat({ max: 100 }),
  says: rare<SleepPlan['says']>('for', 'until', 'computed'),
})

const wait = fc.record({
  kind: fc.constant('wait' as const),
  comes: rare<WaitPlan['comes']>('an event', 'an event', 'an event', 'nothing', 'null', 'null'),
})

interface Ties {
  readonly piece: Shape
  readonly flow: Shape[]
}

const { flow: shapes } = fc.letrec<Ties>((tie) => {
  const flows = tie('flow') as fc.Arbitrary<Shape[]>
  const members = fc.array(flows, { minLength: 1, maxLength: 3, size: 'max' })
  const parallel = fc.record({ kind: fc.constant('parallel' as const), members, allowFailure: fc.boolean() })
  const arm = fc.record({
    when: rare<BranchPlan['arms'][number]['when']>('true', 'false', 'as the input says', 'as the input says'),
    flow: flows,
  })
  const branch = fc.record({
    kind: fc.constant('branch' as const),
    arms: fc.array(arm, { minLength: 1, maxLength: 3, size: 'max' }),
    throws: rare(false, false, false, false, false, true),
  })
  const loop = fc.record({
    kind: fc.constant('loop' as const),
    until: fc.boolean(),
    turns: fc.integer({ min: 1, max: 3 }),
    throws: rare(false, false, false, true),
    body: flows,
  })
  const items = fc.record({
    kind: fc.constant('items' as const),
    count: fc.oneof({ weight: 60, arbitrary: fc.nat({ max: 4 }) }, { weight: 1, arbitrary: fc.constant(undefined) }),
    concurrency: fc.integer({ min: 1, max: 3 }),
    says: rare<ItemsPlan['says']>('number', 'computed', 'computed', 'computed', 'computed', 'throws'),
    body: flows,
  })
  const inner = fc.record({ kind: fc.constant('inner' as const), retries: fc.constantFrom(2, 2, 1, 0), body: flows })
  return {
    piece: fc.oneof(
      { maxDepth: DEPTH, withCrossShrink: true, depthIdentifier: 'blocks' },
      { weight: 7, arbitrary: step as fc.Arbitrary<Shape> },
      { weight: 1, arbitrary: map as fc.Arbitrary<Shape> },
      { weight: 1, arbitrary: sleep as fc.Arbitrary<Shape> },
      { weight: 1, arbitrary: wait as fc.Arbitrary<Shape> },
      { weight: 3, arbitrary: parallel as fc.Arbitrary<Shape> },
      { weight: 2, arbitrary: branch as fc.Arbitrary<Shape> },
      { weight: 2, arbitrary: loop as fc.Arbitrary<Shape> },
      { weight: 3, arbitrary: items as fc.Arbitrary<Shape> },
      { weight: 2, arbitrary: inner as fc.Arbitrary<Shape> },
    ),
    flow: fc.array(tie('piece') as fc.Arbitrary<Shape>, {
      minLength: 1,
      maxLength: 3,
      size: 'max',
      depthIdentifier: 'flows',
    }),
  }
})

/** Plans of any shape, up to four blocks in each other. */
const plans: fc.Arbitrary<Plan> = fc
  .record({
    flow: shapes,
    retries: fc.constantFrom(2, 2, 2, 1, 0),
    moves: fc.array(fc.nat({ max: 99 }), { maxLength: 4 }),
  })
  .map(({ flow, ...rest }) => ({ ...rest, flow: named(flow) }))

/** What is played: a plan, and what goes wrong in the world in which everything may. */
export interface Case {
  readonly plan: Plan
  readonly kinds: readonly FaultKind[]
  readonly times: number
  /** Whether the run is held back until it rests. */
  readonly isHeldBack: boolean
}

export const cases: fc.Arbitrary<Case> = fc.record({
  plan: plans,
  kinds: fc.subarray([...faultKinds]),
  times: fc.integer({ min: 1, max: 3 }),
  isHeldBack: rare(false, true),
})

/** Gives each piece the name of its kind and its number. */
function named(flow: ShapeFlow): Flow {
  let count = 0
  const inFlow = (shapesIn: ShapeFlow): Flow => shapesIn.map(inPiece)
  const inPiece = (shape: Shape): Piece => {
    count += 1
    const own = { ...shape, id: `${shape.kind} ${count}` }
    if ('members' in shape) return { ...own, members: (shape.members as ShapeFlow[]).map(inFlow) } as unknown as Piece
    if ('arms' in shape) return { ...own, arms: armsOf(shape).map(inArm) } as unknown as Piece
    if ('body' in shape) return { ...own, body: inFlow(shape.body as ShapeFlow) } as unknown as Piece
    return own as unknown as Piece
  }
  const inArm = (arm: { readonly flow: ShapeFlow }) => ({ ...arm, flow: inFlow(arm.flow) })
  return inFlow(flow)
}

const armsOf = (shape: Shape) => shape.arms as readonly { readonly flow: ShapeFlow }[]
