import { createStep, createWorkflow, type Storage } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

const anything = { inputSchema: z.unknown(), outputSchema: z.unknown() }

it('an answer is never older than its question, whatever was being read when that was asked', async () => {
  const kept = createMemoryStorage()
  let isHeldUp = false
  let headers = 0
  const reads: PromiseWithResolvers<void>[] = []
  const load: Storage['load'] = async (asked) => {
    const answers = await kept.load(asked)
    const readsOn = asked.some(({ after = 0 }) => after > 0)
    if (!readsOn) headers += 1
    if (isHeldUp && readsOn) {
      const read = Promise.withResolvers<void>()
      reads.push(read)
      await read.promise
    }
    return answers
  }
  const slow: Storage = Object.assign(Object.create(kept), { load })
  const ask = createStep({
    id: 'ask',
    ...anything,
    execute: ({ resumeData, suspend }) => resumeData ?? suspend(),
  })
  const workflow = createWorkflow({ id: 'w', ...anything })
    .then(ask)
    .commit()
  const [one, other] = [slow, kept].map((storage) => createDefaultEngine({ workflows: [workflow], storage }))
  if (!one || !other) throw new Error('there are two')
  const run = await one.createRun(workflow)
  expect(await run.start({})).toMatchObject({ status: 'suspended' })
  isHeldUp = true
  const asked = [one.runs.get(run.runId)]
  await expect.poll(() => reads.length).toBe(1)
  await (await other.run(workflow, run.runId))?.resume({ resumeData: 'yes' })
  isHeldUp = false
  const before = headers
  asked.push(one.runs.get(run.runId))
  await expect.poll(() => headers).toBe(before + 1)
  await new Promise((resolve) => setImmediate(resolve))
  for (const { resolve } of reads) resolve()
  expect((await Promise.all(asked)).map((state) => state?.status)).toEqual(['suspended', 'success'])
  await Promise.all([one.close(), other.close()])
})
