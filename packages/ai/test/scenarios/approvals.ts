import { deepEqual, equal, ok } from 'node:assert/strict'
import type { Run, WorkflowResult } from '@wf/core'
import type { OwnScenario, Stage } from '@wf/parity-tests'
import { type AgentPause, createStep } from '../../src/index.js'
import { createAgent } from '../given/agents.js'
import { elsewhere, finish, flow, successOf } from '../given/flows.js'
import { createGate } from '../given/gate.js'
import { promptOf, type Script, type Turn } from '../given/models.js'
import type { MockModel, Sdk } from '../given/sdk.js'
import { echoTool, guardedTool, toolThat } from '../given/tools.js'

/** What the agent waits for. */
function pauseOf(result: WorkflowResult, id = 'writer'): AgentPause {
  equal(result.status, 'suspended', result.status === 'failed' ? String(result.error) : undefined)
  const payloads = (result.status === 'suspended' ? result.suspendPayload : {}) as Record<string, AgentPause>
  ok(payloads[id])
  return payloads[id]
}

const waiting = (result: WorkflowResult) => pauseOf(result).approvals.map(({ toolCallId }) => toolCallId)

const resume = (stage: Stage, run: Run, resumeData: unknown) => stage.settle(run.resume({ resumeData }))

/** What the tools came to, as the model was told when it was asked last. */
const toldLast = (model: MockModel): readonly unknown[] =>
  promptOf(model)
    .filter(({ role }) => role === 'tool')
    .flatMap(({ content }) => content)
    .filter(({ type }) => type === 'tool-result')
    .map(({ output }) => (output?.type === 'execution-denied' ? output.type : output?.value))

