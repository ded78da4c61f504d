import { createStep as createPlainStep, isStep, isWorkflowError } from '@wf/core'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createAgentStep, createStep, createToolStep } from '../src/index.js'
import { createAgent } from './given/agents.js'
import { currentSdk } from './given/sdk.js'
import { echoTool } from './given/tools.js'

const { tool } = currentSdk.ai
const refusalOf = (make: () => unknown): unknown => {
  try {
    return make()
  } catch (error) {
    return isWorkflowError(error) ? [error.code, error.field, error.message] : error
  }
}

it('makes steps of agents, of tools, and of what other steps are made of', () => {
  const { agent } = createAgent(currentSdk, [])
  const execute = async () => 1
  const plain = { id: 'plain', inputSchema: z.unknown(), outputSchema: z.number(), execute }
  const steps = [
    createStep(agent, { id: 'own', description: 'talks', retries: 2, timeoutMs: 5, metadata: { a: 1 } }),
    createStep(echoTool(currentSdk), { id: 'echo', outputSchema: z.number() }),
    createStep(plain),
  ]
  expect(steps.every(isStep)).toBe(true)
  expect(steps[0]).toMatchObject({ id: 'own', description: 'talks', retries: 2, timeoutMs: 5, metadata: { a: 1 } })
  expect(steps[1]).toMatchObject({ id: 'echo', description: 'takes a number' })
  expect(steps[2]).toEqual(createPlainStep(plain))
})

it('takes the schemas of a tool, and those that are given besides', () => {
  const [inputSchema, outputSchema, resumeSchema] = [z.object({}), z.number(), z.boolean()]
  const one = tool({ inputSchema, outputSchema, execute: async () => 1 })
  const step = createToolStep(one, { id: 'one', resumeSchema })
  expect(step.inputSchema).toBe(inputSchema)
  expect(step.outputSchema).toBe(outputSchema)
  expect(step.resumeSchema).toBe(resumeSchema)
  const asking = Object.assign(one, { suspendSchema: outputSchema })
  expect(createToolStep(asking, { id: 'one' }).suspendSchema).toBe(outputSchema)
})

it('the id of an agent step is the first that there is', () => {
  const stream = () => Promise.reject(new Error('never'))
  expect(createAgentStep({ id: 'a', name: 'b', stream } as never, { id: 'c' }).id).toBe('c')
  expect(createAgentStep({ id: 'a', name: 'b', stream } as never).id).toBe('a')
  expect(createAgentStep({ name: 'b', stream } as never).id).toBe('b')
  const refused = refusalOf(() => createAgentStep({ id: undefined, stream } as never))
  expect(refused).toEqual(['WF_INVALID_GRAPH', 'id', expect.stringContaining('the agent has no id')])
})

it('refuses what no step can be made of', () => {
  const { execute, ...without } = echoTool(currentSdk)
  const text = 'Tool must have input and output schemas defined'
  expect(refusalOf(() => createStep({ execute, inputSchema: z.number() }, { id: 'one' }))).toEqual([
    ...['WF_INVALID_OPTION', 'outputSchema', expect.stringContaining(`${text}: tool "one" has no \`outputSchema\``)],
  ])
  expect(refusalOf(() => createStep({ execute, outputSchema: z.number() } as never, { id: 'one' } as never))).toEqual([
    ...['WF_INVALID_OPTION', 'inputSchema', expect.stringContaining(text)],
  ])
  expect(refusalOf(() => createStep(without, { id: 'one', outputSchema: z.number() } as never))).toEqual([
    ...['WF_INVALID_OPTION', 'execute', expect.stringContaining('does not have an execute function')],
  ])
  for (const other of [undefined, null, 5, 'step', [], () => 1, without]) {
    expect(refusalOf(() => createStep(other as never))).toEqual([
      ...['WF_INVALID_OPTION', other === without ? 'id' : undefined, expect.stringContaining('expected an agent')],
    ])
  }
  const unnamed = refusalOf(() => createStep(echoTool(currentSdk), { id: '', outputSchema: z.number() }))
  expect(unnamed).toEqual(['WF_INVALID_GRAPH', 'id', expect.stringContaining('must be a text that is not empty')])
})
