import {
  type BranchPlan,
  type Flow,
  type InnerPlan,
  type ItemsPlan,
  idsIn,
  type LoopPlan,
  listId,
  memberName,
  type ParallelPlan,
} from '../plan.ts'
import { itemsOf, saysYes } from '../values.ts'
import { Bail, Failure } from './interrupts.ts'
import { over, recordedBy } from './leaves.ts'
import { enter, type RunFlow, type Scope } from './scope.ts'
import { Block, type Outcome, type Strand } from './strand.ts'

/** How blocks are run; what stands in them is run by what they are given. */
export class Blocks {
  private readonly flow: RunFlow

  constructor(flow: RunFlow) {
    this.flow = flow
  }

  async parallel({ id, members, allowFailure }: ParallelPlan, input: unknown, scope: Scope): Promise<unknown> {
    const allows = (failure: Failure): boolean => allowFailure && !failure.course.isTripwire
    const outcomes = await this.beside(members, { input, scope, allows })
    return Object.fromEntries(outcomes.map((outcome, index) => [memberName(id, index), givenBy(outcome)]))
  }

  async branch({ id, arms, throws }: BranchPlan, input: unknown, scope: Scope): Promise<unknown> {
    await scope.run.time.pass(0, id)
    if (throws) throw new Failure('WF_STEP_FUNCTION')
    const isTaken = (when: string): boolean => when === 'true' || (when === 'as the input says' && saysYes(id, input))
    const taken = arms.flatMap(({ when }, index) => (isTaken(when) ? [index] : []))
    if (taken.length === 0) return {}
    const flows = arms.map(({ flow, when }) => (isTaken(when) ? flow : undefined))
    const outcomes = await this.beside(flows, { input, scope, allows: () => false })
    return Object.fromEntries(taken.map((index, nth) => [memberName(id, index), givenBy(outcomes[nth])]))
  }

  /** Members that start together from the same state; all of them come to their end, or to a stop if one fails. */
  private async beside(
    flows: readonly (Flow | undefined)[],
    { input, scope, allows }: { input: unknown; scope: Scope; allows: (failure: Failure) => boolean },
  ): Promise<readonly Outcome[]> {
    const { strand } = scope
    const fatal = (block: Block): Failure | undefined => block.outcomes.flatMap(failureOf).find((one) => !allows(one))
    const block = new Block(strand, {
      isEnough: (all) => all.areAllOver || (fatal(all) !== undefined && all.areAllStill),
    })
    flows.forEach((flow, index) => {
      if (!flow) return
      const place = [...scope.place, index]
      block.begin(strand.view.branch(), (own) =>
        outcomeOf(this.member(flow, input, { ...scope, strand: own, place, bailsAs: 'bailed', path: undefined })),
      )
    })
    await block.over
    for (const { isOver, view } of block.members) if (isOver) strand.view.merge(view)
    const failure = fatal(block)
    if (failure) throw failure
    return block.outcomes.filter((one) => one !== undefined)
  }

  /** A bail ends the member. */
  private async member(flow: Flow, input: unknown, scope: Scope): Promise<unknown> {
    try {
      return await this.flow(flow, input, scope)
    } catch (thrown) {
      if (thrown instanceof Bail) return thrown.value
      throw thrown
    }
  }

  async loop({ id, turns, throws, body }: LoopPlan, input: unknown, scope: Scope): Promise<unknown> {
    let value = input
    for (let turn = 1; ; turn += 1) {
      value = await this.flow(body, value, { ...scope, place: [...scope.place, turn], path: undefined })
      await scope.run.time.pass(0, id)
      if (turn < turns) continue
      if (throws) throw new Failure('WF_STEP_FUNCTION')
      return value
    }
  }

  async inner({ id, retries, body }: InnerPlan, input: unknown, scope: Scope): Promise<unknown> {
    const record = enter(scope, id, { payload: input, strand: scope.strand, place: scope.place })
    const around = [...scope.around, id]
    const inside: Scope = { ...scope, records: new Map(), around, retries, bailsAs: 'success', path: undefined }
    try {
      return over(record, await recordedBy(record, inside, () => this.flow(body, input, inside)))
    } catch (thrown) {
      if (thrown instanceof Bail) return thrown.value
      throw thrown
    }
  }

