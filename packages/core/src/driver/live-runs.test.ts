import { describe, expect, it } from 'vitest'
import type { LiveRun } from './live-run.js'
import { LiveRuns } from './live-runs.js'

interface Told {
  readonly runId: string
  readonly workflowId?: string
  idle?: boolean
  isCurrent?: boolean
  over?: boolean
  hasEnded?: boolean
  /** Where it is kept. */
  home?: unknown
}

/** A run that may say of itself what the test likes, and how often it was taken for stale. */
function runOf(told: Told) {
  const suspected = { times: 0, putAway: 0 }
  const run = {
    runId: told.runId,
    program: { workflow: { id: told.workflowId ?? 'w' } },
    get idle() {
      return told.idle ?? true
    },
    putAway: () => {
      suspected.putAway += 1
    },
    writer: {
      get home() {
        return told.home
      },
      get isCurrent() {
        return told.isCurrent ?? true
      },
    },
    known: {
      get over() {
        return told.over ?? false
      },
      get hasEnded() {
        return told.hasEnded ?? false
      },
      leaves: () => {
        suspected.times += 1
      },
    },
  }
  return { run: run as unknown as LiveRun, suspected, told }
}

/** Runs of which so many stay that have nothing to do, and these among them. */
function runsWith(keepsIdle: number, ...all: readonly ReturnType<typeof runOf>[]) {
  const runs = new LiveRuns(keepsIdle)
  for (const { run, told } of all) runs.take(told.runId, told.workflowId ?? 'w', () => run)
  return runs
}

const ids = (runs: LiveRuns): readonly string[] => [...runs.all()].map(({ runId }) => runId)

describe('runs of a process', () => {
  it('are made once, and are there until they are dropped', () => {
    const a = runOf({ runId: 'a' })
    const runs = runsWith(9, a)
    expect(runs.take('a', 'w', () => runOf({ runId: 'a' }).run)).toBe(a.run)
    expect([runs.get('a'), runs.get('b')]).toEqual([a.run, undefined])
    runs.drop('a')
    expect([runs.get('a'), ids(runs)]).toEqual([undefined, []])
  })

  it('may have been written by others while they had nothing to do', () => {
    const a = runOf({ runId: 'a' })
    const runs = runsWith(9, a)
    const take = () => runs.take('a', 'w', () => a.run)
    take()
    expect(a.suspected.times).toBe(0)
    runs.rest(a.run)
    take()
    take()
    expect(a.suspected.times).toBe(1)
    runs.rest(a.run)
    runs.adopt(a.run)
    take()
    expect(a.suspected.times).toBe(1)
  })

  it('are all gone in the end', () => {
    const a = runOf({ runId: 'a' })
    const runs = runsWith(1, a)
    runs.rest(a.run)
    runs.clear()
    expect(ids(runs)).toEqual([])
    const [b, c] = [runOf({ runId: 'b' }), runOf({ runId: 'c' })]
    for (const { run } of [b, c]) runs.adopt(run)
    runs.rest(b.run)
    expect(ids(runs)).toEqual(['b', 'c'])
  })

  it('that were let go and have something to do again are taken back', () => {
    const [a, other] = [runOf({ runId: 'a' }), runOf({ runId: 'a' })]
    const runs = runsWith(9, a)
    runs.adopt(other.run)
    expect(runs.get('a')).toBe(a.run)
    runs.drop('a')
    runs.adopt(a.run)
    expect(runs.get('a')).toBe(a.run)
  })
})

describe('runs that have nothing to do', () => {
  it('stay so many at most, those that were needed last', () => {
    const all = ['a', 'b', 'c'].map((runId) => runOf({ runId }))
    const [a, b, c] = all
    const runs = runsWith(2, ...all)
    for (const one of [a, b, a, c]) if (one) runs.rest(one.run)
    expect(ids(runs)).toEqual(['a', 'c'])
  })

  it('are not let go while they have something to do, or could not be read again and may go on', () => {
    for (const more of [{ idle: false }, { isCurrent: false }]) {
      const a = runOf({ runId: 'a', ...more })
      const runs = runsWith(0, a)
      runs.rest(a.run)
      expect(ids(runs)).toEqual(['a'])
    }
    const over = runOf({ runId: 'a', isCurrent: false, over: true })
    const runs = runsWith(0, over)
    runs.rest(over.run)
    expect(ids(runs)).toEqual([])
  })

  it('are put away when others have come to rest since, where nobody else knows of them', () => {
    const all = Array.from({ length: 40 }, (_, nth) => runOf({ runId: `r${nth}`, isCurrent: false }))
    const stored = runOf({ runId: 'stored', isCurrent: false, home: {} })
    const runs = runsWith(1_000, stored, ...all)
    for (const { run } of [stored, ...all, ...all.slice(0, 2)]) runs.rest(run)
    const away = (): readonly number[] => all.flatMap(({ suspected }, nth) => Array(suspected.putAway).fill(nth))
    expect(away()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
    runs.take('r10', 'w', () => runOf({ runId: 'r10' }).run)
    runs.rest(runsWith(0, stored).take('stored', 'w', () => stored.run))
    expect([away().length, stored.suspected.putAway, ids(runs).length]).toEqual([10, 0, 41])
  })

  it('stay for a moment only when they have ended, unless nobody else could tell how', () => {
    const runsLike = (told: Partial<Told>) => {
      const all = Array.from({ length: 40 }, (_, nth) =>
        runOf({ runId: `r${nth}`, hasEnded: true, over: true, ...told }),
      )
      const runs = runsWith(1_000, ...all)
      for (const { run } of all) runs.rest(run)
      return ids(runs)
    }
    expect(runsLike({})).toEqual(Array.from({ length: 32 }, (_, nth) => `r${nth + 8}`))
    expect(runsLike({ isCurrent: false })).toHaveLength(40)
    expect(runsLike({ hasEnded: false, over: false })).toHaveLength(40)
  })

  it('are no longer those of a process that has others by their ids', () => {
    const [a, other] = [runOf({ runId: 'a' }), runOf({ runId: 'a' })]
    const runs = runsWith(0, a)
    runs.rest(other.run)
    expect(ids(runs)).toEqual(['a'])
  })
})

describe('a run that is asked for with another workflow', () => {
  const make = () => runOf({ runId: 'a', workflowId: 'v' }).run

  it('is refused while it is under way', () => {
    const runs = runsWith(9, runOf({ runId: 'a' }))
    expect(() => runs.take('a', 'v', make)).toThrow('run "a" belongs to workflow "w", not to "v"')
  })

  it('is refused where its journal could not tell', () => {
    const a = runOf({ runId: 'a', isCurrent: false, over: true })
    const runs = runsWith(9, a)
    runs.rest(a.run)
    expect(() => runs.take('a', 'v', make)).toThrow('belongs to workflow')
  })

  it('is read anew otherwise: it may have been deleted', () => {
    const a = runOf({ runId: 'a' })
    const runs = runsWith(9, a)
    runs.rest(a.run)
    expect(runs.take('a', 'v', make).program.workflow.id).toBe('v')
    expect(ids(runs)).toEqual(['a'])
  })
})
