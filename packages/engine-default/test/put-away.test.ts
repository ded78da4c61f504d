import { createStep, createWorkflow } from '@wf/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

const number = z.object({ n: z.number() })

const ask = createStep({
  id: 'ask',
  inputSchema: number,
  outputSchema: number,
  stateSchema: z.object({ asked: z.number() }),
  resumeSchema: z.object({ more: z.number() }),
  suspendSchema: z.object({ of: z.number() }),
  execute: async ({ inputData, resumeData, suspend, state, setState }) => {
    await setState({ asked: (state.asked ?? 0) + 1 })
    return resumeData ? { n: inputData.n + resumeData.more } : suspend({ of: inputData.n }, { resumeLabel: 'more' })
  },
})

const asking = createWorkflow({ id: 'asking', inputSchema: number, outputSchema: number })
  .map(async ({ inputData }) => ({ n: inputData.n * 10 }))
  .then(ask)
  .commit()

const MANY = 80

/** Many runs that rest in an engine without a storage: only the last ones stay as they are. */
async function manyAtRest() {
  const engine = createDefaultEngine({ workflows: [asking] })
  const runs = await Promise.all(
    Array.from({ length: MANY }, async (_, n) => {
      const run = await engine.createRun(asking, { runId: `run-${n}`, tags: [`tag-${n}`] })
      expect(await run.start({ inputData: { n }, initialState: { asked: 0 } })).toMatchObject({ status: 'suspended' })
      return run
    }),
  )
  return { engine, runs }
}

describe('a run that rests in an engine without a storage, among many', () => {
  it('goes on as if nothing had been between', async () => {
    const { engine, runs } = await manyAtRest()
    const results = await Promise.all(runs.map((run) => run.resume({ label: 'more', resumeData: { more: 5 } })))
    expect(results.map((result) => result.status === 'success' && result.result)).toEqual(
      runs.map((_, n) => ({ n: 10 * n + 5 })),
    )
    expect(await engine.runs.get('run-0', { fields: ['steps', 'state'] })).toMatchObject({
      steps: { ask: { status: 'success', payload: { n: 0 }, output: { n: 5 }, resumePayload: { more: 5 } } },
    })
    await engine.close()
  })

  it('is told of, again and again', async () => {
    const { engine, runs } = await manyAtRest()
    for (let round = 0; round < 2; round += 1) {
      const { runs: listed } = await engine.runs.list({ status: 'suspended', limit: MANY })
      expect(listed.map(({ tags }) => tags?.[0]).sort()).toEqual(runs.map((_, n) => `tag-${n}`).sort())
      expect(await Promise.all(runs.map((run) => run.status()))).toEqual(runs.map(() => 'suspended'))
    }
    const [first] = runs
    expect(await first?.result()).toMatchObject({ status: 'suspended', suspendPayload: { ask: { of: 0 } } })
    await engine.close()
  })

  it('is resumed once, and can be canceled', async () => {
    const { engine, runs } = await manyAtRest()
    const [first, second] = runs
    const resume = () => first?.resume({ resumeData: { more: 1 } })
    const [one, other] = await Promise.allSettled([resume(), resume()])
    expect([one?.status, other?.status].sort()).toEqual(['fulfilled', 'rejected'])
    expect(await second?.cancel()).toBe('canceled')
    await engine.close()
  })
})
