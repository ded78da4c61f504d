import { describe, expect, it } from 'vitest'
import { checkSeed } from './check-seed.ts'
import { idsIn, type Plan } from './plan.ts'
import type { playCase } from './play-case.ts'
import { emptyRandomTally } from './random-tally.ts'

/** Nothing is wrong with it that is, but with each plan that has a sleep somewhere. */
const noSleeps: typeof playCase = async (_, { plan }) =>
  hasSleep(plan) ? { where: 'nowhere', why: 'there is a sleep', violations: 1 } : undefined

const hasSleep = ({ flow }: Plan): boolean => idsIn(flow).some((id) => id.startsWith('sleep'))

async function failing(): Promise<{ readonly seed: number; readonly text: string }> {
  for (let seed = 1; ; seed += 1) {
    const tally = emptyRandomTally()
    await checkSeed({ seed, shrinkMs: 10_000, play: noSleeps }, tally)
    const [text] = tally.failures
    if (text === undefined) continue
    expect(tally).toMatchObject({ seeds: 1, violations: 1, failedSeeds: [seed] })
    return { seed, text }
  }
}

describe('a seed that fails', () => {
  it('is made as small as it can be, and told with what plays it again', async () => {
    const { seed, text } = await failing()
    const lines = text.split('\n')
    expect(lines.slice(0, 4)).toEqual([
      `seed ${seed}: nowhere`,
      'there is a sleep',
      'workflow, retries 2; moves ; faults 1 times ',
      '  sleep 1: says for',
    ])
    expect(text).toContain(`pnpm simulate --random --from ${seed} --seeds 1`)
    const path = /--path (\S+)$/.exec(text)?.[1]
    const tally = emptyRandomTally()
    const seen: Plan[] = []
    const play: typeof playCase = (number, one, told) => {
      seen.push(one.plan)
      return noSleeps(number, one, told)
    }
    await checkSeed({ seed, path, play }, tally)
    expect(seen[0]?.flow[0]).toMatchObject({ kind: 'sleep', ms: 0 })
    expect(tally.failedSeeds).toEqual([seed])
  })

  it('is not made smaller when nobody asks for it', async () => {
    const { seed } = await failing()
    let plays = 0
    const play: typeof playCase = (number, one, told) => {
      plays += 1
      return noSleeps(number, one, told)
    }
    await checkSeed({ seed, play }, emptyRandomTally())
    expect(plays).toBe(1)
  })

  it('is shown as it is where no time is left to make it smaller', async () => {
    const { seed } = await failing()
    const tally = emptyRandomTally()
    await checkSeed({ seed, shrinkMs: 0, play: noSleeps }, tally)
    expect(tally.failures).toEqual([expect.stringContaining('as it is shown, 0 times made smaller')])
  })
})

describe('a seed with which nothing is wrong', () => {
  it('does not fail because it takes long', async () => {
    const tally = emptyRandomTally()
    await checkSeed({ seed: 1, shrinkMs: 0, play: async () => undefined }, tally)
    expect(tally).toMatchObject({ seeds: 1, failedSeeds: [], failures: [] })
  })
})