export const approvalScenarios = (sdk: Sdk): readonly OwnScenario[] => {
  const setUp = (turns: readonly Turn[]) => {
    const { tool, calls } = guardedTool(sdk)
    const { agent, model } = createAgent(sdk, turns, { tools: { pay: tool, echo: echoTool(sdk) } })
    return { calls, model, paying: flow('paying').then(createStep(agent)).commit() }
  }
  return [
    {
      id: 'approval.granted',
      states:
        'An agent whose tool needs approval suspends its step with the request, and goes on in any process when it is approved.',
      async play(stage) {
        const { calls, model, paying } = setUp([{ calls: { pay: { value: 5 }, echo: { value: 1 } } }, { text: 'paid' }])
        const { engine, run, result } = await finish(stage, paying)
        const { approvals, messages } = pauseOf(result)
        const [request] = approvals
        equal(typeof request?.approvalId, 'string')
        deepEqual(approvals, [
          { approvalId: request?.approvalId, toolCallId: 'call-pay', toolName: 'pay', input: { value: 5 } },
        ])
        equal(messages.length, 3)
        deepEqual([calls, model.doStreamCalls.length], [[], 1])
        const there = await elsewhere(stage, engine, run)
        deepEqual(successOf(await resume(stage, there, { approved: true })), { text: 'paid' })
        deepEqual([calls, model.doStreamCalls.length], [[5], 2])
        deepEqual(toldLast(model), [1, 10])
      },
    },
    {
      id: 'approval.denied',
      states: 'A call that is denied is not made, and the model is told so.',
      async play(stage) {
        const { calls, model, paying } = setUp([{ calls: { pay: { value: 5 } } }, { text: 'so be it' }])
        const { engine, run } = await finish(stage, paying)
        const there = await elsewhere(stage, engine, run)
        const result = await resume(stage, there, { approved: false, reason: 'too much' })
        deepEqual(successOf(result), { text: 'so be it' })
        deepEqual([calls, model.doStreamCalls.length], [[], 2])
        deepEqual(toldLast(model), ['execution-denied'])
        ok(JSON.stringify(model.doStreamCalls[1]?.prompt).includes('too much'))
      },
    },
    {
      id: 'approval.each',
      states: 'Calls are decided one by one; the step waits on, without asking the model, until all of them are.',
      async play(stage) {
        const { calls, model, paying } = setUp([
          { calls: { 'pay#1': { value: 1 }, 'pay#2': { value: 2 }, 'pay#3': { value: 3 } } },
          { text: 'done' },
        ])
        const { engine, run, result } = await finish(stage, paying)
        deepEqual(waiting(result), ['call-pay#1', 'call-pay#2', 'call-pay#3'])
        const [first] = pauseOf(result).approvals
        const some = await resume(stage, run, {
          approvals: {
            [String(first?.approvalId)]: { approved: true },
            'call-pay#3': { approved: false },
            other: { approved: true },
          },
        })
        deepEqual(waiting(some), ['call-pay#2'])
        deepEqual([calls, model.doStreamCalls.length], [[], 1])
        const there = await elsewhere(stage, engine, run)
        const end = await resume(stage, there, { approvals: { 'call-pay#2': { approved: true } } })
        deepEqual(successOf(end), { text: 'done' })
        deepEqual([calls, model.doStreamCalls.length], [[1, 2], 2])
        deepEqual([...toldLast(model)].sort(), [2, 4, 'execution-denied'])
      },
    },
    {
      id: 'approval.again',
      states: 'An agent may ask for approval more than once; what was approved before is not done again.',
      async play(stage) {
        const turns = [{ calls: { pay: { value: 1 } } }, { calls: { 'pay#2': { value: 2 } } }, { text: 'both' }]
        const { calls, model, paying } = setUp(turns)
        const { engine, run } = await finish(stage, paying)
        const second = await resume(stage, run, { approved: true })
        deepEqual([waiting(second), calls, model.doStreamCalls.length], [['call-pay#2'], [1], 2])
        const there = await elsewhere(stage, engine, run)
        deepEqual(successOf(await resume(stage, there, { approved: true })), { text: 'both' })
        deepEqual([calls, model.doStreamCalls.length, toldLast(model)], [[1, 2], 3, [2, 4]])
      },
    },
    {
      id: 'approval.refused-data',
      states: 'A resume that says nothing of approval is refused, and the step waits on.',
      async play(stage) {
        const { calls, paying } = setUp([{ calls: { pay: { value: 5 } } }, { text: 'paid' }])
        const { run } = await finish(stage, paying)
        for (const data of [
          undefined,
          {},
          { approved: 'yes' },
          { approvals: { 'call-pay': true } },
          { approved: true, reason: 5 },
        ]) {
          const refused = await stage.settle(run.resume({ resumeData: data }).catch((error: unknown) => error))
          equal((refused as { code?: unknown }).code, 'WF_INVALID_RESUME_DATA')
        }
        deepEqual(calls, [])
        deepEqual(successOf(await resume(stage, run, { approved: true })), { text: 'paid' })
      },
    },
    {
      id: 'approval.beside',
      states: 'Agents that wait beside each other, in members and nested workflows, are answered one by one.',
      async play(stage) {
        const [one, other] = ['one', 'other'].map((id) => {
          const { tool, calls } = guardedTool(sdk)
          const turns = [{ calls: { pay: { value: 4 } } }, { text: id }]
          return { calls, ...createAgent(sdk, turns, { id, tools: { pay: tool } }) }
        })
        ok(one && other)
        const inner = flow('inner')
          .then(createStep(other.agent, { id: 'other' }))
          .commit()
        const both = flow('both')
          .parallel([createStep(one.agent, { id: 'one' }), inner])
          .commit()
        const { engine, run, result } = await finish(stage, both)
        deepEqual(result.status === 'suspended' && result.suspended, [['one'], ['inner', 'other']])
        const there = await elsewhere(stage, engine, run)
        const yes = { resumeData: { approved: true } }
        await stage.settle(there.resume({ step: ['inner', 'other'], ...yes }))
        deepEqual([one.calls, other.calls], [[], [4]])
        const end = await stage.settle(there.resume({ step: 'one', ...yes }))
        deepEqual(successOf(end), { one: { text: 'one' }, inner: { text: 'other' } })
        deepEqual([one.calls, other.calls], [[4], [4]])
      },
    },
    {
      id: 'approval.retried',
      states: 'Where the model fails after an approval, the step is tried again from there, and not from the prompt.',
      async play(stage) {
        const { tool, calls } = guardedTool(sdk)
        const script: Script = (_, turn) => {
          if (turn === 2) throw new Error('out of order')
          return turn === 1 ? { calls: { pay: { value: 5 } } } : { text: 'paid' }
        }
        const { agent, model } = createAgent(sdk, script, { tools: { pay: tool } })
        const paying = flow('paying')
          .then(createStep(agent, { retries: 1 }))
          .commit()
        const { run } = await finish(stage, paying)
        deepEqual(successOf(await resume(stage, run, { approved: true })), { text: 'paid' })
        deepEqual([model.doStreamCalls.length, toldLast(model)], [3, [10]])
        // An attempt is made as a whole.
        deepEqual(calls, [5, 5])
      },
    },
    {
      id: 'approval.crash',
      states: 'A process that dies while it goes on after an approval is followed by one that goes on from there, too.',
      async play(stage) {
        const { tool, calls } = guardedTool(sdk)
        const gate = createGate()
        const script: Script = async (_, turn) => {
          if (turn === 2) {
            gate.enter()
            await new Promise(() => undefined)
          }
          return turn === 1 ? { calls: { pay: { value: 5 } } } : { text: 'paid' }
        }
        const { agent, model } = createAgent(sdk, script, { tools: { pay: tool } })
        const paying = flow('paying').then(createStep(agent)).commit()
        const { engine, run } = await finish(stage, paying)
        if (!stage.keepsRuns) return
        run.resume({ resumeData: { approved: true } }).catch(() => undefined)
        await stage.settle(gate.entered)
        stage.cutOff(engine)
        const other = await stage.engine(paying)
        const there = await stage.settle(other.run(paying, run.runId))
        ok(there)
        await stage.clock.advance(300_000)
        deepEqual(successOf(await stage.settle(there.restart())), { text: 'paid' })
        deepEqual([model.doStreamCalls.length, toldLast(model), calls], [3, [10], [5, 5]])
      },
    },
    {
      id: 'approval.input-dependent',
      states: 'A tool says by its input whether it needs approval.',
      async play(stage) {
        const { tool, calls } = guardedTool(sdk)
        const needsApproval = async ({ value }: { value: number }) => value > 10
        const { agent } = createAgent(sdk, [{ calls: { pay: { value: 5 } } }, { text: 'paid' }], {
          tools: { pay: { ...tool, needsApproval } as typeof tool },
        })
        const { result } = await finish(stage, flow('paying').then(createStep(agent)).commit())
        deepEqual(successOf(result), { text: 'paid' })
        deepEqual(calls, [5])
      },
    },
  ]
}

