import { createCodec, createStep, createWorkflow, type Slice, type Storage } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

const number = z.number()
const plus = (id: string) =>
  createStep({ id, inputSchema: number, outputSchema: number, execute: async ({ inputData }) => inputData + 1 })

/** Five steps for each item. */
const item = createWorkflow({ id: 'item', inputSchema: number, outputSchema: number })
  .then(plus('a'))
  .then(plus('b'))
  .then(plus('c'))
  .then(plus('d'))
  .then(plus('e'))
  .commit()
const ask = createStep({
  id: 'ask',
  inputSchema: z.array(number),
  outputSchema: z.string(),
  stateSchema: z.object({ asked: z.boolean() }),
  execute: async ({ resumeData, suspend, setState }) => {
    await setState({ asked: true })
    return resumeData === undefined ? suspend({ question: 'enough?' }) : 'enough'
  },
})
const large = createWorkflow({ id: 'large', inputSchema: z.array(number), outputSchema: z.string() })
  .foreach(item, { concurrency: 100 })
  .then(ask)
  .commit()

const ITEMS = 2_000
const STEPS = 5 * ITEMS

interface Seen {
  loads: number
  commits: number
  values: number
  decoded: number
}

const seen: Seen = { loads: 0, commits: 0, values: 0, decoded: 0 }

function note({ commits, picked }: Slice): void {
  const entries = commits.flatMap((commit) => commit.entries)
  seen.commits += commits.length
  seen.values += entries.filter(({ value }) => value !== undefined).length + picked.length
}

/** Counts what is read. */
function watched(storage: Storage): Storage {
  return {
    ...storage,
    async load(reads) {
      const slices = await storage.load(reads)
      seen.loads += 1
      for (const slice of slices) if (slice) note(slice)
      return slices
    },
  }
}

function watchedCodec() {
  const codec = createCodec()
  return {
    ...codec,
    decode(...given: Parameters<typeof codec.decode>) {
      seen.decoded += 1
      return codec.decode(...given)
    },
  }
}

async function reading<Answer>(question: Promise<Answer>): Promise<{ readonly answer: Answer; readonly cost: Seen }> {
  Object.assign(seen, { loads: 0, commits: 0, values: 0, decoded: 0 })
  const answer = await question
  return { answer, cost: { ...seen } }
}

describe('queries on a run of ten thousand steps', () => {
  const storage = watched(createMemoryStorage())
  const cold = () => createDefaultEngine({ workflows: [large], storage, codec: watchedCodec() }).runs

  beforeAll(async () => {
    const engine = createDefaultEngine({ workflows: [large], storage })
    const run = await engine.createRun(large, { runId: 'large' })
    const inputData = Array.from({ length: ITEMS }, (_, index) => index)
    expect((await run.start({ inputData })).status).toBe('suspended')
    await engine.close()
  })

  it('read no more than its header and its first commit for its row', async () => {
    const { answer, cost } = await reading(cold().get('large', { fields: ['status', 'updatedAt'] }))
    expect(answer).toMatchObject({ runId: 'large', status: 'suspended' })
    expect([cost.loads, cost.commits]).toEqual([1, 1])
    expect([cost.values, cost.decoded]).toEqual([0, 0])
  })

  it('read no values for paths', async () => {
    const fields = ['suspended', 'suspendedPaths', 'activeStepsPath', 'stepExecutionPath', 'resumeLabels'] as const
    const { answer, cost } = await reading(cold().get('large', { fields }))
    expect(answer).toMatchObject({ suspended: [['ask']], suspendedPaths: { ask: [1] } })
    expect([cost.values, cost.decoded]).toEqual([0, 0])
  })

  it('read the values that were asked for', async () => {
    const { answer, cost } = await reading(cold().get('large', { fields: ['state'] }))
    expect(answer?.state).toEqual({ asked: true })
    expect([cost.values, cost.decoded]).toEqual([1, 1])
  })

  it('read no values, and no journal, for a list', async () => {
    const { answer, cost } = await reading(cold().list({ active: true, perPage: false }))
    expect(answer).toEqual({ runs: [], total: 0 })
    expect((await cold().list({ status: 'suspended' })).runs).toHaveLength(1)
    expect(cost).toEqual({ loads: 0, commits: 0, values: 0, decoded: 0 })
  })

  it('read no values to say why it waits', async () => {
    const { answer, cost } = await reading(cold().why('large'))
    expect(answer.waitsFor).toEqual([{ kind: 'resume', step: ['ask'] }])
    expect([cost.values, cost.decoded]).toEqual([0, 0])
  })

  it('read all of its steps when they are asked for', async () => {
    const { answer, cost } = await reading(cold().get('large', { fields: ['steps'] }))
    expect(Object.keys(answer?.steps ?? {})).toHaveLength(STEPS + 3)
    expect(answer?.steps['item[1999].e']?.output).toBe(2004)
    expect(cost.values).toBeGreaterThanOrEqual(STEPS)
    const { cost: less } = await reading(cold().get('large', { fields: ['steps'], withNestedWorkflows: false }))
    expect(less.values).toBeLessThan(cost.values / 2)
  })

  it('leave nothing of it in memory', async () => {
    const engine = createDefaultEngine({ workflows: [large], storage })
    await engine.runs.get('large', { withNestedWorkflows: false })
    const { cost } = await reading(engine.runs.get('large', { fields: ['payload'] }))
    expect(cost.values).toBe(1)
  })
})

