import { inItem } from '../chance.ts'
import type { StepOutcome } from '../outcome.ts'
import * as plans from '../plan.ts'
import { itemsOf, madeFrom, saysYes } from '../values.ts'
import type { Interpretation } from './interpretation.ts'
import { runStep, stepOf } from './step.ts'
import { beside, type Ended, gives, isStill, type Strand, suspensionsIn } from './strand.ts'

/** Where in a run something stands. */
export interface Scope {
  readonly run: Interpretation
  readonly strand: Strand
  /** What is told of steps; nothing of those inside workflows and items. */
  readonly records: Map<string, () => StepOutcome> | undefined
  /** Ids of the workflows around it, and the numbers of the items. */
  readonly around: readonly string[]
  readonly items: string
  readonly retries: number
  /** Ids of steps whose state may or may not be seen here, because items run beside each other. */
  readonly unseen: ReadonlySet<string>
}

type Run<Piece> = (piece: Piece, input: unknown, scope: Scope) => Promise<Ended>

export async function runFlow(flow: plans.Flow, input: unknown, scope: Scope): Promise<Ended> {
  let ended = gives(input)
  for (const piece of flow) {
    ended = await runs[piece.kind](piece as never, ended.value, scope)
    if (ended.how !== 'gives') break
  }
  return ended
}

const recorded =
  <Piece extends plans.Piece>(run: Run<Piece>, idOf = ({ id }: Piece) => id): Run<Piece> =>
  async (piece, payload, scope) => {
    const { records, strand } = scope
    const id = idOf(piece)
    let ended: Ended | undefined
    const tell = (): StepOutcome => ({ payload, ...told(strand, ended) })
    // What an earlier turn of a loop left behind is gone as soon as the next one comes to it.
    if (records?.has(id)) records.set(id, tell)
    await scope.run.time.taken(id + scope.items)
    records?.set(id, tell)
    ended = await run(piece, payload, scope)
    return ended
  }

/** At a rest: what is around suspended steps is suspended too, with the payload of the first of them. */
function told(strand: Strand, ended: Ended | undefined): StepOutcome {
  if (!ended && isStill(strand)) return { status: 'suspended', suspendPayload: suspensionsIn(strand)[0]?.payload }
  if (!ended) return { status: 'canceled' }
  if (ended.error !== undefined) return { status: 'failed', error: ended.error }
  return { status: ended.how === 'bails' && strand.parent ? 'bailed' : 'success', output: ended.value }
}

const functionThrew: Ended = { how: 'fails', error: 'WF_STEP_FUNCTION' }

/** All begin with the state as it is; a bail ends the member alone. An empty one is not taken. */
async function runMembers(plan: Omit<plans.ParallelPlan, 'kind'>, input: unknown, scope: Scope): Promise<Ended> {
  const named = plan.members.map((flow, index) => ({ flow, name: plans.memberName(plan.id, index) }))
  const taken = named.filter(({ flow }) => flow.length > 0)
  const given = taken.map(({ flow }) => async (strand: Strand) => {
    const ended = await runFlow(flow, input, { ...scope, strand })
    if (ended.how === 'bails') return gives(ended.value)
    return ended.how === 'fails' && plan.allowFailure ? gives(null) : ended
  })
  const ended = await beside(scope.strand, given)
  if (ended.how !== 'gives') return ended
  return gives(Object.fromEntries(taken.map(({ name }, index) => [name, (ended.value as unknown[])[index]])))
}

const makeList = recorded<plans.ItemsPlan>(async ({ id, count }, input, { run, items }) => {
  await run.time.pass(0, plans.listId(id) + items)
  return gives(count === undefined ? 'no list' : itemsOf(id, count, input))
}, plans.firstId)

const forEach = recorded<plans.ItemsPlan>(async (plan, list, scope) => {
  if (plan.says !== 'number') await scope.run.time.pass(0, plans.foreachId(plan) + scope.items)
  if (!Array.isArray(list)) return { how: 'fails', error: 'WF_FOREACH_INPUT' }
  if (plan.says === 'throws') return functionThrew
  const unseen = plan.concurrency > 1 ? new Set([...scope.unseen, ...plans.idsIn(plan.body)]) : scope.unseen
  const runItem = (item: unknown, index: number) => (strand: Strand) =>
    runFlow(plan.body, item, { ...scope, strand, unseen, records: undefined, items: inItem(scope.items, index) })
  return beside(scope.strand, list.map(runItem), plan.concurrency)
}, plans.foreachId)

const runs: { readonly [Kind in plans.Piece['kind']]: Run<Extract<plans.Piece, { readonly kind: Kind }>> } = {
  step: recorded<plans.StepPlan>(runStep),
  map: recorded((map, input, scope) => runStep(stepOf(map), input, scope)),
  sleep: recorded(({ id, ms }, input, { run, items }) => run.time.pass(ms, id + items).then(() => gives(input))),
  wait: recorded(async ({ id, comes }, input, { run, items }) => {
    await run.time.pass(comes === 'an event' ? 0 : plans.WAIT_MS, id + items)
    if (comes === 'nothing') return { how: 'fails', error: 'WF_EVENT_TIMEOUT' }
    return gives(comes === 'null' ? null : madeFrom(id, input))
  }),
  parallel: runMembers,
  branch: async ({ id, arms, throws }, input, scope) => {
    await scope.run.time.pass(0, id + scope.items)
    if (throws) return functionThrew
    const isYes = { true: true, false: false, 'as the input says': saysYes(id, input) }
    const members = arms.map(({ when, flow }) => (isYes[when] ? flow : []))
    return runMembers({ id, members, allowFailure: false }, input, scope)
  },
  loop: async ({ id, turns, throws, body }, input, scope) => {
    let ended = gives(input)
    for (let turn = 1; turn <= turns; turn += 1) {
      ended = await runFlow(body, ended.value, scope)
      if (ended.how !== 'gives') return ended
      await scope.run.time.pass(0, id + scope.items)
    }
    return throws ? functionThrew : ended
  },
  items: async (plan, input, scope) => forEach(plan, (await makeList(plan, input, scope)).value, scope),
  inner: recorded(async ({ id, retries, body }, input, scope) => {
    const ended = await runFlow(body, input, { ...scope, records: undefined, around: [...scope.around, id], retries })
    return ended.how === 'bails' ? gives(ended.value) : ended
  }),
}
