import { describe, expect, it } from 'vitest'
import { draftOf, foldAt, LEASE_MS, started, writer } from '../../test/driver/writing.js'
import { sleep } from '../../test/machine/graphs.js'
import type { Draft } from './draft.js'

const HELD_AT_MOST = 100_000

const ended = ['step-succeeded', 'run-ended']

describe('when what happens is written down', () => {
  it('says the run, or else its workflow, or else the engine', () => {
    expect(writer().made.durability).toBe('step')
    expect(writer({ durability: 'exit' }).made.durability).toBe('exit')
    expect(writer({ durability: 'exit', ofWorkflow: 'none' }).made.durability).toBe('none')
    expect(writer({ durability: 'exit', ofWorkflow: 'none', ofRun: 'step' }).made.durability).toBe('step')
    expect(writer({ stores: false }).made.durability).toBe('none')
  })

  it('is at once where others are to run it, or write it too, or have written it', () => {
    expect(writer({ durability: 'exit', works: false }).made.durability).toBe('step')
    expect(writer({ durability: 'exit', works: true }).made.durability).toBe('exit')
    const shared = writer({ durability: 'exit' }).made
    expect(shared.giveUp(foldAt(0))).toBe(true)
    expect(shared.durability).toBe('step')
    const found = writer({ durability: 'none' }).made
    found.finds({ createdAt: 1, status: 'running', wakeAt: null } as never)
    expect(found.durability).toBe('step')
    found.finds(undefined)
    expect(found.durability).toBe('none')
  })

  it('says where the run is kept, whose clock stamps it, and whether it is read anew each time', () => {
    const [stored, held, none] = [writer(), writer({ durability: 'exit' }), writer({ durability: 'none' })]
    expect([stored, held, none].map(({ made }) => made.home !== undefined)).toEqual([true, true, false])
    expect([stored, held, none].map(({ made }) => made.stampsItself)).toEqual([false, true, true])
    expect([stored, held, none].map(({ made }) => made.isCurrent)).toEqual([true, true, false])
    expect(stored.made.forgets).toBe(false)
    for (const one of [stored, held]) one.driver.settings.cacheRuns = 0
    expect([stored.made.forgets, held.made.forgets]).toEqual([true, false])
  })
})

describe('what is not stored at once', () => {
  it('has landed as soon as it is folded where nothing is stored', () => {
    const { made } = writer({ durability: 'none' })
    expect(made.land(foldAt(3), draftOf(ended))).toEqual({
      ...{ status: 'committed', head: { version: 4, commitId: '' }, at: 5, missed: [] },
    })
    expect(writer().made.land(foldAt(3), draftOf(['step-succeeded']))).toBeUndefined()
  })

  it('is held back while it goes on here, and goes with what ends that', async () => {
    const { made, commits } = writer({ durability: 'exit' })
    const first = foldAt(0)
    const landed = made.land(first, draftOf(['run-started']))
    expect(landed).toEqual({ status: 'committed', head: first.head, at: 5, missed: [] })
    expect([made.heldBack, made.isCurrent]).toEqual([1, false])
    expect(made.land(first, draftOf(ended))).toBeUndefined()
    await made.store(first, draftOf(ended))
    expect(commits[0]?.entries.map(({ fact }) => fact)).toEqual(['run-started', ...ended])
    made.stored(first, 7)
    expect(made.heldBack).toBe(0)
  })

  it('is stored where others must be able to go on with it', () => {
    const { made } = writer({ durability: 'exit' })
    for (const type of ['run-rested', 'run-ended', 'callback-settled', 'event-received'])
      expect(made.land(foldAt(0), draftOf([type]))).toBeUndefined()
    const sleeping = foldAt(0, {}, started([sleep('s', 50)]))
    expect(made.land(sleeping, draftOf(['run-started']))).toBeUndefined()
    expect(made.land(foldAt(0, { turn: { stamp: {}, left: [{}] } }), draftOf(['run-started']))).toBeUndefined()
    expect(made.land(foldAt(1), draftOf(['step-succeeded']))).toBeUndefined()
  })

  it('is stored where others may begin the same run', () => {
    const { made } = writer({ durability: 'exit', idempotencyKey: 'k' })
    expect(made.land(foldAt(0), draftOf(['run-started']))).toBeUndefined()
    made.held.add(draftOf(['run-queued']))
    expect(made.land(foldAt(0), draftOf(['step-claimed']))).toBeDefined()
  })

  it('is so much at most', () => {
    const { made } = writer({ durability: 'exit' })
    made.held.add(draftOf(Array.from({ length: HELD_AT_MOST - 2 }, () => 'step-succeeded')))
    expect(made.land(foldAt(0), draftOf(['step-succeeded']))).toBeDefined()
    expect(made.land(foldAt(0), draftOf(['step-succeeded']))).toBeUndefined()
  })

  it('is lost to whoever was faster, or when the run is read anew', () => {
    for (const reads of [false, true]) {
      const { made } = writer({ durability: 'exit' })
      made.land(foldAt(0), draftOf(['run-started']))
      if (reads) made.held.drop()
      else expect(made.giveUp(foldAt(0))).toBe(false)
      expect(made.heldBack).toBe(0)
    }
  })
})

