import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createStep, createWorkflow } from '@wf/core'
import { createVirtualClock } from '@wf/parity-tests'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

it('a reader that is dropped without a word does not keep its run looked at for ever', async () => {
  const clock = createVirtualClock()
  const asks = createStep({
    id: 'asks',
    inputSchema: z.unknown(),
    outputSchema: z.unknown(),
    execute: ({ suspend }) => suspend(),
  })
  const flow = createWorkflow({ id: 'one', inputSchema: z.unknown(), outputSchema: z.unknown() }).then(asks).commit()
  const engine = createDefaultEngine({ workflows: [flow], storage: createMemoryStorage({ clock }), clock })
  const run = await engine.createRun(flow)
  await run.start({})
  const before = clock.pending().count
  const read = async (): Promise<void> => {
    const events = run.observe({ closeOnSuspend: false }).getReader()
    expect((await events.read()).value?.type).toBe('workflow-start')
  }
  await read()
  expect(clock.pending().count).toBe(before + 1)
  for (let turns = 0; turns < 50 && clock.pending().count > before; turns += 1) {
    collect()
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(clock.pending().count).toBe(before)
  await engine.close()
})
