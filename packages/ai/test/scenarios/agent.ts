import { deepEqual, equal, ok } from 'node:assert/strict'
import type { OwnScenario } from '@wf/parity-tests'
import { createStep, currentStep } from '../../src/index.js'
import { createAgent } from '../given/agents.js'
import { errorOf, finish, flow, PROMPT, successOf } from '../given/flows.js'
import { createGate } from '../given/gate.js'
import { promptOf, type Script } from '../given/models.js'
import type { Sdk } from '../given/sdk.js'
import { echoTool } from '../given/tools.js'

/** A model that answers only when it is aborted, and notes why it was. */
function hanging(asked: () => void = () => undefined) {
  const reasons: unknown[] = []
  const script: Script = ({ abortSignal }) => {
    asked()
    return new Promise((_, reject) =>
      abortSignal?.addEventListener('abort', () => {
        reasons.push(abortSignal.reason)
        reject(abortSignal.reason)
      }),
    )
  }
  return { script, reasons }
}

export const agentScenarios = (sdk: Sdk): readonly OwnScenario[] => [
  {
    id: 'agent.text',
    states: 'An agent is a step under its own id that takes a prompt and gives a text.',
    async play(stage) {
      const { agent, model } = createAgent(sdk, [{ text: 'good day' }])
      const { result } = await finish(stage, flow('talk').then(createStep(agent)).commit())
      deepEqual(successOf(result), { text: 'good day' })
      deepEqual(Object.keys(result.steps as object), ['input', 'writer'])
      deepEqual(
        promptOf(model).map(({ role, content }) => [role, content.map(({ text }) => text)]),
        [['user', ['hello']]],
      )
      equal(model.doStreamCalls.length, 1)
    },
  },
  {
    id: 'agent.loop',
    states: 'An agent calls its tools and goes on with what they give, all in one step; the text is what it says last.',
    async play(stage) {
      const { agent, model } = createAgent(sdk, [{ calls: { echo: { value: 7 } } }, { text: 'seven' }], {
        tools: { echo: echoTool(sdk) },
      })
      const { result } = await finish(
        stage,
        flow('loop')
          .then(createStep(agent, { id: 'own' }))
          .commit(),
      )
      deepEqual(successOf(result), { text: 'seven' })
      deepEqual(Object.keys(result.steps as object), ['input', 'own'])
      deepEqual(
        promptOf(model).map(({ role }) => role),
        ['user', 'assistant', 'tool'],
      )
    },
  },
  {
    id: 'agent.prompt-refused',
    states: 'What is no prompt fails the step before the agent is asked.',
    async play(stage) {
      const { agent, model } = createAgent(sdk, [{ text: 'never' }])
      const talk = flow('talk')
        .map(async () => ({ prompt: 5 }) as never)
        .then(createStep(agent))
        .commit()
      const { result } = await finish(stage, talk)
      equal(errorOf(result).code, 'WF_STEP_INPUT_INVALID')
      equal(model.doStreamCalls.length, 0)
    },
  },
  {
    id: 'agent.call-options',
    states: 'The agent is called with what the step says, as it is or made from what the attempt knows.',
    async play(stage) {
      const { agent, model } = createAgent(sdk, [{ text: 'a' }])
      const still = createStep(agent, { id: 'still', call: { headers: { 'x-key': 'fixed' } } as object })
      const made = createStep(agent, {
        id: 'made',
        call: async ({ idempotencyKey }) => ({ headers: { 'x-key': idempotencyKey } }) as object,
      })
      const again = flow('talk')
        .then(still)
        .map(async () => PROMPT.inputData)
        .then(made)
        .commit()
      const { result, run } = await finish(stage, again)
      deepEqual(successOf(result), { text: 'a' })
      const keys = model.doStreamCalls.map((call) => (call as { headers?: Record<string, string> }).headers?.['x-key'])
      equal(keys[0], 'fixed')
      ok(keys[1]?.includes(run.runId))
    },
  },
  {
    id: 'agent.current-step',
    states: 'A tool of an agent knows the step that it is called in, with the key under which others see a repetition.',
    async play(stage) {
      const seen: unknown[] = []
      const note = sdk.ai.tool({
        description: 'notes',
        inputSchema: sdk.ai.jsonSchema<object>({ type: 'object' }),
        execute: async () => {
          const step = currentStep()
          seen.push([step?.workflowId, step?.runId, step?.idempotencyKey])
          await step?.setState({ noted: seen.length })
          return 'noted'
        },
      })
      const script = (_: unknown, turn: number) => {
        if (turn === 2) throw new Error('once')
        return turn === 4 ? { text: 'done' } : { calls: { note: {} } }
      }
      const { agent } = createAgent(sdk, script, { tools: { note } })
      const step = createStep(agent, { retries: 1 })
      const { result, run } = await finish(stage, flow('noting').then(step).commit())
      deepEqual(successOf(result), { text: 'done' })
      equal(seen.length, 2)
      deepEqual(seen[0], seen[1])
      deepEqual((seen[0] as unknown[]).slice(0, 2), ['noting', run.runId])
      equal(currentStep(), undefined)
    },
  },
  {
    id: 'agent.cancel',
    states: 'A cancel of the run aborts the call of the model.',
    async play(stage) {
      const gate = createGate()
      const { script, reasons } = hanging(gate.enter)
      const { agent } = createAgent(sdk, script)
      const talk = flow('talk').then(createStep(agent)).commit()
      const engine = await stage.engine(talk)
      const run = await engine.createRun(talk)
      const started = run.start(PROMPT)
      await stage.settle(gate.entered)
      equal(await stage.settle(run.cancel()), 'canceled')
      equal((await stage.settle(started)).status, 'canceled')
      await stage.quiet()
      deepEqual(reasons, ['canceled'])
    },
  },
  {
    id: 'agent.timeout',
    states: 'The timeout of a step aborts the call of the model and fails the step.',
    async play(stage) {
      const { script, reasons } = hanging()
      const { agent } = createAgent(sdk, script)
      const { result } = await finish(
        stage,
        flow('slow')
          .then(createStep(agent, { timeoutMs: 60_000 }))
          .commit(),
      )
      equal(errorOf(result).code, 'WF_TIMEOUT')
      await stage.quiet()
      deepEqual(reasons, ['timeout'])
    },
  },
]