describe('a commit', () => {
  it('begins the journal, or goes on from its head', async () => {
    const { made, commits } = writer()
    await made.store(foldAt(0, { storedHash: undefined }), draftOf(['run-started']))
    await made.store(foldAt(3), draftOf(['step-succeeded']))
    expect(commits.map(({ journal, commitId, base }) => [journal.id, commitId, base])).toEqual([
      ['r', 'c1', 'new'],
      ['r', 'c2', { version: 3, commitId: 'c3' }],
    ])
    expect(commits[0]?.header).toMatchObject({ status: 'running', workflowId: 'w', graphHash: 'today' })
    expect(commits[0]?.entries.map(({ fact }) => fact.slice(0, 24))).toEqual([
      'run-started',
      '{"type":"graph-recorded"',
    ])
    expect(commits[1]?.entries).toHaveLength(1)
  })

  it('tells lists and sweeps what they do not know', async () => {
    const { made, commits } = writer()
    await made.store(foldAt(3), draftOf(['step-succeeded']))
    expect(commits[0]).toMatchObject({ header: { status: 'running' }, wakeInMs: LEASE_MS })
    made.stored(foldAt(3), 7)
    await made.store(foldAt(4), draftOf(['step-succeeded']))
    expect(commits[1]).not.toHaveProperty('header')
    expect(commits[1]).not.toHaveProperty('wakeInMs')
    expect(commits[1]).not.toHaveProperty('seal')
  })

  it('closes the journal with an end', async () => {
    const { made, commits } = writer()
    await made.store(foldAt(3), draftOf(ended))
    expect(commits[0]).toMatchObject({ seal: true })
  })

  it('with claims waits for a beat, and is not made when its session has expired', async () => {
    const claims = [{}] as never
    const alive = writer({ beat: 's' })
    expect(await alive.made.store(foldAt(3), draftOf(['step-claimed'], { claims }))).toEqual({ status: 'committed' })
    const expired = writer({ beat: 'next' })
    expect(await expired.made.store(foldAt(3), draftOf(['step-claimed'], { claims }))).toBeUndefined()
    expect([alive.beats(), expired.commits]).toEqual([1, []])
    const without = writer({ beat: 'next' })
    await without.made.store(foldAt(3), draftOf(['step-succeeded']))
    expect([without.beats(), without.commits.length]).toEqual([0, 1])
  })

  it('that cannot be made is one that fails', async () => {
    const { made, driver } = writer()
    driver.commitId = () => {
      throw new Error('no id')
    }
    await expect(made.store(foldAt(3), draftOf(['step-succeeded']))).rejects.toThrow('no id')
  })
})

