import { describe, expect, it } from 'vitest'
import { planOf } from '../../src/simulator/index.js'
import { beginning, inWorld, journal } from './worlds.js'

/** What becomes of a commit whose process may be killed at each occurrence. */
const killedOnTheWay = (seed: number): Promise<string> =>
  inWorld([seed, { rates: { kill: 0.4 } }], async (world) => {
    const doomed = world.process('doomed', { mortal: true })
    let answered = false
    void doomed.storage.commit([beginning()]).then(() => {
      answered = true
    })
    await world.advance(1_000)
    const [slice] = await world.storage.load([{ journal }])
    return `${doomed.isAlive ? 'alive' : 'killed'}, ${slice ? 'written' : 'not written'}, ${answered ? 'answered' : 'not answered'}`
  })

describe('a world', () => {
  it('has one history for each seed', async () => {
    const play = (seed: number) =>
      inWorld([seed, planOf(['slow', 'fail-after', 'duplicate', 'delay'])], async (world) => {
        const processes = ['a', 'b', 'c'].map((name) => world.process(name, { mortal: true }))
        for (const { pubsub, name } of processes) {
          const take = async (): Promise<void> => world.trace.add(`${name} took one`)
          await world.settle(pubsub.subscribe('topic', {}, take))
        }
        await world.settle(
          Promise.allSettled(
            processes.flatMap(({ storage, pubsub, name }) => [
              storage.commit([beginning(name)]),
              pubsub.publish('topic', [name]),
            ]),
          ),
        )
        await world.advance(1_000)
        return world.trace.hash()
      })
    const hashes = await Promise.all([1, 1, 2, 3].map(play))
    expect(hashes[1]).toBe(hashes[0])
    expect(new Set(hashes).size).toBe(3)
  })

  it('lets a process be killed before its call arrives, and between that and the answer', async () => {
    const fates = new Set<string>()
    for (let seed = 0; seed < 40; seed += 1) fates.add(await killedOnTheWay(seed))
    expect([...fates].sort()).toEqual([
      'alive, written, answered',
      'killed, not written, not answered',
      'killed, written, not answered',
    ])
  })

  it('lets nothing of a killed process go on', () =>
    inWorld([1], async (world) => {
      const doomed = world.process('doomed')
      const other = world.process('other')
      const seen: string[] = []
      await world.settle(
        doomed.pubsub.subscribe('topic', {}, async (hints) => {
          seen.push(...hints)
        }),
      )
      doomed.clock.after(10, () => seen.push('timer'))
      doomed.kill()
      doomed.clock.after(20, () => seen.push('later timer'))
      void doomed.storage.commit([beginning()]).then(() => seen.push('commit'))
      await world.settle(other.pubsub.publish('topic', ['hint']))
      await world.advance(1_000)
      expect(seen).toEqual([])
      expect(await world.storage.load([{ journal }])).toEqual([undefined])
    }))

  it('holds back everything of a process that stands still, and lets it go on late', () =>
    inWorld([1], async (world) => {
      const zombie = world.process('zombie')
      const seen: string[] = []
      void zombie.storage.commit([beginning()]).then(() => seen.push(`answer ${world.elapsed}`))
      zombie.clock.after(10, () => seen.push(`timer ${world.elapsed}`))
      zombie.freeze()
      await world.advance(60_000)
      expect(seen).toEqual([])
      expect(await world.storage.load([{ journal }])).not.toEqual([undefined])
      zombie.thaw()
      await world.advance(0)
      expect(seen.sort()).toEqual(['answer 60000', 'timer 60000'])
    }))

  it('says what is pending when what is waited for cannot come', () =>
    inWorld([1], async (world) => {
      world.process('idle')
      world.process('still').freeze()
      const never = new Promise<never>(() => undefined)
      await expect(world.settle(never)).rejects.toThrow(
        /nothing is left to happen.*\nprocesses: idle \(alive\), still \(stands still\)\npending: 0/,
      )
    }))

  it('gives up what is waited for while something else goes on for ever', () =>
    inWorld([1], async (world) => {
      const { clock } = world.process('busy')
      const again = (): void => void clock.after(5, again)
      again()
      const never = new Promise<never>(() => undefined)
      await expect(world.settle(never)).rejects.toThrow(/after 5000 occurrences.*\n.*\npending: 1\n.* busy timer 5 ms/)
    }))

  it('leaves timers alone when a wall clock is wrong', () =>
    inWorld([1], async (world) => {
      const skewed = world.process('skewed')
      const { clock } = skewed
      const before = clock.now()
      let fired = 0
      clock.after(1_000, () => {
        fired = world.elapsed
      })
      skewed.jump(3_600_000)
      expect(clock.now() - before).toBe(3_600_000)
      await world.advance(999)
      expect(fired).toBe(0)
      await world.advance(1)
      expect(fired).toBe(1_000)
      expect(clock.now() - before).toBe(3_601_000)
    }))

  it('does not fail or date back what is asked from outside', () =>
    inWorld([1, { rates: { 'fail-read': 1, 'stale-read': 1, 'fail-before': 1 } }], async (world) => {
      const process = world.process('asked')
      process.spared += 1
      await world.settle(process.storage.commit([beginning()]))
      const [slice] = await world.settle(process.storage.load([{ journal }]))
      expect(slice?.header.head.version).toBe(1)
      process.spared -= 1
      await expect(world.settle(process.storage.load([{ journal }]))).rejects.toThrow('did not answer')
    }))
})
