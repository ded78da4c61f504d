import { describe, expect, it } from 'vitest'
import { WorkflowError } from '../errors/index.js'
import type { Mail } from './post-office.js'
import { WaitsHere } from './waits-here.js'

const MOST_RECEIVED = 1_000
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const later = (_: number, wake: () => void): (() => void) => {
  queueMicrotask(wake)
  return () => undefined
}

const wait = (at: string, of: number) => ({ at, of, name: 'e', key: 'k' })

/** A run with these waits, and the mailboxes that it tells of them. */
function run(given: { readonly place?: () => Promise<Mail | undefined>; readonly heldBack?: number } = {}) {
  const calls: string[] = []
  const logged: string[] = []
  const told: unknown[] = []
  const rested: unknown[] = []
  const log = (level: string) => (_: unknown, text: string) => void logged.push(`${level} ${text}`)
  const post = {
    async place({ at, of, graphHash }: { at: string; of: number; graphHash: string }) {
      calls.push(`place ${at} ${of} ${graphHash}`)
      return given.place?.()
    },
    forget: async ({ at }: { at: string }) => void calls.push(`forget ${at}`),
    leave: async ({ at }: { at: string }) => void calls.push(`leave ${at}`),
    taken: async ({ at }: { at: string }) => void calls.push(`taken ${at}`),
  }
  const open = new Map<string, ReturnType<typeof wait>>()
  const unplaced = new Map<string, ReturnType<typeof wait>>()
  const fold = {
    state: { waits: open, unplaced, rest: undefined as string | undefined },
    turn: { left: [] as ReturnType<typeof wait>[] },
    storedHash: undefined as string | undefined,
    standsStill: false,
    head: { version: 9 },
  }
  const driver = {
    closed: false,
    post: post as typeof post | undefined,
    rested: (one: unknown) => rested.push(one),
    settings: {
      clock: { now: () => 0, after: later },
      logger: { warn: log('warn'), error: log('error') },
    },
  }
  const made = {
    ...{ runId: 'r', driver, known: {}, program: { workflow: { id: 'w', hash: 'today' } } },
    writer: { heldBack: given.heldBack ?? 0, sees: () => undefined },
    here: { handed: 0 },
    bench: { recorder: { plain: (event: unknown) => ({ event }) } },
    write: async (facts: (of: unknown) => readonly unknown[]) => void told.push(...facts(fold)),
    read: async (look: (of: unknown) => unknown) => look(fold),
  }
  const waits = new WaitsHere(made as never)
  Object.assign(made, { waits })
  const see = (...types: readonly string[]): void =>
    waits.see(fold as never, { facts: types.map((type) => ({ event: { type } })) } as never)
  const waitsFor = (at: string, of: number, isPlaced = false): void => {
    open.set(at, wait(at, of))
    if (!isPlaced) unplaced.set(at, wait(at, of))
  }
  return { waits, see, waitsFor, fold, driver, made, calls, told, logged, rested, post }
}

