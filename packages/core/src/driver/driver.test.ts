import { describe, expect, it } from 'vitest'
import { Driver } from './driver.js'

const workflow = (id: string) => ({ id, hash: `hash of ${id}`, options: {}, functions: new Map() })

/** A process without a storage, whose clock stands where the test puts it. */
function driverOf({ workflows = [workflow('w')] as readonly object[] } = {}) {
  const clock = { at: 1_000 }
  const timers: { readonly ms: number; readonly wake: () => void; isOff: boolean }[] = []
  const settings = {
    ...{ storage: undefined, workflows, cacheRuns: 2, witness: undefined, namespace: 'n' },
    newSession: () => 'session',
    logger: { warn: () => undefined, error: () => undefined },
    clock: {
      now: () => clock.at,
      after(ms: number, wake: () => void) {
        const timer = { ms, wake, isOff: false }
        timers.push(timer)
        return () => {
          timer.isOff = true
        }
      },
    },
  }
  return { driver: new Driver(settings as never), clock, timers }
}

describe('the workflows of a process', () => {
  it('are known by their ids', () => {
    const own = workflow('w')
    const { driver } = driverOf({ workflows: [own] })
    expect([driver.has('w'), driver.has('v')]).toEqual([true, false])
    expect(driver.program('w').workflow).toBe(own)
    expect([driver.serves(own as never), driver.serves(workflow('w') as never)]).toEqual([true, false])
    expect(driver.served()).toEqual([{ workflowId: 'w', graphHash: 'hash of w' }])
    expect(() => driver.program('v')).toThrow('workflow "v" is not registered')
  })

  it('have ids of their own', () => {
    const own = workflow('w')
    const { driver } = driverOf({ workflows: [own, own] })
    expect(() => driver.register(workflow('w') as never)).toThrow('two workflows have the id "w"')
  })
})

describe('the time of the storage', () => {
  it('is ours until we hear of it', () => {
    const { driver } = driverOf()
    expect([driver.skewMs, driver.knowsTime]).toEqual([0, false])
    driver.tellTime(1_500)
    expect([driver.skewMs, driver.knowsTime]).toEqual([500, true])
    driver.tellTime(900)
    expect(driver.skewMs).toBe(-100)
  })

  it('is no earlier than what has come', () => {
    const { driver } = driverOf()
    driver.isLaterThan(1_200)
    expect(driver.skewMs).toBe(200)
    driver.isLaterThan(1_100)
    expect(driver.skewMs).toBe(200)
  })
})

describe('who waits for something', () => {
  it('hears when a run has nothing to do and it has come about', async () => {
    const { driver, timers } = driverOf()
    let holds = false
    let isOver = false
    const run = { runId: 'r', known: { hasEnded: false } } as never
    void driver
      .until(() => holds, 50)
      .then(() => {
        isOver = true
      })
    driver.rested(run)
    await Promise.resolve()
    expect(isOver).toBe(false)
    holds = true
    driver.rested(run)
    await new Promise((resolve) => setImmediate(resolve))
    expect([isOver, timers.map(({ ms, isOff }) => [ms, isOff])]).toEqual([true, [[50, true]]])
  })

  it('does not wait for what is so, nor for no time, nor after the end', async () => {
    const { driver, timers } = driverOf()
    await driver.until(() => true, 50)
    await driver.until(() => false, 0)
    driver.gone = true
    await driver.until(() => false, 50)
    expect(timers).toEqual([])
  })

  it('waits no longer than it says', async () => {
    const { driver, timers } = driverOf()
    const waiting = driver.until(() => false, 50)
    timers[0]?.wake()
    await expect(waiting).resolves.toBeUndefined()
  })
})

describe('a process', () => {
  it('names each commit by its session', () => {
    const { driver } = driverOf()
    expect([driver.session, driver.commitId(), driver.commitId()]).toEqual(['session', 'session.1', 'session.2'])
  })

  it('lets others have their turn each two hundred times, and all of its runs wait until they have had it', async () => {
    const { driver } = driverOf()
    const turns = () => Array.from({ length: 250 }, () => driver.breathe())
    for (let round = 0; round < 2; round += 1) {
      const breaths = turns()
      expect(breaths.findIndex((breath) => breath !== undefined)).toBe(199)
      expect(new Set(breaths.slice(199)).size).toBe(1)
      await breaths[199]
    }
  })

  it('takes nothing on after its close', async () => {
    const { driver } = driverOf()
    await Promise.all([driver.close(0), driver.close(0)])
    expect([driver.closed, driver.releasing, driver.gone]).toEqual([true, true, true])
    expect(() => driver.live('r', 'w')).toThrow('the engine was closed')
    await expect(driver.hand('r', 'w')).resolves.toBeUndefined()
  })

  it('takes no run of a workflow that it has not', async () => {
    const { driver } = driverOf()
    await driver.hand('r', 'unknown')
    expect([...driver.all()]).toEqual([])
    driver.tell('r', 7)
    expect(driver.seen('r')).toBe(0)
  })
})
