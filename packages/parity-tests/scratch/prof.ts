import { createStep, createWorkflow } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { z } from 'zod'

const io = z.object({ v: z.number() })
let w: any = createWorkflow({ id: 'c', inputSchema: io, outputSchema: io })
for (let i = 0; i < 1000; i++)
  w = w.then(
    createStep({
      id: 's' + i,
      inputSchema: io,
      outputSchema: io,
      execute: async ({ inputData }: any) => ({ v: inputData.v + 1 }),
    }) as any,
  )
w = w.commit()
const engine = createDefaultEngine({ workflows: [w] })
for (let r = 0; r < 200; r++) {
  const run = await engine.createRun(w)
  const t = performance.now()
  await run.start({ inputData: { v: 0 } })
  if (r % 50 === 49) console.log((performance.now() - t).toFixed(2))
}
