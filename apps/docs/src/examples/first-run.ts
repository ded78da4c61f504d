import { createStep, createWorkflow } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createSqliteStorage } from '@wf/storage-sqlite'
import { z } from 'zod'

const say = async ({ inputData }: { inputData: string }) => {
  console.log(inputData)
  return `${inputData}, and on`
}
const boil = createStep({ id: 'boil', inputSchema: z.string(), outputSchema: z.string(), execute: say })
const pour = createStep({ id: 'pour', inputSchema: z.string(), outputSchema: z.string(), execute: say })
const tea = createWorkflow({ id: 'tea', inputSchema: z.string(), outputSchema: z.string() })
  .then(boil)
  .sleep(5_000)
  .then(pour)
  .commit()

const engine = createDefaultEngine({ workflows: [tea], storage: createSqliteStorage({ path: 'tea.db' }) })
const run = await engine.createRun(tea, { runId: 'tea-1' })
const result = await run.start({ inputData: 'water is hot', onConflict: 'attach' })
console.log(result.status)
await engine.close()
