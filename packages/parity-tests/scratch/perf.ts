import { createStep, createWorkflow } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { z } from 'zod'

const io = z.object({ v: z.number() })
const mk = (n: number) => {
  let w: any = createWorkflow({ id: 'c' + n, inputSchema: io, outputSchema: io })
  for (let i = 0; i < n; i++)
    w = w.then(
      createStep({
        id: 's' + i,
        inputSchema: io,
        outputSchema: io,
        execute: async ({ inputData }: any) => ({ v: inputData.v + 1 }),
      }) as any,
    )
  return w.commit()
}
const fe = (n: number) =>
  createWorkflow({ id: 'f' + n, inputSchema: z.array(io), outputSchema: z.array(io) })
    .foreach(
      createStep({
        id: 'it',
        inputSchema: io,
        outputSchema: io,
        execute: async ({ inputData }) => ({ v: inputData.v + 1 }),
      }),
      { concurrency: 10 },
    )
    .commit()
for (const storage of [undefined, 'memory']) {
  for (const n of [100, 1000, 10000]) {
    const w = mk(n)
    const times: number[] = []
    for (let r = 0; r < (n > 1000 ? 5 : 30); r++) {
      const engine = createDefaultEngine({ workflows: [w], ...(storage && { storage: createMemoryStorage() }) })
      const run = await engine.createRun(w)
      const t = performance.now()
      const res = await run.start({ inputData: { v: 0 } })
      times.push(performance.now() - t)
      if (res.status !== 'success') throw res
    }
    times.sort((a, b) => a - b)
    console.log(storage ?? 'none', 'chain', n, ((times[times.length >> 1]! / n) * 1000).toFixed(2), 'us/step')
  }
  for (const n of [1000, 10000]) {
    const w = fe(n)
    const items = Array.from({ length: n }, (_, v) => ({ v }))
    const times: number[] = []
    for (let r = 0; r < 5; r++) {
      const engine = createDefaultEngine({ workflows: [w], ...(storage && { storage: createMemoryStorage() }) })
      const run = await engine.createRun(w)
      const t = performance.now()
      const res = await run.start({ inputData: items })
      times.push(performance.now() - t)
      if (res.status !== 'success') throw res
    }
    times.sort((a, b) => a - b)
    console.log(storage ?? 'none', 'foreach', n, times[times.length >> 1]!.toFixed(1), 'ms')
  }
}
