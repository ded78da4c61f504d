import * as plans from '../plan.ts'
import { itemsOf, saysYes } from '../values.ts'
import { enter, leave, type Scope } from './scope.ts'
import { beside, type Ended } from './strand.ts'

type RunFlow = (flow: plans.Flow, input: unknown, scope: Scope) => Promise<Ended>

const functionThrew: Ended = { failure: 'WF_STEP_FUNCTION' }

/** How blocks are run; what stands in them is run by what they are given. */
export class Blocks {
  private readonly flow: RunFlow

  constructor(flow: RunFlow) {
    this.flow = flow
  }

  parallel({ id, members, allowFailure }: plans.ParallelPlan, input: unknown, scope: Scope): Promise<Ended> {
    const named = members.map((flow, index) => ({ flow, index, name: plans.memberName(id, index) }))
    return this.members(named, input, { scope, allowFailure })
  }

  async branch({ id, arms, throws }: plans.BranchPlan, input: unknown, scope: Scope): Promise<Ended> {
    await scope.course.time.pass(0, id)
    if (throws) return functionThrew
    const isTaken = (when: string): boolean => when === 'true' || (when === 'as the input says' && saysYes(id, input))
    const named = arms.map(({ flow, when }, index) => ({ flow, when, index, name: plans.memberName(id, index) }))
    const taken = named.filter(({ when }) => isTaken(when))
    return taken.length === 0 ? { value: {} } : this.members(taken, input, { scope, allowFailure: false })
  }

  /** All start from the same state, and what they change is there behind the block. A bail ends the member. */
  private async members(
    members: readonly { readonly flow: plans.Flow; readonly index: number; readonly name: string }[],
    input: unknown,
    { scope, allowFailure }: { readonly scope: Scope; readonly allowFailure: boolean },
  ): Promise<Ended> {
    const isFatal = (one: Ended): boolean => 'failure' in one && (!allowFailure || one.isTripwire === true)
    const { ended, strands } = await beside(scope.strand, {
      count: members.length,
      most: members.length,
      // Members that are there from the beginning are not kept from it by others.
      isFatal,
      run: async (nth, strand) => {
        const { flow, index } = members[nth] as (typeof members)[number]
        const inside: Scope = { ...scope, strand, place: [...scope.place, index], bailsAs: 'bailed', path: undefined }
        const came = await this.flow(flow, input, inside)
        return 'bail' in came ? { value: came.bail } : came
      },
    })
    for (const { isOver, view } of strands) if (isOver) scope.strand.view.merge(view)
    const first = ended.find((one) => one && isFatal(one))
    return first ?? { value: Object.fromEntries(ended.map((one, nth) => [members[nth]?.name, given(one)])) }
  }

  async loop({ id, turns, throws, body }: plans.LoopPlan, input: unknown, scope: Scope): Promise<Ended> {
    let value = input
    for (let turn = 1; turn <= turns; turn += 1) {
      const ended = await this.flow(body, value, { ...scope, place: [...scope.place, turn], path: undefined })
      if (!('value' in ended)) return ended
      value = ended.value
      await scope.course.time.pass(0, id)
    }
    return throws ? functionThrew : { value }
  }

  async inner({ id, retries, body }: plans.InnerPlan, input: unknown, scope: Scope): Promise<Ended> {
    const record = enter(scope, id, { payload: input, holds: scope })
    const inside: Scope = { ...scope, records: new Map(), around: [...scope.around, id], retries, path: undefined }
    const ended = await this.flow(body, input, { ...inside, bailsAs: 'success' })
    return leave(record, scope, 'bail' in ended ? { value: ended.bail } : ended)
  }

  async items(plan: plans.ItemsPlan, input: unknown, scope: Scope): Promise<Ended> {
    const { id, count, says, body } = plan
    const { time } = scope.course
    const made = enter(scope, plans.listId(id), { payload: input })
    await time.pass(0, plans.listId(id))
    const list = count === undefined ? 'no list' : itemsOf(id, count, input)
    leave(made, scope, { value: list })
    const own = plans.foreachId(plan)
    await time.taken(own)
    const record = enter({ ...scope, path: undefined }, own, { payload: list, holds: scope })
    if (says !== 'number') await time.pass(0, id)
    if (typeof list === 'string') return leave(record, scope, { failure: 'WF_FOREACH_INPUT' })
    if (says === 'throws') return leave(record, scope, functionThrew)
    const unseen = plan.concurrency > 1 ? new Set([...scope.unseen, ...plans.idsIn(body)]) : scope.unseen
    return leave(record, scope, list.length > 0 ? await this.each(list, plan, { ...scope, unseen }) : { value: [] })
  }

  /** Items begin in their order; what one has set is seen by those that begin after its end. */
  private async each(list: readonly unknown[], plan: plans.ItemsPlan, scope: Scope): Promise<Ended> {
    const { ended, fatal } = await beside(scope.strand, {
      count: list.length,
      most: plan.concurrency,
      isFatal: (one) => !('value' in one),
      run: (index, strand) => {
        const inside = { ...scope, strand, records: new Map(), place: [...scope.place, index], path: undefined }
        return this.flow(plan.body, list[index], inside)
      },
      ended: ({ view }) => scope.strand.view.merge(view),
    })
    const failed = ended.find((one) => one && 'failure' in one)
    return failed ?? fatal[0] ?? { value: ended.map(given) }
  }
}

const given = (ended: Ended | undefined): unknown => (ended && 'value' in ended ? ended.value : null)
