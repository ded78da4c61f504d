import { deepEqual, equal } from 'node:assert/strict'
import { NonRetryableError } from '@wf/core'
import type { OwnScenario } from '@wf/parity-tests'
import { createStep } from '../../src/index.js'
import { createAgent } from '../given/agents.js'
import { errorOf, finish, flow, successOf } from '../given/flows.js'
import type { Sdk } from '../given/sdk.js'
import { toolThat } from '../given/tools.js'

const nonRetryable = (result: { readonly steps: unknown }, id = 'writer') =>
  (result.steps as Record<string, { readonly nonRetryable?: true }>)[id]?.nonRetryable

export const failureScenarios = (sdk: Sdk): readonly OwnScenario[] => {
  const refusal = (status: number) =>
    new sdk.ai.APICallError({
      message: `status ${status}`,
      url: 'https://model.example',
      requestBodyValues: {},
      statusCode: status,
    })
  return [
    {
      id: 'agent.failing-model',
      states: 'A model that cannot be asked, or breaks off, fails the step with its error.',
      async play(stage) {
        const thrown = () => {
          throw new RangeError('out of order')
        }
        for (const [index, script] of [thrown, [{ breaks: new RangeError('out of order') }]].entries()) {
          const { agent, model } = createAgent(sdk, script)
          const { result } = await finish(stage, flow(`broken ${index}`).then(createStep(agent)).commit())
          const error = errorOf(result)
          deepEqual([error.name, error.message], ['RangeError', 'out of order'])
          equal(model.doStreamCalls.length, 1)
        }
      },
    },
    {
      id: 'agent.retried',
      states: 'A step whose model failed is tried again as its policy says, from the prompt on.',
      async play(stage) {
        const { agent, model } = createAgent(sdk, (_, turn) =>
          turn < 3 ? { breaks: refusal(503) } : { text: 'there' },
        )
        const { result } = await finish(
          stage,
          flow('patient')
            .then(createStep(agent, { retries: 2 }))
            .commit(),
        )
        deepEqual(successOf(result), { text: 'there' })
        equal(model.doStreamCalls.length, 3)
      },
    },
    {
      id: 'agent.non-retryable',
      states: 'What the SDK knows to be in vain is not tried again; what it does not is.',
      async play(stage) {
        for (const [status, calls] of [[400, 1] as const, [503, 3] as const]) {
          const { agent, model } = createAgent(sdk, () => {
            throw refusal(status)
          })
          const { result } = await finish(
            stage,
            flow(`refused ${status}`)
              .then(createStep(agent, { retries: 2 }))
              .commit(),
          )
          const { name, message } = errorOf(result)
          deepEqual([name, message], ['AI_APICallError', `status ${status}`])
          equal(nonRetryable(result), status === 400 ? true : undefined)
          equal(model.doStreamCalls.length, calls)
        }
      },
    },
    {
      id: 'agent.failing-tool',
      states: 'A tool that throws is told to the model, which goes on.',
      async play(stage) {
        const tools = {
          no: toolThat(sdk, () => {
            throw new NonRetryableError('not today')
          }),
        }
        const { agent, model } = createAgent(sdk, [{ calls: { no: { value: 1 } } }, { text: 'as you like' }], { tools })
        const { result } = await finish(stage, flow('calm').then(createStep(agent)).commit())
        deepEqual(successOf(result), { text: 'as you like' })
        equal(model.doStreamCalls.length, 2)
      },
    },
  ]
}
