import type { Committed, Schema, Storage } from '@wf/core'
import { describe, expect, it } from 'vitest'
import { fanOut } from './shared-foreach.js'

const crowd = { items: 120, concurrency: 12, workers: 12 }

const doubled = (items: number): readonly number[] => Array.from({ length: items }, (_, item) => item * 2)

/** A schema that makes something else of each item, differently each time, or refuses it. */
const parsing = (parse: (item: number) => number | undefined): Schema<number> => ({
  '~standard': {
    version: 1,
    vendor: 'wf-parity-tests',
    validate(value) {
      const parsed = parse(value as number)
      return parsed === undefined ? { issues: [{ message: 'is refused' }] } : { value: parsed }
    },
  },
})

/** Answers bring the facts that were missed and leave their values out. */
const withoutValues = (storage: Storage): Storage => ({
  ...storage,
  commit: async (commits) => (await storage.commit(commits)).map(bare),
})

function bare(answer: Committed): Committed {
  if (!('missed' in answer)) return answer
  const missed = answer.missed.map((commit) => ({
    ...commit,
    entries: commit.entries.map(({ type, fact }) => ({ type, fact })),
  }))
  return { ...answer, missed }
}

describe('items that many processes work on', () => {
  it('come to the same when answers leave the values out', async () => {
    const { result, bodies } = await fanOut({ ...crowd, wrap: withoutValues })
    expect(result).toMatchObject({ status: 'success', result: doubled(crowd.items) })
    expect(new Set(bodies)).toEqual(new Set([1]))
  })

  it('are each parsed and recorded before their body runs, also when a claim falls to another than it named', async () => {
    let parses = 0
    const next = () => {
      parses += 1
      return parses
    }
    const seen = new Map<number, Set<number>>()
    const { result, bodies, history } = await fanOut({
      ...crowd,
      retry: { attempts: 2 },
      inputSchema: parsing((item) => item + next() / 1e6) as never,
      async body({ item, before, pass }) {
        const whole = Math.floor(item)
        seen.set(whole, (seen.get(whole) ?? new Set()).add(item))
        await pass(5)
        return before
      },
    })
    expect(result.status).toBe('success')
    expect(bodies.length).toBe(crowd.items)
    expect(seen.size).toBe(crowd.items)
    expect([...seen.values()].every((inputs) => inputs.size === 1)).toBe(true)
    expect(history.some(({ type, hasEffect }) => type === 'input-parsed' && hasEffect)).toBe(true)
  })

  it('fail when their input is refused, whoever they fell to', async () => {
    let ran = false
    const { result } = await fanOut({
      ...crowd,
      inputSchema: parsing((item) => (item === 50 ? undefined : item)) as never,
      async body({ item, pass }) {
        if (item === 50) ran = true
        await pass(5)
      },
    })
    expect(ran).toBe(false)
    expect(result).toMatchObject({ status: 'failed', error: { code: 'WF_STEP_INPUT_INVALID' } })
  })

  it('are retried, each as often as it fails', async () => {
    const { result, bodies } = await fanOut({
      ...crowd,
      retry: { attempts: 2, delayMs: 7 },
      async body({ item, before, pass }) {
        await pass(5)
        if (before < item % 3) throw new Error('not yet')
        return item * 2
      },
    })
    expect(result).toMatchObject({ status: 'success', result: doubled(crowd.items) })
    expect(bodies).toEqual(bodies.map((_, item) => 1 + (item % 3)))
  })

  it('are given back by a process that closes, and taken by others', async () => {
    const { result, bodies } = await fanOut({
      ...crowd,
      async during({ clock, crew }) {
        for (const worker of crew.slice(0, 4)) {
          await clock.advance(13)
          void worker.close({ drainMs: 0 })
        }
      },
    })
    expect(result).toMatchObject({ status: 'success', result: doubled(crowd.items) })
    expect(Math.max(...bodies)).toBeLessThanOrEqual(2)
    expect(bodies.filter((times) => times > 1).length).toBeLessThanOrEqual(4)
  })

  it('end with the run when it is canceled; what their bodies bring after that is dropped', async () => {
    const reasons = new Set<unknown>()
    const { result, history } = await fanOut({
      ...crowd,
      async body({ signal, pass }) {
        await Promise.race([pass(5), new Promise((resolve) => signal.addEventListener('abort', resolve))])
        if (signal.aborted) reasons.add(signal.reason)
      },
      async during({ clock, cancel }) {
        await clock.advance(40)
        void cancel()
      },
    })
    expect(result.status).toBe('canceled')
    expect(history.at(-1)).toMatchObject({ type: 'run-ended', hasEffect: true })
    expect([...reasons].filter((reason) => reason !== 'canceled')).toEqual([])
  })

  it('leave the time of their retry behind, when nothing else is under way in any of the processes', async () => {
    const wakes: unknown[] = []
    const { result } = await fanOut({
      items: 2,
      concurrency: 2,
      workers: 2,
      retry: { attempts: 1, delayMs: 5_000 },
      async body({ before, pass }) {
        await pass(5)
        if (before === 0) throw new Error('not yet')
      },
      async during({ clock, header }) {
        await clock.advance(100)
        wakes.push((await header())?.wakeAt, clock.now())
      },
    })
    expect(result.status).toBe('success')
    const [wakeAt, now] = wakes as number[]
    expect((wakeAt ?? 0) - (now ?? 0)).toBeGreaterThan(4_000)
    expect((wakeAt ?? 0) - (now ?? 0)).toBeLessThanOrEqual(5_000)
  })
})
