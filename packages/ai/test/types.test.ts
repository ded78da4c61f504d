import type { InputOf, OutputOf, ResumeDataOf, Step, SuspendDataOf } from '@wf/core'
import { createWorkflow } from '@wf/core'
import { Output, ToolLoopAgent, tool } from 'ai'
import { ToolLoopAgent as PreviousAgent, Output as PreviousOutput, tool as previousTool } from 'ai-previous'
import { expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { type AgentPause, type ApprovalAnswer, createStep, type ToolCallOptions } from '../src/index.js'

const model = 'none' as never
const city = z.object({ name: z.string(), people: z.number().default(0) })
type City = { name: string; people: number }

it('an agent takes a prompt and gives a text, or what it is asked for', () => {
  const agents = [new ToolLoopAgent({ id: 'a', model }), new PreviousAgent({ id: 'a', model })] as const
  const step = createStep(agents[0], { id: 'writer' })
  expectTypeOf(step.id).toEqualTypeOf<'writer'>()
  expectTypeOf<InputOf<typeof step>>().toEqualTypeOf<{ readonly prompt: string }>()
  expectTypeOf<OutputOf<typeof step>>().toEqualTypeOf<{ readonly text: string }>()
  expectTypeOf<ResumeDataOf<typeof step>>().toEqualTypeOf<ApprovalAnswer>()
  expectTypeOf<SuspendDataOf<typeof step>>().toEqualTypeOf<AgentPause>()
  const previous = createStep(agents[1])
  expectTypeOf(previous.id).toEqualTypeOf<string>()
  expectTypeOf<OutputOf<typeof previous>>().toEqualTypeOf<{ readonly text: string }>()

  const structured = createStep(agents[0], { structuredOutput: { schema: city } })
  expectTypeOf<OutputOf<typeof structured>>().toEqualTypeOf<City>()
  const structuredPrevious = createStep(agents[1], { structuredOutput: { schema: city } })
  expectTypeOf<OutputOf<typeof structuredPrevious>>().toEqualTypeOf<City>()
  const list = createStep(agents[0], { output: Output.array({ element: city }) })
  expectTypeOf<OutputOf<typeof list>>().toEqualTypeOf<City[]>()
  const listPrevious = createStep(agents[1], { output: PreviousOutput.array({ element: city }) })
  expectTypeOf<OutputOf<typeof listPrevious>>().toEqualTypeOf<City[]>()
  const choice = createStep(agents[0], { output: Output.choice({ options: ['a', 'b'] }) })
  expectTypeOf<OutputOf<typeof choice>>().toEqualTypeOf<{ readonly text: string }>()
})

it('an agent with an output of its own gives that', () => {
  const output = Output.object({ schema: city })
  const step = createStep(new ToolLoopAgent({ id: 'a', model, output }))
  expectTypeOf<OutputOf<typeof step>>().toEqualTypeOf<City>()
  const previous = new PreviousAgent({ id: 'a', model, output: PreviousOutput.object({ schema: city }) })
  const previousStep = createStep(previous)
  expectTypeOf<OutputOf<typeof previousStep>>().toEqualTypeOf<City>()
})

it('an agent is called with what its own options say', () => {
  const agent = new ToolLoopAgent<{ tenant: string }>({ id: 'a', model })
  createStep(agent, { call: { options: { tenant: 't' } } })
  createStep(agent, { call: ({ runId }) => ({ options: { tenant: runId } }) })
  // @ts-expect-error: the step gives the prompt
  createStep(agent, { call: { options: { tenant: 't' }, prompt: 'a' } })
  // @ts-expect-error: no tenant
  createStep(agent, { call: { options: {} } })
})

it('a tool takes and gives what its schemas say', () => {
  const measure = tool({
    inputSchema: z.object({ text: z.string() }),
    outputSchema: z.object({ length: z.number() }),
    execute: async ({ text }, { workflow }: ToolCallOptions) => {
      expectTypeOf(workflow?.runId).toEqualTypeOf<string | undefined>()
      return { length: text.length }
    },
  })
  const step = createStep(measure, { id: 'measure', resumeSchema: z.boolean(), suspendSchema: z.string() })
  expectTypeOf(step.id).toEqualTypeOf<'measure'>()
  expectTypeOf<InputOf<typeof step>>().toEqualTypeOf<{ text: string }>()
  expectTypeOf<OutputOf<typeof step>>().toEqualTypeOf<{ length: number }>()
  expectTypeOf<ResumeDataOf<typeof step>>().toEqualTypeOf<boolean>()
  expectTypeOf<SuspendDataOf<typeof step>>().toEqualTypeOf<string>()
  const generating = previousTool({
    inputSchema: z.object({ text: z.string() }),
    async *execute({ text }: { text: string }) {
      yield text.length
    },
  })
  const counting = createStep(generating, { id: 'count', outputSchema: z.number() })
  expectTypeOf<InputOf<typeof counting>>().toEqualTypeOf<{ text: string }>()
  expectTypeOf<OutputOf<typeof counting>>().toEqualTypeOf<number>()
  // @ts-expect-error: a step has an id
  const none = () => createStep(measure, {})
  expectTypeOf(none).toBeFunction()
})

it('what other steps are made of is taken as ever', () => {
  const step = createStep({
    id: 'plain',
    inputSchema: z.object({ text: z.string() }),
    outputSchema: z.number(),
    execute: async ({ inputData }) => {
      expectTypeOf(inputData).toEqualTypeOf<{ text: string }>()
      return inputData.text.length
    },
  })
  expectTypeOf(step).toExtend<Step>()
  expectTypeOf<OutputOf<typeof step>>().toEqualTypeOf<number>()
  const agent = createStep(new ToolLoopAgent({ id: 'a', model }))
  const talk = createWorkflow({ id: 'talk', inputSchema: z.object({ prompt: z.string() }), outputSchema: z.number() })
  talk.then(agent).then(step).commit()
  // @ts-expect-error: a number is no prompt
  const wrong = () => talk.then(agent).then(step).then(agent)
  expectTypeOf(wrong).toBeFunction()
})
