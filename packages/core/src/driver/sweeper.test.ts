import { describe, expect, it } from 'vitest'
import { due, LEASE_MS, NOW, processThatSweeps as process } from '../../test/driver/sweeping.js'
import type { DueQuery } from '../contracts/index.js'
import { WorkflowError } from '../errors/index.js'
import type { Caretaker } from '../keeper/index.js'

const kinds = (asked: readonly DueQuery[]): readonly string[] => asked.map((one) => `${one.kinds} ${one.limit}`)

describe('a sweep', () => {
  it('takes up the runs that it is handed, and learns the time with them', async () => {
    const { sweep, asked, runs, times, measured } = process([[due('a'), due('b')]])
    expect(await sweep()).toEqual({ ids: ['a', 'b'], full: false })
    expect(asked[0]).toEqual({
      ...{ namespace: 'n', serves: [{ workflowId: 'w', graphHash: 'h' }], kinds: ['run'] },
      ...{ limit: 10, holdMs: LEASE_MS },
    })
    expect([...runs.values()].map(({ handed, dueAs }) => [handed, dueAs.length])).toEqual([
      [1, 1],
      [1, 1],
    ])
    expect(times).toEqual([NOW + 7, NOW + 7])
    expect(measured).toEqual(Array(2).fill(['sweep-hit', 1, { journalKind: 'run' }]))
  })

  it('is full when it was handed as many as it asked for', async () => {
    const { sweep, asked } = process([[due('a'), due('b')], [due('c')]])
    expect(await sweep(2)).toEqual({ ids: ['a', 'b'], full: true })
    expect(await sweep(2)).toEqual({ ids: ['c'], full: false })
    expect(kinds(asked)).toEqual(['run 2', 'run 2'])
  })

  it('asks for runs of other graphs the first time and each tenth time, for a short while', async () => {
    const { sweep, asked } = process([])
    for (let count = 0; count < 11; count += 1) await sweep(10)
    const foreign = asked.flatMap((one, nth) => (one.holdMs < LEASE_MS ? [nth] : []))
    expect(foreign).toEqual([1, 12])
    expect(asked[1]).toMatchObject({ serves: [{ workflowId: 'w' }], kinds: ['run'], limit: 10, holdMs: LEASE_MS / 10 })
    await sweep(10, true)
    expect(asked.at(-1)?.holdMs).toBe(LEASE_MS / 10)
  })

  it('has no room for runs of other graphs beside as many as it can take', async () => {
    const { sweep, asked } = process([[due('a')], [], [due('b'), due('c')]])
    await sweep(2)
    expect(kinds(asked)).toEqual(['run 2', 'run 1'])
    await sweep(2, true)
    expect(kinds(asked)).toEqual(['run 2', 'run 1', 'run 2'])
  })

  it('takes of those what goes by the graph of today, or has not been served for a lease', async () => {
    const old = { graphHash: 'old', updatedAt: NOW + 7 - LEASE_MS }
    const handed = [due('same'), due('old', old), due('young', { ...old, updatedAt: old.updatedAt + 1 })]
    expect(await process([[], handed]).sweep()).toEqual({ ids: ['same', 'old'], full: false })
  })

  it('asks nothing where there is no storage, or after the close', async () => {
    const { sweep, driver, asked } = process([[due('a')]])
    driver.closed = true
    expect(await sweep()).toEqual({ ids: [], full: false })
    driver.closed = false
    Object.assign(driver.settings, { storage: undefined })
    expect(await sweep()).toEqual({ ids: [], full: false })
    expect(asked).toEqual([])
  })

  it('tidies up in the end', async () => {
    const { sweep, driver } = process([])
    const told: string[] = []
    driver.settings.tidy = async () => void told.push('runs')
    driver.caretakers.push({ kind: 'gate', tidy: async () => void told.push('gates'), wake: async () => undefined })
    await sweep()
    expect(told).toEqual(['runs', 'gates'])
  })
})

describe('a sweep that fails', () => {
  const failure = new Error('no answer')

  it('says so where it was handed nothing', async () => {
    await expect(process([failure]).sweep()).rejects.toBe(failure)
    await expect(process([[], failure]).sweep()).rejects.toBe(failure)
  })

  it('keeps what it was handed before', async () => {
    expect(await process([[due('a')], failure]).sweep()).toEqual({ ids: ['a'], full: false })
  })

  it('with one run goes on with the others, and says which one', async () => {
    const { sweep, log, driver } = process([[due('bad'), due('good')], [], [due('bad')]], {
      bad: { fails: new Error('no key') },
    })
    expect(await sweep()).toEqual({ ids: ['good'], full: false })
    expect(log).toEqual(['error run "bad" cannot be taken up here: no key'])
    driver.closed = false
    await sweep()
    expect(log).toHaveLength(2)
  })
})

describe('a run that cannot go on here', () => {
  const changed = new WorkflowError('WF_GRAPH_CHANGED', 'another graph')

  it('is left to others, and that is said once', async () => {
    const { sweep, log } = process([[due('a')], [], [due('a')], [due('b')]], {
      a: { outdated: changed },
      b: { fails: changed },
    })
    for (let count = 0; count < 3; count += 1) expect((await sweep()).ids).toEqual([])
    expect(log).toEqual(['warn another graph', 'warn another graph'])
  })

  it('is said once more when very many others were', async () => {
    const others = Array.from({ length: 10_000 }, (_, nth) => due(`other ${nth}`))
    const handed = [[due('a')], [], others, [due('a')]]
    const fates = Object.fromEntries(
      ['a', ...others.map(({ journal }) => journal.id)].map((id) => [id, { fails: changed }]),
    )
    const { sweep, log } = process(handed, fates)
    for (let count = 0; count < 3; count += 1) await sweep(20_000)
    expect(log).toHaveLength(10_002)
  })
})

