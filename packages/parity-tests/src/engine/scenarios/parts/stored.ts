import type { Durability, Engine, Run } from '@wf/core'
import { createGate } from '../../gate.js'
import type { Stage } from '../../stage.js'
import { step, workflow } from './loose.js'

/** The status that another process finds stored; `undefined`: nothing is. */
export async function stored(stage: Stage, other: Engine, run: Run): Promise<string | undefined> {
  return (await stage.settle(other.runs.get(run.runId)))?.status
}

/** A workflow that counts its first step and then waits at a gate. */
export function counting(id: string, durability?: Durability) {
  const gate = createGate()
  const counts = { first: 0, second: 0 }
  const first = step('first', () => {
    counts.first += 1
  })
  const second = step('second', async () => {
    counts.second += 1
    await gate.pass()
    return counts.second
  })
  const options = durability === undefined ? {} : { options: { durability } }
  return { flow: workflow(id, options).then(first).then(second).commit(), gate, counts }
}
