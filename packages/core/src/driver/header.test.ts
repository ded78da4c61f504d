import { describe, expect, it } from 'vitest'
import { foreach, graph, parallel, sleep, step, waitForEvent } from '../../test/machine/graphs.js'
import { type Play, play } from '../../test/machine/play.js'
import type { Fold } from './fold.js'
import {
  headerOf,
  isSleeping,
  isWorkedOn,
  mustBeFound,
  startsToWait,
  tellsNothing,
  toldNext,
  wakeOf,
} from './header.js'

const foldOf = ({ state }: Play): Fold => ({ state }) as unknown as Fold

const when = { now: 1_000, leaseMs: 30_000, offerMs: 2_000, leaves: false }

function started(nodes: Parameters<typeof graph>[0], more: Parameters<Play['start']>[0] = {}): Play {
  const run = play(graph(nodes))
  run.start(more)
  return run
}

describe('what lists are told', () => {
  it('is the same object as long as nothing changes', () => {
    const told = { status: 'running', wakeAt: 5 }
    expect(toldNext(told, 'running', 5)).toBe(told)
    expect(toldNext(told, undefined, 5)).toBe(told)
    expect(toldNext(told, 'running', 6)).toEqual({ status: 'running', wakeAt: 6 })
    expect(toldNext(told, 'failed', undefined)).toStrictEqual({ status: 'failed' })
    expect(toldNext({}, undefined, null)).toEqual({ status: '', wakeAt: null })
  })
})

describe('the next sweep', () => {
  it('comes soon for what is offered, and a lease after what is claimed', () => {
    const run = started([step('a')])
    expect(wakeOf(foldOf(run), {}, when)).toEqual([{ wakeInMs: 2_000 }, 3_000])
    run.claim('0')
    expect(wakeOf(foldOf(run), {}, when)).toEqual([{ wakeInMs: 30_000 }, 31_000])
    expect(wakeOf(foldOf(run), { wakeAt: 30_999 }, when)).toEqual([{}, 30_999])
    expect(wakeOf(foldOf(run), { wakeAt: 31_001 }, when)).toEqual([{ wakeInMs: 30_000 }, 31_000])
    expect(wakeOf(foldOf(run), { wakeAt: null }, when)).toEqual([{ wakeInMs: 30_000 }, 31_000])
  })

  it('comes at once when who works on it leaves something behind', () => {
    const run = started([step('a')])
    expect(wakeOf(foldOf(run), {}, { ...when, leaves: true })).toEqual([{ wakeInMs: 0 }, 1_000])
    run.claim('0')
    expect(wakeOf(foldOf(run), {}, { ...when, leaves: true })).toEqual([{ wakeInMs: 30_000 }, 31_000])
  })

  it('comes when the run waits no longer, and never when it waits for somebody', () => {
    const sleeping = foldOf(started([sleep('s', 50)]))
    expect(wakeOf(sleeping, {}, when)).toEqual([{ wakeAt: 1_050 }, 1_050])
    expect(wakeOf(sleeping, { wakeAt: 1_050 }, when)).toEqual([{}, 1_050])
    const run = started([step('a')])
    run.suspend('0')
    expect(wakeOf(foldOf(run), {}, when)).toEqual([{ wakeInMs: null }, null])
    expect(wakeOf(foldOf(run), { wakeAt: null }, when)).toEqual([{}, null])
  })

  it('comes a lease after a wait that no mailbox knows yet, unless the run wakes up before', () => {
    const run = started([parallel([waitForEvent('w'), sleep('s', 50_000)])])
    run.await('0.0/key')
    expect(wakeOf(foldOf(run), {}, when)).toEqual([{ wakeInMs: 30_000 }, 31_000])
    expect(wakeOf(foldOf(run), {}, { ...when, leaseMs: 50_001 })).toEqual([{ wakeAt: 51_000 }, 51_000])
    run.placed('0.0')
    expect(wakeOf(foldOf(run), {}, when)).toEqual([{ wakeAt: 51_000 }, 51_000])
  })

  it('comes a lease after somebody has to ask for the run to be let through', () => {
    const run = started([step('a')], { gates: [{ id: 'g', counts: true }] })
    expect(wakeOf(foldOf(run), {}, when)).toEqual([{ wakeInMs: 30_000 }, 31_000])
    run.one({ type: 'run-queued', gate: 'g', ticket: 1 })
    expect(wakeOf(foldOf(run), {}, when)).toEqual([{ wakeInMs: null }, null])
    expect(mustBeFound(foldOf(run))).toBe(true)
  })
})

