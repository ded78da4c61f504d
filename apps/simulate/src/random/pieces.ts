import type { Flow, InnerPlan, ItemsPlan, LoopPlan, MapPlan, ParallelPlan, Piece, Plan, StepPlan } from './plan.ts'

/** Pieces of plans by hand, for tests: what is not said is as plain as can be. */
export const step = (id: string, more: Partial<StepPlan> = {}): StepPlan => ({
  kind: 'step',
  id,
  end: 'gives',
  asks: 0,
  fails: 0,
  takesMs: 1,
  sets: 'nothing',
  looks: false,
  chunks: 0,
  ...more,
})

export const map = (id: string, end: MapPlan['end'] = 'gives'): MapPlan => ({ kind: 'map', id, end })

export const parallel = (members: readonly Flow[], allowFailure = false): ParallelPlan => ({
  kind: 'parallel',
  id: 'p',
  members,
  allowFailure,
})

export const items = (body: Flow, more: Partial<ItemsPlan> = {}): ItemsPlan => ({
  kind: 'items',
  id: 'each',
  count: 3,
  concurrency: 1,
  says: 'number',
  body,
  ...more,
})

export const loop = (body: Flow, more: Partial<LoopPlan> = {}): LoopPlan => ({
  kind: 'loop',
  id: 'loop',
  until: true,
  turns: 2,
  throws: false,
  body,
  ...more,
})

export const inner = (body: Flow, id = 'inner'): InnerPlan => ({ kind: 'inner', id, retries: 0, body })

export const plan = (flow: readonly Piece[], more: Partial<Plan> = {}): Plan => ({
  flow,
  retries: 0,
  moves: [],
  ...more,
})
