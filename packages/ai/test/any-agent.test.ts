import { createWorkflow, TripWire, type WorkflowError } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { expect, it, vi } from 'vitest'
import { z } from 'zod'
import { type AgentLike, type AgentStepOptions, createStep } from '../src/index.js'

// As if the AI SDK were not installed.
vi.mock('ai', () => {
  throw new Error('there is no such package')
})

/** An agent of somebody else, which brings these chunks and comes to this. */
function otherAgent(chunks: readonly object[], output: unknown, more: object = {}) {
  const asked: object[] = []
  const stream = async (options: object) => {
    asked.push(options)
    const response = Promise.resolve({ messages: [{ role: 'assistant', content: 'all' }] })
    return { fullStream: ReadableStream.from(chunks), output: Promise.resolve(output), response, ...more }
  }
  return { agent: { id: 'other', stream } satisfies AgentLike, asked }
}

async function play(agent: AgentLike, options: AgentStepOptions<AgentLike, string, never, never> = {}) {
  const prompt = z.object({ prompt: z.string() })
  const talk = createWorkflow({ id: 'talk', inputSchema: prompt, outputSchema: z.unknown() })
    .then(createStep(agent, { retries: 1, ...options }))
    .commit()
  const engine = createDefaultEngine({ workflows: [talk] })
  const run = await engine.createRun(talk)
  return { run, result: await run.start({ inputData: { prompt: 'hello' } }), close: () => engine.close() }
}

it('whatever streams as agents do is a step, without the SDK', async () => {
  const { agent, asked } = otherAgent([{ type: 'text-delta', text: 'hi' }], 'hi')
  const { result, close } = await play(agent)
  expect(result).toMatchObject({ status: 'success', result: { text: 'hi' } })
  expect(asked).toEqual([expect.objectContaining({ prompt: 'hello', abortSignal: expect.any(AbortSignal) })])
  await close()
})

it('its tools end the run by a TripWire, though it takes no transforms', async () => {
  const chunks = [
    { type: 'tool-error', error: new TripWire('enough') },
    { type: 'text-delta', text: 'never' },
  ]
  const { agent, asked } = otherAgent(chunks, 'never')
  const { result, close } = await play(agent)
  expect(result).toMatchObject({ status: 'tripwire', tripwire: { reason: 'enough' } })
  expect(asked).toHaveLength(1)
  await close()
})

it('its tools are approved', async () => {
  const toolCall = { toolCallId: 'c', toolName: 'pay', input: {} }
  const { agent, asked } = otherAgent([{ type: 'tool-approval-request', approvalId: 'a', toolCall }], '')
  const { run, result, close } = await play(agent)
  expect(result).toMatchObject({
    status: 'suspended',
    suspendPayload: { other: { approvals: [{ approvalId: 'a', ...toolCall }] } },
  })
  await run.resume({ resumeData: { approved: false } })
  expect(asked[1]).toMatchObject({
    messages: [
      { role: 'user', content: 'hello' },
      { role: 'assistant', content: 'all' },
      { role: 'tool', content: [{ type: 'tool-approval-response', approvalId: 'a', approved: false }] },
    ],
  })
  await close()
})

it('transforms of the step stand behind our own', async () => {
  const { agent, asked } = otherAgent([], 'hi')
  const mine = () => new TransformStream()
  for (const experimental_transform of [mine, [mine]]) {
    const { close } = await play(agent, { call: { experimental_transform } })
    await close()
  }
  const own = expect.any(Function)
  expect(asked).toEqual([1, 2].map(() => expect.objectContaining({ experimental_transform: [own, mine] })))
})

it('a step that needs the SDK says so, and is not tried again', async () => {
  const { agent, asked } = otherAgent([], {})
  const { result, close } = await play(agent, { structuredOutput: { schema: z.object({}) } } as object)
  const error = (result.status === 'failed' ? result.error : undefined) as WorkflowError
  expect([error.code, error.stepId]).toEqual(['WF_UNSUPPORTED', 'other'])
  expect(error.message).toContain('the package "ai" has to be installed')
  expect(result.steps).toMatchObject({ other: { nonRetryable: true } })
  expect(asked).toHaveLength(0)
  await close()
})

it('an agent that comes to nothing has not given what it was asked for', async () => {
  const { agent, asked } = otherAgent([], undefined)
  const { result, close } = await play(agent)
  expect(result).toMatchObject({ status: 'failed', error: { code: 'WF_STRUCTURED_OUTPUT_UNDEFINED' } })
  expect(asked).toHaveLength(2)
  await close()
})
