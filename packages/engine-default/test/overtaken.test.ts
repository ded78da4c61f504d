import { createStep, createWorkflow, type Storage } from '@wf/core'
import { createVirtualClock } from '@wf/parity-tests'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

const anything = { inputSchema: z.unknown(), outputSchema: z.unknown() }
const LEASE_MS = 30_000
/** Where an entry lies, as facts name it. */
const refOf = (version: number, index: number) => version * 2 ** 20 + index

/** What somebody else writes, having read what is stored. */
type Late = (stored: readonly string[]) => object

async function writeLate(storage: Storage, runId: string, late: Late): Promise<void> {
  const journal = { namespace: 'default', kind: 'run', id: runId } as const
  const [slice] = await storage.load([{ journal }])
  if (!slice) throw new Error('nothing is stored of the run')
  const fact = JSON.stringify(late(slice.commits.flatMap(({ entries }) => entries.map((entry) => entry.fact))))
  const [answer] = await storage.commit([
    { journal, commitId: `late-${runId}`, base: slice.header.head, entries: [{ type: 'event', fact }] },
  ])
  expect(answer?.status).toBe('committed')
}

const setUp = () => {
  const clock = createVirtualClock()
  const storage = createMemoryStorage({ clock })
  const begun: string[] = []
  const passed = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve))
  const step = (id: string, ms: number, aborts = false) =>
    createStep({
      id,
      ...anything,
      async execute({ inputData, state, setState, writer, abort, abortSignal }) {
        begun.push(id)
        await writer.write(`${id} begins`)
        await passed(ms)
        await writer.write(`${id} ends`)
        await setState({ ...(state as object), [id]: inputData })
        if (aborts) abort()
        return abortSignal.aborted ? 'aborted' : id
      },
    })
  return { clock, storage, begun, step, passed }
}

describe('a run that is held back, and in which somebody else turns out to have written', () => {
  const play = async (late: Late, lateAtMs: number, aborts = false) => {
    const { clock, storage, begun, step } = setUp()
    const workflow = createWorkflow({ id: 'w', ...anything, stateSchema: z.any(), options: { chunks: 'durable' } })
      .parallel({
        long: step('long', 40_000),
        chain: (chain) => chain.then(step('one', 10)).then(step('two', 20_000, aborts)),
      })
      .then(step('last', 10))
      .commit()
    const engine = createDefaultEngine({ workflows: [workflow], storage, clock, durability: 'exit', leaseMs: LEASE_MS })
    // Its start is stored, and with it the claims of `long` and `one`.
    const run = await engine.createRun(workflow, { idempotencyKey: 'once' })
    const started = run.start({ inputData: 'in', outputOptions: { includeState: true } })
    await clock.advance(lateAtMs)
    await writeLate(storage, run.runId, late)
    for (let ms = 0; ms < 60_000; ms += 500) await clock.advance(500)
    const result = await started
    const chunks: unknown[] = []
    for await (const event of run.observe())
      if (event.type === 'workflow-step-output') chunks.push(event.payload.output)
    const history = (await engine.runs.history(run.runId)) ?? []
    await engine.close()
    return { result, begun, chunks, history }
  }

  /** As a process does that was slow, and had found a moment due. */
  const meansNothing: Late = () => ({ type: 'timer-fired', at: '0.1/wake' })

  it.each([
    ['while a body runs whose claim is held back', 100],
    ['when that has ended, and what it came to is held back', 25_000],
  ])('keeps what was done, %s', async (_when, lateAtMs) => {
    const { result, begun, chunks, history } = await play(meansNothing, lateAtMs)
    expect(result).toMatchObject({ status: 'success', result: 'last' })
    expect(begun.sort()).toEqual(['last', 'long', 'one', 'two'])
    const names = ['last', 'long', 'one', 'two'].flatMap((id) => [`${id} begins`, `${id} ends`])
    expect(chunks.sort()).toEqual(names)
    expect(result.state).toEqual({ long: 'in', one: 'in', two: 'one', last: { long: 'long', chain: 'two' } })
    expect(history.filter(({ hasEffect }) => !hasEffect).map(({ version, type }) => [version, type])).toEqual([
      [2, 'timer-fired'],
    ])
  })

  it('hears a body that ends the run, whose claim lies elsewhere now', async () => {
    const { result, history } = await play(meansNothing, 100, true)
    expect(result.status).toBe('canceled')
    expect(history.map(({ type }) => type).slice(-2)).toEqual(['cancel-requested', 'run-ended'])
  })

  it('drops what cannot follow what they have written', async () => {
    const { result, begun, history } = await play(() => ({ type: 'cancel-requested' }), 100)
    expect(result.status).toBe('canceled')
    expect(begun).toEqual(['long', 'one', 'two'])
    expect(history.map(({ type }) => type).slice(-2)).toEqual(['cancel-requested', 'run-ended'])
  })

  it('does again what follows what others have taken over, and nothing else', async () => {
    const takesOverOne: Late = (stored) => {
      const at = stored.findIndex((fact) => /"step-claimed","at":"0.1.0"/.test(fact))
      return { type: 'step-claimed', at: '0.1.0', session: 'somebody', over: refOf(1, at) }
    }
    const { result, begun, chunks, history } = await play(takesOverOne, 100)
    expect(result).toMatchObject({ status: 'success', result: 'last' })
    expect(begun).toEqual(['long', 'one', 'two', 'one', 'two', 'last'])
    expect(chunks.filter((chunk) => String(chunk).startsWith('long'))).toEqual(['long begins', 'long ends'])
    expect(history.filter(({ hasEffect }) => !hasEffect)).toEqual([])
  })
})

describe('what is held back', () => {
  it('leaves others nothing to go on with: beside a moment that comes each claim is stored', async () => {
    const { clock, storage, passed } = setUp()
    const seen: Record<string, boolean> = {}
    const looks = (id: string) =>
      createStep({
        id,
        ...anything,
        async execute({ runId }) {
          const history = (await other.runs.history(runId)) ?? []
          seen[id] = history.some(({ type, step }) => type === 'step-claimed' && step.at(-1) === id)
          await passed(10)
        },
      })
    const workflow = createWorkflow({ id: 'w', ...anything })
      .then(looks('before'))
      .parallel({
        sleeps: (chain) => chain.sleep(25),
        works: (chain) => chain.then(looks('beside 1')).then(looks('beside 2')).then(looks('beside 3')),
      })
      .then(looks('behind'))
      .commit()
    const engine = createDefaultEngine({ workflows: [workflow], storage, clock, durability: 'exit' })
    const other = createDefaultEngine({ workflows: [workflow], storage, clock })
    const run = await engine.createRun(workflow)
    const started = run.start({})
    for (let ms = 0; ms < 100; ms += 5) await clock.advance(5)
    expect((await started).status).toBe('success')
    // The sleep ends while the third runs.
    expect(seen).toEqual({ before: false, 'beside 1': true, 'beside 2': true, 'beside 3': true, behind: false })
    await Promise.all([engine.close(), other.close()])
  })
})