  async items(plan: ItemsPlan, input: unknown, scope: Scope): Promise<unknown> {
    const { id, count, says, body } = plan
    const made = enter(scope, listId(id), { payload: input })
    await scope.run.time.pass(0, listId(id))
    const list = over(made, count === undefined ? 'no list' : itemsOf(id, count, input))
    await scope.run.time.taken(foreachId(id, body))
    const record = enter({ ...scope, path: undefined }, foreachId(id, body), {
      payload: list,
      strand: scope.strand,
      place: scope.place,
    })
    return recordedBy(record, scope, async () => {
      if (says !== 'number') await scope.run.time.pass(0, id)
      if (!Array.isArray(list)) throw new Failure('WF_FOREACH_INPUT')
      if (says === 'throws') throw new Failure('WF_STEP_FUNCTION')
      return over(record, await this.eachOf(list, plan, scope))
    })
  }

  /** Items begin in their order, so many at once, until one stops the foreach or waits for a resume. */
  private async eachOf(list: readonly unknown[], plan: ItemsPlan, scope: Scope): Promise<unknown> {
    if (list.length === 0) return []
    const { strand } = scope
    const unseen = plan.concurrency > 1 ? new Set([...scope.unseen, ...idsIn(plan.body)]) : scope.unseen
    /** Items that waited already when somebody resumed one: they hold back nobody any more. */
    let known = new Set<Strand>()
    const waiting = (): readonly Strand[] => block.members.filter(({ isStill, isOver }) => isStill && !isOver)
    const isHeldBack = (): boolean => waiting().some((item) => !known.has(item))
    let bailed: { readonly value: unknown } | undefined
    const hasStopped = (): boolean =>
      bailed !== undefined || block.outcomes.some((outcome) => failureOf(outcome).length > 0)
    const take = (): void => {
      while (!isHeldBack() && !hasStopped() && block.members.length < list.length && hasRoom()) begin()
    }
    const hasRoom = (): boolean => block.members.filter(({ isStill }) => !isStill).length < plan.concurrency
    const begin = (): void => {
      const index = block.members.length
      const inside = { ...scope, records: new Map(), place: [...scope.place, index], path: undefined, unseen }
      block.begin(strand.view.branch(), async (own: Strand) => {
        const outcome = await outcomeOf(this.flow(plan.body, list[index], { ...inside, strand: own }))
        if ('bailed' in outcome) bailed ??= { value: outcome.bailed }
        strand.view.merge(own.view)
        return outcome
      })
    }
    const block = new Block(strand, {
      isEnough: (all) => (all.areAllOver && all.members.length === list.length) || (hasStopped() && all.areAllStill),
      stopped: take,
      resumed: () => {
        known = new Set(waiting())
        take()
      },
    })
    take()
    await block.over
    const [failure] = block.outcomes.flatMap(failureOf)
    if (failure) throw failure
    if (bailed) throw new Bail((bailed as { readonly value: unknown }).value)
    return block.outcomes.map(givenBy)
  }
}

/** A body of one step names the foreach. */
const foreachId = (id: string, [only, more]: Flow): string => (only && !more && NAMING.has(only.kind) ? only.id : id)

export const NAMING: ReadonlySet<string> = new Set(['step', 'map', 'sleep', 'wait', 'inner'])

const failureOf = (outcome: Outcome | undefined): readonly Failure[] =>
  outcome && 'failure' in outcome ? [outcome.failure] : []

const givenBy = (outcome: Outcome | undefined): unknown => (outcome && 'value' in outcome ? outcome.value : null)

async function outcomeOf(running: Promise<unknown>): Promise<Outcome> {
  try {
    return { value: await running }
  } catch (thrown) {
    if (thrown instanceof Failure) return { failure: thrown }
    if (thrown instanceof Bail) return { bailed: thrown.value }
    throw thrown
  }
}
