import { deepEqual, equal } from 'node:assert/strict'
import type { OwnScenario } from '@wf/parity-tests'
import { z } from 'zod'
import { createStep, currentStep, type ToolCallOptions } from '../../src/index.js'
import { chunksOf, collected, elsewhere, errorOf, finish, flow, PROMPT, successOf } from '../given/flows.js'
import { createGate } from '../given/gate.js'
import type { Sdk } from '../given/sdk.js'

const prompt = z.object({ prompt: z.string() })
const length = z.object({ length: z.number() })

export const toolScenarios = (sdk: Sdk): readonly OwnScenario[] => {
  const { tool, jsonSchema } = sdk.ai
  return [
    {
      id: 'tool.step',
      states: 'A tool is a step with its own schemas, which is given its input and what it may know of the run.',
      async play(stage) {
        const seen: ToolCallOptions[] = []
        const measure = tool({
          description: 'measures',
          inputSchema: prompt.extend({ times: z.number().default(2) }),
          outputSchema: length,
          execute: async ({ prompt: text, times }, options: ToolCallOptions) => {
            seen.push(options)
            await options.workflow?.setState({ measured: text })
            return { length: text.length * times + Number(currentStep()?.retryCount) }
          },
        })
        const step = createStep(measure, { id: 'measure', context: { tenant: 't' } })
        equal(step.description, 'measures')
        const { result, run } = await finish(
          stage,
          flow('measuring')
            .map(async ({ inputData }) => inputData as never)
            .then(step)
            .commit(),
        )
        deepEqual(successOf(result), { length: 10 })
        const [options] = seen
        const { workflow } = options ?? {}
        deepEqual(
          [workflow?.runId, workflow?.workflowId, workflow?.state, workflow?.resumeData],
          [run.runId, 'measuring', { measured: 'hello' }, undefined],
        )
        deepEqual(options?.context, { tenant: 't' })
        equal(options?.toolCallId, workflow?.idempotencyKey)
        equal(options?.abortSignal instanceof AbortSignal, true)
      },
    },
    {
      id: 'tool.schemas-of-the-sdk',
      states: 'Schemas that the AI SDK has made are asked like others.',
      async play(stage) {
        const input = jsonSchema<{ prompt: string }>(
          { type: 'object' },
          {
            validate: (value) =>
              (value as { prompt?: unknown }).prompt === 'hello'
                ? { success: true, value: { prompt: 'checked' } }
                : { success: false, error: new Error('only hello') },
          },
        )
        const given = tool({
          inputSchema: input,
          outputSchema: jsonSchema<string>({}),
          execute: async (one) => one.prompt,
        })
        const step = createStep(given, { id: 'given' })
        deepEqual(successOf((await finish(stage, flow('checked').then(step).commit())).result), 'checked')
        const refused = await finish(stage, flow('refused').then(step).commit(), { prompt: 'bye' })
        equal(errorOf(refused.result).code, 'WF_STEP_INPUT_INVALID')
      },
    },
    {
      id: 'tool.suspends',
      states: 'A tool that is a step suspends and is resumed, in another process too.',
      async play(stage) {
        const ask = tool({
          inputSchema: prompt,
          outputSchema: z.object({ sent: z.boolean() }),
          execute: async ({ prompt: text }, { workflow }: ToolCallOptions) => {
            const answer = workflow?.resumeData as { ok: boolean } | undefined
            if (!workflow || answer)
              return { sent: answer?.ok === true && Object.hasOwn(Object(workflow?.suspendData), 'ask') }
            return workflow.suspend({ ask: text })
          },
        })
        const step = createStep(ask, {
          id: 'ask',
          resumeSchema: z.object({ ok: z.boolean() }),
          suspendSchema: z.object({ ask: z.string() }),
        })
        const { engine, run, result } = await finish(stage, flow('asking').then(step).commit())
        deepEqual(result.status === 'suspended' && result.suspendPayload, { ask: { ask: 'hello' } })
        const there = await elsewhere(stage, engine, run)
        const refused = await stage.settle(there.resume({ resumeData: { ok: 'no' } }).catch((error: unknown) => error))
        equal((refused as { code?: unknown }).code, 'WF_INVALID_RESUME_DATA')
        deepEqual(successOf(await stage.settle(there.resume({ resumeData: { ok: true } }))), { sent: true })
      },
    },
    {
      id: 'tool.tells',
      states:
        'A tool that gives several things tells each as a chunk, and comes to the last; it may write by itself, too.',
      async play(stage) {
        const steps = tool({
          inputSchema: prompt,
          outputSchema: z.number(),
          async *execute(_, { writer }: ToolCallOptions) {
            yield 1
            await writer?.write('between')
            yield 2
          },
        })
        const counting = flow('counting')
          .then(createStep(steps, { id: 'count' }))
          .commit()
        const run = await (await stage.engine(counting)).createRun(counting)
        const output = run.stream(PROMPT)
        deepEqual(chunksOf(await stage.settle(collected(output))), [1, 'between', 2])
        deepEqual(successOf(await stage.settle(output.result)), 2)
      },
    },
    {
      id: 'tool.cancel',
      states: 'A cancel of the run aborts the tool.',
      async play(stage) {
        const gate = createGate()
        const reasons: unknown[] = []
        const wait = tool({
          inputSchema: prompt,
          outputSchema: z.unknown(),
          execute: (_, { abortSignal }) =>
            new Promise((_resolve, reject) => {
              abortSignal?.addEventListener('abort', () => {
                reasons.push(abortSignal.reason)
                reject(abortSignal.reason)
              })
              gate.enter()
            }),
        })
        const waiting = flow('waiting')
          .then(createStep(wait, { id: 'wait' }))
          .commit()
        const run = await (await stage.engine(waiting)).createRun(waiting)
        const started = run.start(PROMPT)
        await stage.settle(gate.entered)
        await stage.settle(run.cancel())
        equal((await stage.settle(started)).status, 'canceled')
        await stage.quiet()
        deepEqual(reasons, ['canceled'])
      },
    },
  ]
}
