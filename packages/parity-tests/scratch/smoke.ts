import { createStep, createWorkflow } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { z } from 'zod'

const io = z.object({ v: z.number() })
const a = createStep({
  id: 'a',
  inputSchema: io,
  outputSchema: io,
  execute: async ({ inputData }) => ({ v: inputData.v + 1 }),
})
const ask = createStep({
  id: 'ask',
  inputSchema: io,
  outputSchema: io,
  resumeSchema: z.object({ ok: z.boolean() }),
  execute: async ({ inputData, resumeData, suspend }) =>
    resumeData ? { v: inputData.v * 10 } : suspend({ q: inputData.v }),
})
const w = createWorkflow({ id: 'w', inputSchema: io, outputSchema: io }).then(a).then(ask).commit()
const engine = createDefaultEngine({ workflows: [w] })
const run = await engine.createRun(w)
const r = await run.start({ inputData: { v: 1 } })
console.dir(r, { depth: 9 })
console.dir(await engine.runs.why(run.runId))
console.dir(await run.resume({ step: ask, resumeData: { ok: true } }), { depth: 9 })
