import { deepEqual, equal } from 'node:assert/strict'
import { createWorkflow, TripWire, type WorkflowResult } from '@wf/core'
import type { OwnScenario, Stage } from '@wf/parity-tests'
import { z } from 'zod'
import { createStep, tripWireIn } from '../../src/index.js'
import { createAgent } from '../given/agents.js'
import { finish, flow, PROMPT } from '../given/flows.js'
import type { Sdk } from '../given/sdk.js'
import { echoTool, toolThat } from '../given/tools.js'

const wire = () => new TripWire('enough', { retry: false, metadata: { score: 1 } }, 'guard')
const TRIPPED = { reason: 'enough', retry: false, metadata: { score: 1 }, processorId: 'guard' }
const tripwireOf = (result: WorkflowResult): unknown => (result.status === 'tripwire' ? result.tripwire : result.status)

/** Runs of these agents end as tripwire, and their models are asked once. */
async function tripOnce(stage: Stage, agents: readonly ReturnType<typeof createAgent>[]): Promise<void> {
  for (const [index, { agent, model }] of agents.entries()) {
    const step = createStep(agent, { retries: 3 })
    const guarded = flow(`guarded ${index}`).then(step).commit()
    deepEqual(tripwireOf((await finish(stage, guarded)).result), TRIPPED)
    equal(model.doStreamCalls.length, 1)
  }
}

export const tripwireScenarios = (sdk: Sdk): readonly OwnScenario[] => {
  const trips = (error: () => unknown = wire) =>
    toolThat(sdk, () => {
      throw error()
    })
  /** An agent whose tool throws; it would say something if it were asked again. */
  const tripping = (id: string, error?: () => unknown) => {
    const tools = { trips: trips(error), echo: echoTool(sdk) }
    return createAgent(sdk, [{ calls: { trips: { value: 1 }, echo: { value: 2 } } }, { text: 'never' }], { id, tools })
  }
  return [
    {
      id: 'tripwire.tool-of-an-agent',
      states:
        'A TripWire that a tool throws ends the run as tripwire: the model is not told, not asked again, and nothing is retried.',
      async play(stage) {
        const errors = [wire, () => new Error('around', { cause: wire() })]
        await tripOnce(
          stage,
          errors.map((error) => tripping('writer', error)),
        )
      },
    },
    {
      id: 'tripwire.stream',
      states: 'A TripWire out of the model, its middleware or its stream ends the run as tripwire.',
      async play(stage) {
        const thrown = () => {
          throw wire()
        }
        const scripts = [thrown, [{ breaks: wire() }]]
        await tripOnce(
          stage,
          scripts.map((script) => createAgent(sdk, script)),
        )
        const { agent } = createAgent(sdk, [{ text: 'a' }])
        const before = createStep(agent, {
          call: () => {
            throw wire()
          },
        })
        deepEqual(tripwireOf((await finish(stage, flow('before').then(before).commit())).result), TRIPPED)
      },
    },
    {
      id: 'tripwire.agent-in-a-tool',
      states: 'A tool that asks another agent finds the TripWire of that one in what it came to.',
      async play(stage) {
        const { agent: asked } = tripping('asked')
        const ask = toolThat(sdk, async () => {
          const answer = await asked.generate({ prompt: 'go' })
          throw tripWireIn(answer) ?? new Error('none')
        })
        await tripOnce(stage, [
          createAgent(sdk, [{ calls: { ask: { value: 1 } } }, { text: 'never' }], { tools: { ask } }),
        ])
      },
    },
    {
      id: 'tripwire.tool-step',
      states: 'A TripWire that a tool throws that is a step ends the run as tripwire.',
      async play(stage) {
        const step = createStep(trips(), { id: 'trips', outputSchema: z.unknown(), retries: 3 })
        const guarded = flow('guarded')
          .map(async () => ({ value: 1 }))
          .then(step)
          .commit()
        deepEqual(tripwireOf((await finish(stage, guarded)).result), TRIPPED)
      },
    },
    {
      id: 'tripwire.places',
      states: 'A TripWire of an agent in a nested workflow, in a member or in an item ends the run as tripwire.',
      async play(stage) {
        const step = () => createStep(tripping('writer').agent)
        const calm = createStep(createAgent(sdk, [{ text: 'calm' }], { id: 'calm' }).agent)
        const prompt = z.object({ prompt: z.string() })
        const inner = createWorkflow({ id: 'inner', inputSchema: prompt, outputSchema: z.unknown() })
          .then(step())
          .commit()
        const flows = [
          flow('nested').then(inner).commit(),
          flow('members').parallel([calm, step()]).commit(),
          flow('items')
            .map(async () => [PROMPT.inputData, PROMPT.inputData])
            .foreach(step())
            .commit(),
        ]
        for (const each of flows) {
          const { result } = await finish(stage, each)
          deepEqual([each.id, tripwireOf(result)], [each.id, TRIPPED])
        }
      },
    },
  ]
}
