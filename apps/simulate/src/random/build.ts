import { createStep, createWorkflow, type Schema, type Workflow } from '@wf/core'
import { type Bodies, runBody, runMap } from './bodies.ts'
import {
  type BranchPlan,
  type Flow,
  foreachId,
  type ItemsPlan,
  idsIn,
  listId,
  memberName,
  type Piece,
  type Plan,
  RETRY_MS,
  type StepPlan,
  WAIT_MS,
  type WaitPlan,
} from './plan.ts'
import { itemsOf, madeFrom, saysYes } from './values.ts'

const anything: Schema = { '~standard': { version: 1, vendor: 'simulate', validate: (value) => ({ value }) } }

const workflow = (id: string, attempts: number) =>
  createWorkflow({
    id,
    inputSchema: anything,
    outputSchema: anything,
    retryConfig: { attempts, delay: RETRY_MS },
    options: { chunks: 'durable' },
  })

type Chain = ReturnType<typeof workflow>

/** The name of the workflow of a plan. */
export const WORKFLOW_ID = 'random'

/** When worlds begin, by which dates are counted. */
export const BEGINNING = Date.UTC(2030, 0, 1)

/** A real workflow that does what a plan says. */
export const built = ({ flow, retries }: Plan, bodies: Bodies): Workflow =>
  new Builder(bodies).row(workflow(WORKFLOW_ID, retries), flow).commit() as unknown as Workflow

class Builder {
  private readonly bodies: Bodies
  private readonly unseen: ReadonlySet<string>

  constructor(bodies: Bodies, unseen: ReadonlySet<string> = new Set()) {
    this.bodies = bodies
    this.unseen = unseen
  }

  row(chain: Chain, flow: Flow): Chain {
    return flow.reduce((before, piece) => this.add(before, piece) as unknown as Chain, chain)
  }

  private inside(flow: Flow) {
    return (chain: Chain): Chain => this.row(chain, flow)
  }

  private add(chain: Chain, piece: Piece): object {
    const { id } = piece
    switch (piece.kind) {
      case 'step':
        return chain.then(this.step(piece) as never)
      case 'map':
        return chain.map((context) => runMap(piece, context, this.bodies), { id })
      case 'sleep':
        if (piece.says === 'until') return chain.sleepUntil(new Date(BEGINNING + piece.ms), { id })
        return chain.sleep(piece.says === 'for' ? piece.ms : async () => piece.ms, { id })
      case 'wait':
        return this.wait(chain, piece)
      case 'parallel': {
        const members = piece.members.map((member, index) => [memberName(id, index), this.inside(member)])
        return chain.parallel(Object.fromEntries(members), { id, allowFailure: piece.allowFailure })
      }
      case 'branch': {
        const arms = piece.arms.map(({ flow }, index) => [
          memberName(id, index),
          [conditionOf(piece, index), this.inside(flow)],
        ])
        return chain.branch(Object.fromEntries(arms), { id })
      }
      case 'loop': {
        const { turns, throws, until } = piece
        const condition = ({ iterationCount }: { readonly iterationCount: number }): boolean => {
          if (iterationCount < turns) return !until
          if (throws) throw new Error(`${id} throws`)
          return until
        }
        const body = this.inside(piece.body) as never
        return until ? chain.dountil(body, condition, { id }) : chain.dowhile(body, condition, { id })
      }
      case 'items':
        return this.items(chain, piece)
      case 'inner':
        return chain.then(this.row(workflow(id, piece.retries), piece.body).commit() as never)
    }
  }

  private step(plan: StepPlan) {
    const { id, retries, end } = plan
    return createStep({
      id,
      inputSchema: anything,
      outputSchema: anything,
      ...(retries !== undefined && { retries }),
      timeoutMs: end === 'hangs' ? this.bodies.hangMs : LONG_MS,
      execute: (context) => runBody({ ...plan, unseen: this.unseen }, context, this.bodies),
    })
  }

  private wait(chain: Chain, { id, comes }: WaitPlan): object {
    if (comes !== 'an event')
      return chain.waitForEvent(id, { id, timeoutMs: WAIT_MS, onTimeout: comes === 'null' ? 'null' : 'fail' })
    const key = ({ inputData }: { readonly inputData: unknown }): string => {
      const payload = madeFrom(id, inputData)
      this.bodies.waits({ name: id, key: String(payload), payload })
      return String(payload)
    }
    return chain.waitForEvent(id, { id, key: key as never })
  }

  private items(chain: Chain, plan: ItemsPlan): object {
    const { bodies } = this
    const { id, count, concurrency, says, body } = plan
    const list = ({ inputData }: { readonly inputData: unknown }): readonly unknown[] =>
      count === undefined ? ('no list' as unknown as readonly unknown[]) : itemsOf(id, count, inputData)
    const computed = async (): Promise<number> => {
      if (says === 'throws') throw new Error(`${id} throws`)
      return concurrency
    }
    const unseen = concurrency > 1 ? new Set([...this.unseen, ...idsIn(body)]) : this.unseen
    const each = (item: Chain): Chain => new Builder(bodies, unseen).row(item, body)
    const options = foreachId(plan) === id ? { id } : {}
    return (chain.map(list as never, { id: listId(id) }) as unknown as Chain).foreach(each as never, {
      ...options,
      concurrency: says === 'number' ? concurrency : computed,
    })
  }
}

/** So long that nothing that is done to a process makes a body late. */
const LONG_MS = 7 * 86_400_000

const conditionOf =
  ({ id, arms, throws }: BranchPlan, index: number) =>
  ({ inputData }: { readonly inputData: unknown }): boolean => {
    if (throws && index === 0) throw new Error(`${id} throws`)
    const when = arms[index]?.when
    return when === 'true' || (when === 'as the input says' && saysYes(id, inputData))
  }
