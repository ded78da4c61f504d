import { expect, it } from 'vitest'
import type { WorkflowStreamEvent } from './stream-event.js'
import { isChunkOfUsage, UsageTally } from './usage-tally.js'

const event = (type: string, payload: object): WorkflowStreamEvent =>
  ({ type, runId: 'r', from: 'WORKFLOW', payload: { stepCallId: 'c', ...payload } }) as unknown as WorkflowStreamEvent

const sums = (...events: readonly WorkflowStreamEvent[]) => {
  const tally = new UsageTally()
  for (const one of events) tally.hear(one)
  const { inputTokens, outputTokens, totalTokens } = tally.usage
  return [inputTokens, outputTokens, totalTokens]
}

const finish = (more: object) => event('workflow-step-output', { output: { type: 'finish', ...more } })

it('tokens are found in what ends a model, whoever has made it', () => {
  expect(sums(finish({ totalUsage: { inputTokens: 1, outputTokens: 2, totalTokens: 4 } }))).toEqual([1, 2, 4])
  expect(sums(finish({ usage: { promptTokens: 1, completionTokens: 2 } }))).toEqual([1, 2, 3])
  expect(sums(finish({ payload: { usage: { inputTokens: 1 } } }))).toEqual([1, 0, 1])
  expect(sums(finish({ payload: { output: { usage: { outputTokens: 2 } } } }))).toEqual([0, 2, 2])
})

it('what is no number is nothing', () => {
  const usage = { inputTokens: Number.NaN, outputTokens: '7', totalTokens: null }
  expect(sums(finish({ usage }), finish({}), event('workflow-step-result', { id: 'a', output: null }))).toEqual([
    0, 0, 0,
  ])
})

it('outputs of items count each, and what was said in chunks does not count again', () => {
  const usage = { inputTokens: 1, outputTokens: 1 }
  const item = event('workflow-step-progress', { id: 'each', iterationOutput: { usage } })
  expect(sums(item, item)).toEqual([2, 2, 4])
  const result = event('workflow-step-result', { id: 'a', output: { usage } })
  expect(sums(finish({ usage }), result)).toEqual([1, 1, 2])
  expect(sums(finish({ usage }), result, result)).toEqual([2, 2, 4])
})

it('what is part of a sum is found in its details as well', () => {
  const tally = new UsageTally()
  const details = {
    inputTokenDetails: { noCacheTokens: 1, cacheReadTokens: 2, cacheWriteTokens: 3 },
    outputTokenDetails: { textTokens: 4, reasoningTokens: 5 },
  }
  tally.hear(finish({ totalUsage: { inputTokens: 6, outputTokens: 9, ...details } }))
  tally.hear(finish({ totalUsage: { cachedInputTokens: 10, reasoningTokens: 20, ...details } }))
  expect(tally.usage).toEqual({
    inputTokens: 6,
    outputTokens: 9,
    totalTokens: 15,
    cachedInputTokens: 12,
    cacheCreationInputTokens: 6,
    reasoningTokens: 25,
  })
})

it('the end of a run tells nothing of tokens that steps have not told', () => {
  const usage = { inputTokens: 5 }
  expect(
    sums(event('workflow-finish', { output: { usage } }), event('workflow-step-suspended', { output: { usage } })),
  ).toEqual([0, 0, 0])
  const said = { output: { type: 'finish', usage } }
  expect([
    isChunkOfUsage(event('workflow-step-output', said)),
    isChunkOfUsage(event('workflow-step-result', said)),
  ]).toEqual([true, false])
})
