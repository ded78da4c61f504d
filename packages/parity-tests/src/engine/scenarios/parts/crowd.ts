import { deepEqual, ok } from 'node:assert/strict'
import type { Engine, Run, StartOptions, Workflow, WorkflowResult } from '@wf/core'
import type { Stage } from '../../stage.js'
import { step } from './loose.js'

/** Notes who is at work at the same time. */
export interface Crowd {
  /** A step that takes so long, by default longer than several starts do, and gives its input. */
  works<const Id extends string>(id: Id, ms?: number): ReturnType<typeof step<Id>>
  /** How many were at work at once at most; those with the same key count together. */
  most(key?: string): number
  /** Inputs in the order in which they began, and when that was. */
  readonly began: { readonly input: unknown; readonly at: number }[]
}

/** Where faults are injected, what is quiet has had seconds to become so. */
const LONG_MS = 90_000

interface Order extends Pick<Crowd, 'began'> {
  readonly atOnce: number
}

export function crowdOn(stage: Stage, keyOf: (input: unknown) => string = () => ''): Crowd {
  const inside = new Map<string, number>()
  const most = new Map<string, number>()
  const began: { input: unknown; at: number }[] = []
  const count = (key: string, by: number): void => {
    const now = (inside.get(key) ?? 0) + by
    inside.set(key, now)
    most.set(key, Math.max(most.get(key) ?? 0, now))
  }
  return {
    began,
    most: (key = '') => most.get(key) ?? 0,
    works: (id, ms = LONG_MS) =>
      step(id, async ({ inputData }) => {
        const key = keyOf(inputData)
        began.push({ input: inputData, at: stage.clock.now() })
        count(key, 1)
        await new Promise<void>((resolve) => stage.clock.after(ms, resolve))
        count(key, -1)
        return inputData
      }),
  }
}

export const inputsOf = ({ began }: Crowd): readonly unknown[] => began.map(({ input }) => input)

/**
 * Whoever is let in together may begin in any order: nobody begins with as many before it that came later. Where answers
 * are lost, who has been let in may begin late.
 */
export function inOrder({ lateMs }: Stage, { began, atOnce }: Order, expected: readonly unknown[]): void {
  const inputs = began.map(({ input }) => input).filter((input, at, all) => all.indexOf(input) === at)
  deepEqual([...inputs].sort(), [...expected].sort())
  if (lateMs) return
  for (const [at, input] of inputs.entries())
    ok(Math.abs(expected.indexOf(input) - at) < atOnce, `${inputs.join(', ')} is not the order they came in`)
}

interface Started {
  readonly run: Run
  readonly result: Promise<WorkflowResult>
}

/** Starts a run; who starts several this way has them ask in this order. */
export async function startIn(
  stage: Stage,
  engine: Engine,
  { flow, ...options }: StartOptions & { readonly flow: Workflow },
): Promise<Started> {
  const run: Run = await stage.settle(engine.createRun(flow))
  const result = run.start(options)
  result.catch(() => undefined)
  await stage.quiet()
  return { run, result }
}
