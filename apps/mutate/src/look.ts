import { performance } from 'node:perf_hooks'
import type { evaluator } from './instance.ts'
import type { Looked, Sight } from './orders.ts'

/** Plays a group without any mutant, and notes what each proof reaches. */
export async function look(evaluate: ReturnType<typeof evaluator>, group: string, alive: () => void): Promise<Sight> {
  let hits = new Map<string, number>()
  const groups = evaluate({
    isActive: () => false,
    cover: (...ids) => {
      for (const id of ids) hits.set(id, (hits.get(id) ?? 0) + 1)
    },
  })
  const proofs = (await groups[group]?.()) ?? []
  const loading = [...hits.keys()].map(Number)
  const looked: Looked[] = []
  for (const { name, run } of proofs) {
    hits = new Map()
    const began = performance.now()
    const failed = await run().then(
      () => undefined,
      (error: unknown) => String(error),
    )
    const ms = performance.now() - began
    looked.push({
      name,
      ms,
      ...(failed && { failed }),
      reached: [...hits.keys()].map(Number),
      hits: [...hits.values()],
    })
    alive()
  }
  return { proofs: looked, loading }
}
