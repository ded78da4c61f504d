import { createWorkflow } from '@wf/core'
import { createGate } from '../../gate.js'
import { any } from '../../schemas.js'
import { step } from './loose.js'

/** A workflow that takes a list, so that a foreach can come first. */
export const over = <const Id extends string>(id: Id) =>
  createWorkflow({ id, inputSchema: any<readonly unknown[]>(), outputSchema: any() })

interface Lane {
  /** How many are under way now. */
  now: number
  /** How many were under way at once at most. */
  most: number
  /** Which began, in the order in which they did. */
  readonly began: unknown[]
}

/** Counts who is under way at once. */
export function createLane(): Lane & { during<Result>(name: unknown, work: () => Promise<Result>): Promise<Result> } {
  const lane: Lane = { now: 0, most: 0, began: [] }
  return Object.assign(lane, {
    async during<Result>(name: unknown, work: () => Promise<Result>): Promise<Result> {
      lane.began.push(name)
      lane.now += 1
      lane.most = Math.max(lane.most, lane.now)
      try {
        return await work()
      } finally {
        lane.now -= 1
      }
    },
  })
}

/** Long enough for whoever else could begin to begin. */
export const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** The numbers from 0 below the given one. */
export const upTo = (count: number): readonly number[] => [...Array(count).keys()]

/** An item that suspends with `{ ask: <item> }` under the label `item-<item>`, and gives `[<item>, <resume data>]`. */
export const itemAsks = <const Id extends string>(id: Id) =>
  step(id, ({ inputData, resumeData, suspend }) =>
    resumeData === undefined
      ? suspend({ ask: inputData }, { resumeLabel: `item-${String(inputData)}` })
      : [inputData, resumeData],
  )

/**
 * Items that suspend with `{ ask: <item> }` under the label `item-<index>`, none of them before so many are under way;
 * each gives `[<item>, <resume data>, <what it gave to suspend>]`.
 */
export function together(count: number) {
  const met = createGate()
  const lane = createLane()
  const open = met.reached(count).then(() => met.open())
  const item = step('item', async ({ index, inputData, resumeData, suspendData, suspend }) => {
    if (resumeData !== undefined) return lane.during(index, async () => [inputData, resumeData, suspendData])
    await Promise.all([met.pass(), open])
    return suspend({ ask: inputData }, { resumeLabel: [`item-${index}`] })
  })
  return { item, lane }
}