it('tell of a run that is written down at its rests only what the process knows, and to others what is stored', async () => {
  const gate = Promise.withResolvers<number>()
  const begun = Promise.withResolvers<void>()
  const wait = createStep({
    id: 'wait',
    inputSchema: number,
    outputSchema: number,
    execute: async ({ resumeData, suspend }) => (resumeData === undefined ? suspend() : 1),
  })
  const hold = createStep({
    id: 'hold',
    inputSchema: number,
    outputSchema: number,
    execute: () => {
      begun.resolve()
      return gate.promise
    },
  })
  const inner = createWorkflow({ id: 'inner', inputSchema: number, outputSchema: number }).then(hold).commit()
  const flow = createWorkflow({ id: 'flow', inputSchema: number, outputSchema: number }).then(wait).then(inner).commit()
  const storage = createMemoryStorage()
  const engine = createDefaultEngine({ workflows: [flow], storage, durability: 'exit' })
  const run = await engine.createRun(flow, { runId: 'ahead' })
  await run.start({ inputData: 1 })
  const resumed = run.resume({ resumeData: 1 })
  await begun.promise
  for (const fields of [[], ['steps'], ['state']] as const) {
    expect((await engine.runs.get('ahead', { fields }))?.status).toBe('running')
  }
  const elsewhere = createDefaultEngine({ workflows: [flow], storage }).runs
  const told = await elsewhere.get('ahead')
  expect([told?.status, Object.keys(told?.steps ?? {})]).toEqual(['running', ['input', 'wait']])
  gate.resolve(2)
  await resumed
  expect((await elsewhere.get('ahead', { fields: ['result'] }))?.result).toBe(2)
})

describe('lists', () => {
  it('have pages by number over many reads of the storage', async () => {
    const quick = createWorkflow({ id: 'quick', inputSchema: number, outputSchema: number }).then(plus('a')).commit()
    const engine = createDefaultEngine({ workflows: [quick], storage: createMemoryStorage() })
    const started = Array.from({ length: 1_205 }, async (_, index) => {
      const run = await engine.createRun(quick, { runId: `run ${index}` })
      return run.start({ inputData: index })
    })
    await Promise.all(started)
    const all = await engine.runs.list({ perPage: false })
    expect([all.runs.length, all.total, all.next]).toEqual([1_205, 1_205, undefined])
    expect(new Set(all.runs.map(({ runId }) => runId)).size).toBe(1_205)
    const late = await engine.runs.list({ page: 11, perPage: 100 })
    expect(late.runs).toEqual(all.runs.slice(1_100, 1_200))
    const last = await engine.runs.list({ page: 12, perPage: 100 })
    expect(last.runs).toEqual(all.runs.slice(1_200))
    expect(last.next).toBeUndefined()
  })
})
