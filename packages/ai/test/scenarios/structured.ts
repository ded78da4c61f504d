import { deepEqual, equal, ok } from 'node:assert/strict'
import type { OwnScenario } from '@wf/parity-tests'
import { z } from 'zod'
import { createStep } from '../../src/index.js'
import { createAgent } from '../given/agents.js'
import { errorOf, finish, flow, successOf } from '../given/flows.js'
import type { Sdk } from '../given/sdk.js'

const city = z.object({ name: z.string(), people: z.number().default(0) })
const ROME = { text: '{"name":"Rome","people":3}' }

export const structuredScenarios = (sdk: Sdk): readonly OwnScenario[] => [
  {
    id: 'agent.structured-output',
    states: 'An agent that is given a schema gives an object of it, with its defaults.',
    async play(stage) {
      const { agent, model } = createAgent(sdk, [{ text: '{"name":"Rome"}' }])
      const step = createStep(agent, { structuredOutput: { schema: city } })
      const { result } = await finish(stage, flow('ask').then(step).commit())
      deepEqual(successOf(result), { name: 'Rome', people: 0 })
      const { responseFormat } = model.doStreamCalls[0] as { responseFormat?: { type: string } }
      equal(responseFormat?.type, 'json')
    },
  },
  {
    id: 'agent.output-specification',
    states: 'An agent gives what an output specification says, whether it is the step that has it or the agent itself.',
    async play(stage) {
      const { Output } = sdk.ai
      const list = createAgent(sdk, [{ text: '{"elements":[{"name":"Rome","people":3}]}' }])
      const step = createStep(list.agent, { output: Output.array({ element: city }) })
      deepEqual(successOf((await finish(stage, flow('list').then(step).commit())).result), [
        { name: 'Rome', people: 3 },
      ])
      const own = createAgent(sdk, [ROME], { output: Output.object({ schema: city }) })
      const { result } = await finish(stage, flow('own').then(createStep(own.agent)).commit())
      deepEqual(successOf(result), { name: 'Rome', people: 3 })
      const choice = createAgent(sdk, [{ text: '{"result":"yes"}' }], { output: Output.choice({ options: ['yes'] }) })
      const chosen = await finish(stage, flow('choice').then(createStep(choice.agent)).commit())
      deepEqual(successOf(chosen.result), { text: 'yes' })
    },
  },
  {
    id: 'agent.no-object',
    states: 'An agent that ends without the object that it was asked for fails its step, with an error that says so.',
    async play(stage) {
      const turns = [{ text: 'no idea' }, { text: '{"name":5}' }, { text: '{"na', finish: 'length' as const }]
      for (const [index, turn] of turns.entries()) {
        const { agent } = createAgent(sdk, [turn])
        const step = createStep(agent, { structuredOutput: { schema: city } })
        const error = errorOf((await finish(stage, flow(`ask ${index}`).then(step).commit())).result)
        equal(error.code, 'WF_STRUCTURED_OUTPUT_UNDEFINED')
        equal(error.id, 'STRUCTURED_OUTPUT_OBJECT_UNDEFINED')
        deepEqual([error.workflowId, error.stepId], [`ask ${index}`, 'writer'])
        ok(error.cause instanceof Error)
      }
    },
  },
  {
    id: 'agent.no-object-retried',
    states: 'A step whose agent gave no object is tried again as its policy says.',
    async play(stage) {
      const { agent, model } = createAgent(sdk, [{ text: 'no idea' }, ROME])
      const step = createStep(agent, { structuredOutput: { schema: city }, retries: 1 })
      const { result } = await finish(stage, flow('ask').then(step).commit())
      deepEqual(successOf(result), { name: 'Rome', people: 3 })
      equal(model.doStreamCalls.length, 2)
    },
  },
]