/** Only later majors know approvals that are decided by the agent. */
export const automaticApprovalScenarios = (sdk: Sdk): readonly OwnScenario[] => [
  {
    id: 'approval.automatic',
    states: 'What the agent approves or denies by itself suspends nothing; what it asks for does, with its reason.',
    async play(stage) {
      const calls: number[] = []
      const tool = toolThat(sdk, (value) => calls.push(value))
      const toolApproval = {
        yes: 'approved',
        no: 'denied',
        ask: ({ value }: { value: number }) => (value > 2 ? { type: 'user-approval', reason: 'much' } : undefined),
      }
      const turns = [
        { calls: { yes: { value: 1 }, no: { value: 1 }, ask: { value: 2 } } },
        { calls: { 'ask#2': { value: 3 } } },
        { text: 'done' },
      ]
      const { agent, model } = createAgent(sdk, turns, { tools: { yes: tool, no: tool, ask: tool }, toolApproval })
      const { run, result } = await finish(stage, flow('asking').then(createStep(agent)).commit())
      const { approvals } = pauseOf(result)
      deepEqual(
        approvals.map(({ toolCallId, reason }) => [toolCallId, reason]),
        [['call-ask#2', 'much']],
      )
      deepEqual([...calls], [1, 2])
      deepEqual(successOf(await resume(stage, run, { approved: true })), { text: 'done' })
      deepEqual([calls, model.doStreamCalls.length], [[1, 2, 3], 3])
    },
  },
]
