import { deepEqual, equal, ok } from 'node:assert/strict'
import { createStep, createWorkflow } from '@wf/core'
import type { Scenario } from '../scenario.js'
import { any } from '../schemas.js'

export const sequenceScenarios: readonly Scenario[] = [
  {
    id: 'sequence.three-steps',
    shows: ['sequence.order', 'sequence.result', 'sequence.records'],
    async play(stage) {
      const seen: unknown[] = []
      const append = <const Id extends string>(id: Id) =>
        createStep({
          id,
          inputSchema: any<string>(),
          outputSchema: any<string>(),
          execute: async ({ inputData }) => {
            seen.push(inputData)
            return `${inputData}${id}`
          },
        })
      const workflow = createWorkflow({ id: 'letters', inputSchema: any<string>(), outputSchema: any<string>() })
        .then(append('a'))
        .then(append('b'))
        .then(append('c'))
        .commit()
      const engine = await stage.engine(workflow)
      const run = await engine.createRun(workflow)
      const result = await stage.settle(run.start({ inputData: '>' }))
      equal(result.status, 'success')
      equal(result.status === 'success' && result.result, '>abc')
      deepEqual(seen, ['>', '>a', '>ab'])
      deepEqual(Object.keys(result.steps), ['input', 'a', 'b', 'c'])
      const { b } = result.steps
      deepEqual(b?.status === 'success' && [b.payload, b.output], ['>a', '>ab'])
      ok(b && b.startedAt <= (b.endedAt ?? 0))
    },
  },
]