describe('where others write too', () => {
  const any = { any: { version: 3, commitId: 'c3' } }
  const succeeded = { type: 'step-succeeded', at: '0', claim: 1 }
  const draft = (more: Partial<Draft> = {}): Draft =>
    draftOf([], { isShared: true, facts: [{ event: succeeded, entry: { type: 'event', fact: '' } }] as never, ...more })

  it('what settles nothing may land behind them', () => {
    const { made } = writer()
    expect(made.shares(foldAt(3))).toBe(false)
    made.landedBehind(foldAt(3))
    expect(made.shares(foldAt(3))).toBe(true)
    expect(made.shares(foldAt(0))).toBe(false)
    expect(made.shares(foldAt(3, { storedHash: 'before' }))).toBe(false)
    for (const more of [{ rest: 'suspended' }, { perStep: true }, { phase: 'ended' }]) {
      const { state } = foldAt(3)
      expect(made.shares(foldAt(3, { state: { ...state, ...more } }))).toBe(false)
    }
  })

  it('it lands on any head as long as it has nothing to tell', async () => {
    const { made, commits } = writer()
    made.knows({ status: 'running', wakeAt: 2_000 } as never)
    await made.store(foldAt(3), draft())
    await made.store(foldAt(3), draft({ isShared: false }))
    made.knows(undefined)
    await made.store(foldAt(3), draft())
    expect(commits.map(({ base }) => base)).toEqual([any, any.any, any.any])
  })

  it('what is asked from outside lands on any head, and has somebody look soon', async () => {
    const { made, commits } = writer()
    await made.store(foldAt(3), draft({ isAsked: true }))
    expect(commits[0]).toMatchObject({ base: any, wakeInMs: LEASE_MS })
    expect(commits[0]).not.toHaveProperty('header')
  })
})

describe('what is known of the journal', () => {
  it('is the newest version that somebody has seen', () => {
    const { made } = writer()
    made.sees(5)
    made.sees(3)
    expect(made.knownVersion).toBe(5)
    made.hears({ status: 'stale', head: { version: 9 } } as never)
    expect(made.knownVersion).toBe(9)
    made.hears(undefined)
    expect(made.knownVersion).toBe(9)
    made.hears({ status: 'gone' })
    expect(made.knownVersion).toBe(0)
  })

  it('is of another run where it was deleted and begun anew', () => {
    const { made } = writer()
    const header = (version: number, commitId: string, createdAt = 1) =>
      ({ head: { version, commitId }, createdAt }) as never
    const head = { version: 3, commitId: 'c3' }
    expect(made.isAnother(header(3, 'c3'), head)).toBe(false)
    expect(made.isAnother(header(4, 'c4'), head)).toBe(false)
    expect(made.isAnother(header(3, 'x'), head)).toBe(true)
    expect(made.isAnother(header(2, 'c2'), head)).toBe(true)
    expect(made.isAnother(header(3, 'c3', 2), head)).toBe(true)
  })

  it('was handed out as somebody saw it, unless more was heard since', () => {
    const { made } = writer()
    const header = { head: { version: 4, commitId: '' }, status: 'suspended', wakeAt: 9 } as never
    made.handedOut(header)
    expect([made.knownVersion, made.mustLoad(foldAt(4, { outdated: new Error('x') }))]).toEqual([4, true])
    expect(made.mustLoad(foldAt(4))).toBe(false)
    expect(made.owes(foldAt(4))).toBe(true)
    made.stored(foldAt(4), 7)
    expect(made.owes(foldAt(4))).toBe(false)
  })

  it('has been gone on with by others', async () => {
    const { made, store } = writer({ durability: 'exit' })
    const overtaken = async (slice: unknown, version = 3) => {
      store.load = async () => slice
      return made.isOvertaken(store as never, foldAt(version))
    }
    expect(await overtaken({ commits: [] })).toBe(false)
    expect(await overtaken({ commits: [{}] })).toBe(true)
    expect([await overtaken(undefined), await overtaken(undefined, 0)]).toEqual([true, false])
  })

  it('goes by the graph of today, or by that of others who were here first', () => {
    const { made } = writer()
    made.offered()
    expect(made.isOurs).toBe(true)
    made.wants()
    made.offered()
    expect(made.isOurs).toBe(false)
    made.goesBy(foldAt(3, { storedHash: 'before' }))
    expect(made.isOurs).toBe(false)
    made.goesBy(foldAt(3))
    expect(made.isOurs).toBe(true)
  })
})
