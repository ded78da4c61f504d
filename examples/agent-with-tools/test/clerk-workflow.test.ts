import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, expect, it } from 'vitest'
import { clerkWorkflow } from '../src/clerk-workflow.ts'
import { scriptedModel } from '../src/scripted-model.ts'

/** A shop that writes down what it was asked for. */
function play() {
  const asked: string[] = []
  const paid = new Map<string, number>()
  const shop = {
    find: async (orderId: string) => {
      asked.push(orderId)
      return { item: 'lamp', euros: 40 }
    },
    refund: async ({ key, euros }: { key: string; euros: number }) => void paid.set(key, euros),
  }
  const workflow = clerkWorkflow({ model: scriptedModel(), shop })
  const storage = createMemoryStorage()
  return { asked, paid, workflow, engine: () => createDefaultEngine({ workflows: [workflow], storage }) }
}

const inputData = { customer: 'Ann', asks: 'The lamp of order 1042 is broken.' }

describe('a question to the clerk', () => {
  it('waits for somebody before money is given back, also in another process', async () => {
    const { asked, paid, workflow, engine } = play()
    const before = engine()
    const run = await before.createRun(workflow, { runId: 'q-1' })
    expect(await run.start({ inputData })).toMatchObject({ status: 'suspended', suspended: [['clerk']] })
    expect([asked, paid.size]).toEqual([['1042'], 0])
    await before.close()

    const after = engine()
    const same = await after.run(workflow, 'q-1')
    const result = await same?.resume({ step: 'clerk', resumeData: { approved: true } })
    expect(result).toMatchObject({
      status: 'success',
      result: { letter: expect.stringMatching(/^Dear Ann, .*40 € back/) },
    })
    expect([asked, [...paid.values()]]).toEqual([['1042'], [40]])
    await after.close()
  })

  it('pays nothing when they decline', async () => {
    const { paid, workflow, engine } = play()
    const only = engine()
    const run = await only.createRun(workflow)
    await run.start({ inputData })
    const result = await run.resume({ step: 'clerk', resumeData: { approved: false, reason: 'too late' } })
    expect(result).toMatchObject({ status: 'success', result: { letter: expect.stringContaining('no refund') } })
    expect(paid.size).toBe(0)
    await only.close()
  })
})
