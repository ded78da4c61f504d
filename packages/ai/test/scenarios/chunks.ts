import { deepEqual, equal, ok } from 'node:assert/strict'
import type { OwnScenario, Stage } from '@wf/parity-tests'
import { createStep } from '../../src/index.js'
import { createAgent } from '../given/agents.js'
import { chunksOf, collected, elsewhere, flow, PROMPT, successOf } from '../given/flows.js'
import { oldModel, USAGE } from '../given/models.js'
import type { Sdk } from '../given/sdk.js'
import { toolThat } from '../given/tools.js'

class Odd {
  readonly own = 1
  constructor(readonly made: Date) {}
  method(): void {}
}

const types = (chunks: readonly Record<string, unknown>[]) => chunks.map(({ type }) => type)

const SPOKEN = [
  ...['start', 'start-step', 'text-start', 'text-delta', 'text-delta', 'text-end', 'finish-step', 'finish'],
]

async function streamed(stage: Stage, talk: Parameters<Stage['engine']>[0]) {
  const engine = await stage.engine(talk)
  const workflow = Array.isArray(talk) ? talk[0] : talk
  const run = await engine.createRun(workflow)
  const output = run.stream(PROMPT)
  const events = await stage.settle(collected(output))
  return { engine, run, events, usage: await stage.settle(output.usage), result: await stage.settle(output.result) }
}

export const chunkScenarios = (sdk: Sdk): readonly OwnScenario[] => [
  {
    id: 'agent.live-chunks',
    states: 'What an agent says is told chunk by chunk to whoever reads the run.',
    async play(stage) {
      const { agent } = createAgent(sdk, [{ text: 'good day' }])
      const { events, result } = await streamed(stage, flow('talk').then(createStep(agent)).commit())
      deepEqual(types(chunksOf(events)), SPOKEN)
      deepEqual(
        chunksOf(events).flatMap(({ text }) => text ?? []),
        ['good ', 'day'],
      )
      deepEqual(successOf(result), { text: 'good day' })
    },
  },
  {
    id: 'agent.durable-chunks',
    states: 'Where chunks are recorded, what an agent said reads the same in another process.',
    async play(stage) {
      const { agent } = createAgent(sdk, [{ text: 'good day' }])
      const talk = flow('talk', { chunks: 'durable' }).then(createStep(agent)).commit()
      const { engine, run, events } = await streamed(stage, talk)
      deepEqual(types(chunksOf(events)), SPOKEN)
      const there = await elsewhere(stage, engine, run)
      if (stage.keepsRuns) deepEqual(await stage.settle(collected(there.observe())), events)
    },
  },
  {
    id: 'agent.chunks-cross',
    states:
      'Chunks cross whatever is in them: errors, files, times, objects of classes; requests and headers are not told.',
    async play(stage) {
      const file = { type: 'file', mediaType: 'image/png', data: new Uint8Array([1, 2, 3]) }
      const given = sdk.name.endsWith('7') ? { ...file, data: { type: 'data', data: file.data } } : file
      const finishPart = { type: 'finish', finishReason: { unified: 'stop', raw: 'stop' }, usage: USAGE }
      const { agent } = createAgent(
        sdk,
        [
          { calls: { odd: { value: 1 }, 'odd#2': { value: 2 } } },
          { parts: [given, { type: 'text-start', id: 't' }, { type: 'text-end', id: 't' }, finishPart] },
        ],
        {
          tools: {
            odd: toolThat(sdk, (value) => {
              if (value === 2) throw Object.assign(new TypeError('two'), { odd: () => 1 })
              return new Odd(new Date(5))
            }),
          },
        },
      )
      const talk = flow('odd', { chunks: 'durable' }).then(createStep(agent)).commit()
      const { events, result } = await streamed(stage, talk)
      successOf(result)
      const chunks = chunksOf(events)
      const of = (type: string) => chunks.find((chunk) => chunk.type === type)
      deepEqual(of('tool-result')?.output, { own: 1, made: new Date(5) })
      const failed = of('tool-error')?.error as TypeError
      ok(failed instanceof TypeError)
      equal(failed.message, 'two')
      deepEqual((of('file') as { file?: { uint8Array?: unknown } })?.file?.uint8Array, new Uint8Array([1, 2, 3]))
      deepEqual(of('start-step')?.request, {})
      equal(Object.hasOwn(of('finish-step')?.response as object, 'headers'), false)
    },
  },
  {
    id: 'agent.usage',
    states: 'The tokens of all agents of a run are summed up, with those of each kind.',
    async play(stage) {
      const { agent } = createAgent(sdk, [{ text: 'a' }])
      const tool = { echo: toolThat(sdk, (value) => value) }
      const other = createAgent(sdk, [{ calls: { echo: { value: 1 } } }, { text: 'b' }], { id: 'other', tools: tool })
      const both = flow('both')
        .then(createStep(agent))
        .map(async () => PROMPT.inputData)
        .then(createStep(other.agent))
        .commit()
      const { usage, result } = await streamed(stage, both)
      successOf(result)
      deepEqual(usage, {
        inputTokens: 30,
        outputTokens: 12,
        totalTokens: 42,
        cachedInputTokens: 9,
        cacheCreationInputTokens: 6,
        reasoningTokens: 3,
      })
    },
  },
  {
    id: 'agent.old-model',
    states:
      'Models of the oldest specification that the SDK takes are counted like others, though warnings are told of them.',
    async play(stage) {
      const agent = new sdk.ai.ToolLoopAgent({ id: 'writer', model: oldModel('old') as never })
      const { usage, result } = await streamed(stage, flow('old').then(createStep(agent)).commit())
      deepEqual(successOf(result), { text: 'old' })
      deepEqual(usage, {
        inputTokens: 1,
        outputTokens: 2,
        totalTokens: 3,
        cachedInputTokens: 1,
        cacheCreationInputTokens: 0,
        reasoningTokens: 1,
      })
    },
  },
]