describe('owners that die', () => {
  it('after their run was handed out are found out by the next sweeps', async () => {
    const { sweep, heard, dead, runs } = process([[due('a')]], { a: { holders: ['other', 'mine'] } })
    expect((await sweep()).ids).toEqual(['a'])
    expect((await sweep()).ids).toEqual([])
    expect(heard).toEqual([['other'], ['other']])
    dead.add('other')
    expect((await sweep()).ids).toEqual(['a'])
    expect(runs.get('a')).toMatchObject({ handed: 2, dueAs: [expect.anything()] })
  })

  it('are not asked about when they are known to be dead, or when the run is nobody’s any more', async () => {
    const { sweep, heard, heart } = process([[due('a')]], { a: { holders: ['dead'] } })
    heart.expired.add('dead')
    await sweep()
    expect(heard).toEqual([])
  })

  it('are forgotten when the storage may hand the run to somebody else', async () => {
    const { sweep, heard, clock } = process([[due('a')]], { a: { holders: ['other'] } })
    await sweep()
    clock.at = LEASE_MS
    await sweep()
    expect(heard).toHaveLength(2)
    clock.at = LEASE_MS + 1
    await sweep()
    expect(heard).toHaveLength(2)
  })

  it('are asked about so often at most in one sweep', async () => {
    const { sweep, heart } = process([[due('a')]], { a: { holders: ['other'] } })
    let asked = 0
    heart.learnExpired = async () => {
      asked += 1
      throw new Error('no answer')
    }
    expect((await sweep()).ids).toEqual(['a'])
    expect(asked).toBe(4)
  })
})

describe('journals that are no runs', () => {
  function kept(kind: 'gate' | 'mailbox', isConcerned?: boolean) {
    const woken: string[] = []
    const caretaker: Caretaker = {
      kind,
      ...(isConcerned !== undefined && { isConcerned }),
      wake: async ({ journal }) => {
        woken.push(journal.id)
        if (journal.id === 'bad') throw new Error('broken')
      },
    }
    return { woken, caretaker }
  }

  it('are asked for with the runs, and each is woken by whoever looks after it', async () => {
    const { sweep, driver, asked, log } = process([
      [due('g', { kind: 'gate' }), due('bad', { kind: 'gate' }), due('a')],
    ])
    const { caretaker, woken } = kept('gate')
    driver.caretakers.push(caretaker)
    expect((await sweep()).ids).toEqual(['a'])
    expect(woken).toEqual(['g', 'bad'])
    expect(log).toEqual(['error gate "bad" cannot be looked after here: broken'])
    expect(asked[0]).toMatchObject({
      kinds: ['run', 'gate'],
      serves: [
        { workflowId: 'w', graphHash: 'h' },
        { workflowId: '', graphHash: '' },
        { workflowId: 'w', graphHash: '' },
      ],
    })
  })

  it('take no room', async () => {
    const { sweep, driver, asked } = process([])
    await sweep(0)
    expect(asked).toEqual([])
    driver.caretakers.push(kept('gate').caretaker)
    expect((await sweep(0)).full).toBe(false)
    expect(kinds(asked)).toEqual(['gate 100'])
  })

  it('with which nobody here is concerned are asked for now and then', async () => {
    const { sweep, driver, asked } = process([])
    driver.caretakers.push(kept('mailbox', false).caretaker, kept('gate', true).caretaker)
    for (let count = 0; count < 21; count += 1) await sweep(10)
    const all = asked.flatMap((one, nth) => (one.kinds?.includes('mailbox') ? [nth] : []))
    // Beside them, two looks for runs of other graphs.
    expect(all).toEqual([0, 22])
    await sweep(10, true)
    expect(asked.at(-2)?.kinds).toEqual(['run', 'mailbox', 'gate'])
  })

  it('can be asked for alone', async () => {
    const { sweeper, driver, asked } = process([[due('g', { kind: 'gate' })]])
    const { caretaker, woken } = kept('gate')
    driver.caretakers.push(caretaker)
    expect(await sweeper.wakeKept([], 3)).toEqual([])
    expect(asked).toEqual([])
    expect(await sweeper.wakeKept(['gate'], 3)).toHaveLength(1)
    expect(woken).toEqual(['g'])
    expect(asked[0]).toMatchObject({ kinds: ['gate'], limit: 3, holdMs: LEASE_MS })
  })

  it('may lead to runs that begin', async () => {
    const { sweep, driver } = process([])
    const begun = driver.live('begun')
    driver.caretakers.push({ kind: 'gate', wake: async () => undefined, begun: () => [begun as never] })
    expect((await sweep()).ids).toEqual(['begun'])
  })
})

describe('a look into one run', () => {
  it('goes on with it when who holds it is gone', async () => {
    const { sweeper, driver, dead, runs, heard } = process([], { a: { holders: ['other'] } })
    await sweeper.look(driver.live('a') as never)
    expect([runs.get('a')?.pokes, heard]).toEqual([0, [['other']]])
    dead.add('other')
    await sweeper.look(driver.live('a') as never)
    expect(runs.get('a')?.pokes).toBe(1)
  })

  it('comes to nothing where nobody else holds it', async () => {
    const { sweeper, driver, runs, heard } = process([])
    await sweeper.look(driver.live('a') as never)
    expect([runs.get('a')?.pokes, heard]).toEqual([0, []])
  })

  it('that fails is made again by whoever goes on', async () => {
    const { sweeper, driver, runs } = process([])
    const run = Object.assign(driver.live('a'), { read: () => Promise.reject(new Error('no answer')) })
    await sweeper.look(run as never)
    expect(runs.get('a')?.pokes).toBe(1)
  })
})