describe('a run', () => {
  it('sleeps while nothing of it is claimed or ready', () => {
    const run = started([foreach(step('a', { attempts: 1, delayMs: 5 }))])
    expect([isSleeping(foldOf(run)), isWorkedOn(foldOf(run))]).toEqual([false, true])
    run.count('0/items', 2, 2)
    run.fail('0.0')
    expect([isSleeping(foldOf(run)), mustBeFound(foldOf(run))]).toEqual([false, false])
    run.claim('0.1')
    expect([isSleeping(foldOf(run)), isWorkedOn(foldOf(run)), mustBeFound(foldOf(run))]).toEqual([false, true, false])
    run.fail('0.1')
    expect([isSleeping(foldOf(run)), isWorkedOn(foldOf(run)), mustBeFound(foldOf(run))]).toEqual([true, false, true])
  })

  it('is not worked on while all of it is suspended', () => {
    const run = started([step('a')])
    run.suspend('0')
    expect([isWorkedOn(foldOf(run)), mustBeFound(foldOf(run))]).toEqual([false, false])
  })
})

describe('a wait', () => {
  const starts = (due: object): boolean =>
    startsToWait({ state: { timers: new Map([['t', { due }]]) }, turn: { stamp } } as unknown as Fold)
  const stamp = {}

  it('begins with the commit from which its moment counts', () => {
    expect(starts({ from: stamp, delayMs: 1 })).toBe(true)
    expect(starts({ from: stamp, delayMs: 0 })).toBe(false)
    expect(starts({ from: {}, delayMs: 1 })).toBe(false)
  })
})

describe('the header of a run', () => {
  const workflow = { id: 'w', hash: 'today', version: '2' }
  const told = (fold: object, known = {}, options = {}) => {
    const run = { program: { workflow }, options }
    const { state } = started([step('a')])
    return headerOf(run as never, { state, head: { version: 1 }, storedHash: 'today', ...fold } as never, known)
  }

  it('says everything when the journal begins', () => {
    const graph = { graphHash: 'today', workflowVersion: '2' }
    const first = { status: 'running', workflowId: 'w', ...graph, resourceId: null, tags: [] }
    expect(told({ head: { version: 0 } }, { status: 'running' })).toEqual({ header: first })
    const more = { resourceId: 'me', tags: ['t'] }
    expect(told({ head: { version: 0 } }, {}, more)).toEqual({ header: { ...first, ...more } })
  })

  it('says what has changed later on', () => {
    expect(told({}, { status: 'running' })).toEqual({})
    expect(told({}, { status: 'suspended' })).toEqual({ header: { status: 'running' } })
  })

  it('says that the run goes by the graph of today, once it does', () => {
    const graph = { graphHash: 'today', workflowVersion: '2' }
    expect(told({ storedHash: 'before' }, { status: 'running' })).toEqual({ header: graph })
    expect(told({ storedHash: 'before', outdated: new Error('x') }, { status: 'running' })).toEqual({})
  })

  it('may have nothing to say', () => {
    expect(tellsNothing({ header: undefined, wake: {}, wakeAt: 7 })).toBe(true)
    expect(tellsNothing({ header: {}, wake: {}, wakeAt: 7 })).toBe(false)
    expect(tellsNothing({ header: undefined, wake: { wakeInMs: null }, wakeAt: null })).toBe(false)
  })
})