describe('the waits of a run', () => {
  it('are made known once each, and the run is told', async () => {
    const { waits, see, waitsFor, calls, told, rested } = run()
    waitsFor('0', 11)
    see('event-awaited')
    see()
    expect(waits.asking).toBe(1)
    await settled()
    expect([waits.asking, calls]).toEqual([0, ['place 0 11 today']])
    expect(told).toEqual([{ event: { type: 'wait-placed', at: '0', of: 11 } }])
    expect(rested).toHaveLength(1)
  })

  it('name the graph by which the run goes', async () => {
    const { see, waitsFor, calls, fold } = run()
    fold.storedHash = 'stored'
    waitsFor('0', 11)
    see()
    await settled()
    expect(calls).toEqual(['place 0 11 stored'])
  })

  it('that mailboxes know are asked about by who was handed the run and found nothing to do', async () => {
    const { see, waitsFor, made, calls, told } = run()
    waitsFor('0', 11, true)
    see()
    expect(calls).toEqual([])
    made.here.handed = 1
    see('step-succeeded')
    expect(calls).toEqual([])
    see()
    await settled()
    expect([calls, told]).toEqual([['place 0 11 today'], []])
  })

  it('are asked about when a pause is over', async () => {
    const { see, waitsFor, calls } = run()
    waitsFor('0', 11, true)
    see('run-continued')
    await settled()
    expect(calls).toEqual(['place 0 11 today'])
  })

  it('are not made known while no event could come', () => {
    const still = [
      (of: ReturnType<typeof run>) => Object.assign(of.driver, { closed: true }),
      (of: ReturnType<typeof run>) => Object.assign(of.driver, { post: undefined }),
      (of: ReturnType<typeof run>) => Object.assign(of.fold.state, { rest: 'paused' }),
      (of: ReturnType<typeof run>) => Object.assign(of.fold, { standsStill: true }),
      (of: ReturnType<typeof run>) => Object.assign(of.made.writer, { heldBack: 1 }),
    ]
    for (const hold of still) {
      const one = run()
      one.waitsFor('0', 11)
      hold(one)
      one.see()
      expect([one.calls, one.waits.asking]).toEqual([[], 0])
    }
  })

  it('that are over are told of as well, also after the close', async () => {
    const { see, fold, driver, calls, post } = run()
    fold.turn.left.push(wait('0', 11))
    driver.closed = true
    see()
    see()
    expect(calls).toEqual(['leave 0'])
    post.leave = () => Promise.reject(new Error('no answer'))
    fold.turn.left.push(wait('0', 12))
    see()
    await settled()
  })

  it('are forgotten by mailboxes when the run has gone on meanwhile', async () => {
    const { see, waitsFor, fold, calls, told } = run({
      place: async () => {
        fold.state.waits.clear()
        return undefined
      },
    })
    waitsFor('0', 11)
    see()
    await settled()
    expect([calls, told]).toEqual([['place 0 11 today', 'forget 0'], []])
  })
})

describe('mail that is there already', () => {
  const mail = { id: 'm', seq: 1, sentAt: 0, payload: undefined }

  it('is taken, or given back when the run has gone on', async () => {
    const { waits, see, waitsFor, fold, calls } = run({ place: async () => mail })
    waitsFor('0', 11)
    waits.remember(11, 'm')
    see()
    fold.state.waits.clear()
    await settled()
    expect(calls).toEqual(['place 0 11 today', 'taken 0'])
    const late = run({ place: async () => mail })
    late.waitsFor('0', 11)
    late.waits.remember(11, 'another')
    late.see()
    late.fold.state.waits.clear()
    await settled()
    expect(late.calls).toEqual(['place 0 11 today', 'leave 0'])
  })
})

describe('a mailbox that cannot be asked', () => {
  it('is asked again, and spoken of when that takes long', async () => {
    let failures = 7
    const { see, waitsFor, logged, told } = run({
      place: async () => {
        failures -= 1
        if (failures >= 0) throw new WorkflowError('WF_STORAGE_UNAVAILABLE', 'no answer')
        return undefined
      },
    })
    waitsFor('0', 11)
    see()
    await settled()
    expect(logged).toEqual(['warn run "r" cannot wait for the event "e" yet: no answer'])
    expect(told).toHaveLength(1)
  })

  it('is given up when it refuses, and nobody hears of it after the close', async () => {
    const refuses = async (): Promise<undefined> => {
      throw new TypeError('never')
    }
    const one = run({ place: refuses })
    one.waitsFor('0', 11)
    one.see()
    await settled()
    expect([one.logged, one.waits.asking]).toEqual([['error run "r" cannot wait for the event "e" here: never'], 0])
    const closing = run({ place: refuses })
    closing.waitsFor('0', 11)
    closing.see()
    closing.driver.closed = true
    await settled()
    expect(closing.logged).toEqual([])
  })
})

it('so many events are remembered and no more', () => {
  const { waits } = run()
  for (let of = 0; of < MOST_RECEIVED; of += 1) waits.remember(of, `m${of}`)
  expect(waits.mailOf(0)).toBe('m0')
  waits.remember(MOST_RECEIVED, 'last')
  expect([waits.mailOf(0), waits.mailOf(1), waits.mailOf(MOST_RECEIVED)]).toEqual([undefined, 'm1', 'last'])
})
