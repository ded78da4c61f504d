import { createStep, createWorkflow, type WorkflowStreamEvent } from '@wf/core'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createPlace, turns } from './given.js'

const ITEMS = 40
const EACH = 5

/** A foreach whose items each write some chunks, all at once. */
function talkingItems(chunks: 'live' | 'durable') {
  const each = createStep({
    id: 'each',
    inputSchema: z.number(),
    outputSchema: z.number(),
    async execute({ inputData, writer }) {
      for (let n = 0; n < EACH; n += 1) {
        await writer.write([inputData, n])
        await turns(1)
      }
      return inputData
    },
  })
  return createWorkflow({
    id: 'items',
    inputSchema: z.array(z.number()),
    outputSchema: z.unknown(),
    options: { chunks },
  })
    .foreach(each, { concurrency: ITEMS })
    .commit()
}

async function collected(events: AsyncIterable<WorkflowStreamEvent>): Promise<readonly WorkflowStreamEvent[]> {
  const all: WorkflowStreamEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

/** What was said of one item, in order. */
const saidOf = (events: readonly WorkflowStreamEvent[], item: number): readonly unknown[] =>
  events.flatMap((event) => {
    if (event.type === 'workflow-step-output' && event.payload.currentIndex === item) return [event.payload.output]
    return event.type === 'workflow-step-progress' && event.payload.currentIndex === item ? ['over'] : []
  })

const inputData = Array.from({ length: ITEMS }, (_, item) => item)
const wholeOf = (item: number): readonly unknown[] => [...Array.from({ length: EACH }, (_, n) => [item, n]), 'over']

it.each(['durable', 'live'] as const)(
  'chunks of items that many processes work on reach who watches elsewhere: %s',
  async (chunks) => {
    const place = createPlace()
    const flow = talkingItems(chunks)
    const web = place.process(flow, { work: false })
    for (let count = 0; count < 4; count += 1) place.process(flow, { concurrency: 10 })
    const run = await web.createRun(flow)
    const output = run.stream({ inputData })
    const events = await collected(output)
    expect((await output.result).status).toBe('success')
    const isWhole = chunks === 'durable' || !events.some(({ type }) => type === 'workflow-gap')
    for (const item of isWhole ? inputData : []) expect(saidOf(events, item)).toEqual(wholeOf(item))
    expect(place.said.lines).toEqual([])
    if (chunks === 'live') return
    expect(await collected(run.observe())).toEqual(events)
  },
)

it('a live chunk that is missed is told as a gap ahead of what its step comes to', async () => {
  const place = createPlace()
  const flow = talkingItems('live')
  const web = place.process(flow, { work: false })
  place.process(flow)
  const run = await web.createRun(flow)
  await run.start({ inputData: [0, 1] })
  const words = (await collected(run.observe())).map(({ type }) => type.replace(/^workflow-(step-)?/, ''))
  expect(words).toEqual(['start', 'start', 'gap', 'progress', 'gap', 'progress', 'result', 'finish'])
})
