import { scenarios } from '@wf/parity-tests'
import { type FaultPlan, mixedPlan, planOf } from '@wf/parity-tests/simulator'
import { describe, expect, it } from 'vitest'
import { type Play, playOf, playOne } from './play-seed.ts'
import { playIn, textOfPlay } from './play-text.ts'
import { type Failing, shrinkPlay } from './shrink-play.ts'
import { tellFailure } from './tell-failure.ts'

const scenario = scenarios.find(({ id }) => id === 'parallel.two-members') ?? expect.unreachable('it was renamed')

const play: Play = {
  seed: 7,
  scenario,
  staff: 'evented',
  dispatch: 'always-publish',
  cold: true,
  clientWorks: false,
  workers: 4,
  plan: mixedPlan,
}

/** Some forty times each, in two thousand occurrences. */
const injected = Object.fromEntries(Object.keys(mixedPlan.rates).map((kind) => [kind, 40]))

const judgementOf = (isFailed: boolean): Failing => ({
  verdict: isFailed ? 'failed' : 'passed',
  why: isFailed ? 'as planted' : undefined,
  played: { hash: () => '', occurrences: 2_000, injected, strikes: [], elapsed: 0, trace: [], left: [] },
  tell: async () => 'a story',
})

const planted = (fails: (play: Play) => boolean) => async (one: Play) => judgementOf(fails(one))

const least = async (fails: (play: Play) => boolean) =>
  (await shrinkPlay(play, judgementOf(true), { ms: 60_000, play: planted(fails) })).play

const kinds = ({ rates }: FaultPlan): readonly string[] => Object.keys(rates)

describe('a play that fails', () => {
  it('is left with nothing where it needs nothing', async () => {
    const { plan, ...others } = await least(() => true)
    expect(others).toMatchObject({ seed: 7, scenario, workers: 1, cold: false, dispatch: 'local-first' })
    expect(plan).toEqual({ rates: {}, most: {} })
  })

  it('keeps the kinds of fault, the processes and the moments that it takes', async () => {
    const isLate = ({ healAfter = 2_000, most }: FaultPlan): boolean => healAfter >= 300 && (most?.drop ?? 40) >= 5
    const { plan, workers } = await least(
      ({ plan, workers }) =>
        kinds(plan).includes('drop') && kinds(plan).includes('kill') && workers > 1 && isLate(plan),
    )
    expect(kinds(plan).toSorted()).toEqual(['drop', 'kill'])
    expect(plan.rates.drop).toBe(mixedPlan.rates.drop)
    expect(workers).toBe(2)
    expect(plan.most).toMatchObject({ kill: 1, drop: 5 })
    expect(plan.healAfter).toBeGreaterThanOrEqual(300)
    expect(plan.healAfter).toBeLessThan(334)
  })

  it('is shown as it is when the time is over', async () => {
    let now = 0
    const slow = async (one: Play) => {
      now += 10
      return planted(() => true)(one)
    }
    const shrunk = await shrinkPlay(play, judgementOf(true), { ms: 30, now: () => now, play: slow })
    expect(shrunk.times).toBe(3)
    expect(kinds(shrunk.play.plan).length).toBe(kinds(mixedPlan).length - 3)
  })
})

describe('a play that fails in its world', () => {
  /** Comes to what it should, and is taken amiss wherever a hint may get lost. */
  const amiss: typeof scenario = {
    ...scenario,
    play: async (stage) => {
      await scenario.play(stage)
      if (stage.losesHints) throw new Error('hints may get lost')
    },
  }
  const failing: Play = {
    ...playOf(11),
    scenario: amiss,
    staff: 'evented',
    workers: 4,
    plan: planOf(['drop', 'slow'], 2),
  }

  it('is told with its least form, its journals and the command that plays just that again', async () => {
    const judgement = await playOne(failing)
    expect(judgement.verdict).toBe('failed')
    expect(await judgement.tell()).toMatch(/\n *\d+ ms {2}p1.w\d +! drop( \d+ times)?\n/)
    const text = await tellFailure(failing, judgement, { ms: 60_000 })
    expect(text).toMatch(/^seed 11: parallel.two-members on 4 × evented/)
    expect(text).toMatch(
      /\nmade smaller \d+ times: seed 11: parallel.two-members on 1 × evented.*"rates":\{"drop":0.4\}/,
    )
    expect(text).toMatch(/\nrun "p1-2" of "both": success\n/)
    expect(text).toMatch(/\n *0 ms {2}p1 +1: run-started; graph-recorded\n/)
    expect(text).toMatch(/\n *\d+ ms {2}p1.w1 +\d: step-succeeded plus \[0.0\]/)
    const command = /\nas it is shown: pnpm simulate --play '(.*)'$/.exec(text)?.[1] ?? ''
    const least = playIn(command)
    expect(least).toMatchObject({ seed: 11, scenario, workers: 1, plan: { rates: { drop: 0.4 } } })
    const again = await playOne({ ...least, scenario: amiss })
    expect(again.verdict).toBe('failed')
    expect(text).toContain(again.why)
    expect(text).toContain(await again.tell())
  })

  it('is not made smaller when nobody asks for it', async () => {
    const text = await tellFailure(failing, await playOne(failing))
    expect(text).toContain(`pnpm simulate --play '${textOfPlay(failing)}'`)
    expect(text).not.toContain('made smaller')
  })
})

describe('a play as text', () => {
  it('is read as it was written', () => {
    for (const one of [play, playOf(1), playOf(4_711)]) expect(playIn(textOfPlay(one))).toEqual(one)
  })

  const changed = (change: object): string => JSON.stringify({ ...JSON.parse(textOfPlay(play)), ...change })

  it.each([
    ['is not JSON', '{'],
    ['--play must be an object', '[]'],
    ['no scenario is called "none"', changed({ scenario: 'none' })],
    ['"seed" must be a whole number, not "one"', changed({ seed: 'one' })],
    ['"workers" must be a whole number', changed({ workers: 1.5 })],
    ['"staff" must be one of "evented"', changed({ staff: 'none' })],
    ['"dispatch" must be one of "local-first"', changed({ dispatch: undefined })],
    ['"cold" must be one of true, false', changed({ cold: 1 })],
    ['"plan" must be an object', changed({ plan: null })],
    ['"plan" must be one of "kill"', changed({ plan: { rates: { typo: 1 } } })],
    ['"kill" in "plan" must be a number', changed({ plan: { rates: { kill: 'often' } } })],
  ])('is refused: %s', (why, text) => expect(() => playIn(text)).toThrow(why))
})
