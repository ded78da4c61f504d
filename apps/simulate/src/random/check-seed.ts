import fc from 'fast-check'
import { count } from '../play-seeds.ts'
import { type Case, cases } from './arbitrary.ts'
import { playCase, type Wrong } from './play-case.ts'
import type { RandomTally } from './random-tally.ts'
import { tellCase } from './tell.ts'

export interface Seed {
  readonly seed: number
  /** How long a case that fails may be made smaller. Default: it is shown as it is. */
  readonly shrinkMs?: number
  /** Of a case that was made smaller: which of them. */
  readonly path?: string | undefined
  /** How a case is played. */
  readonly play?: typeof playCase
}

/** A case of a world that comes to anything but what it should. */
class WrongCase extends Error {
  readonly wrong: Wrong

  constructor(wrong: Wrong) {
    super(wrong.why)
    this.wrong = wrong
  }
}

/** Plays what a seed says; what came of it goes into the tally. Other plays, of smaller cases, are not counted. */
export async function checkSeed({ seed, shrinkMs, path, play = playCase }: Seed, tally: RandomTally): Promise<void> {
  let isFirst = true
  const property = fc.asyncProperty(cases, async (one: Case) => {
    const counts = isFirst
    isFirst = false
    const wrong = await play(seed, one, (_, { bodies, driven, orders, played }) => {
      if (!counts) return
      tally.runs += 1
      tally.steps += bodies
      tally.rests += driven?.outcomes.length ?? 0
      tally.otherOrders += orders > 1 ? 1 : 0
      tally.occurrences += played.occurrences
      count(tally.ends, driven?.outcomes.at(-1)?.status ?? 'none', 1)
      for (const [kind, times] of Object.entries(played.injected)) count(tally.faults, kind, times)
    })
    if (!wrong) return
    if (counts) tally.violations += wrong.violations
    throw new WrongCase(wrong)
  })
  tally.seeds += 1
  const one = { seed, numRuns: 1, unbiased: true, ...(path === undefined ? {} : { path }) }
  // However long it takes; there is a limit only for what is made smaller.
  let checked = await fc.check(property, { ...one, endOnFailure: true })
  if (!checked.failed) return
  if (shrinkMs !== undefined) {
    const smaller = await fc.check(property, { ...one, interruptAfterTimeLimit: shrinkMs })
    if (smaller.counterexample) checked = smaller
  }
  tally.failedSeeds.push(seed)
  const [smallest] = checked.counterexample ?? []
  const { wrong } = (checked.errorInstance ?? {}) as Partial<WrongCase>
  const where = checked.counterexamplePath
  tally.failures.push(
    [
      `seed ${seed}: ${wrong ? wrong.where : 'an error of the simulator itself'}`,
      wrong?.why ?? String(checked.errorInstance),
      smallest ? tellCase(smallest) : '',
      `as it was: pnpm simulate --random --from ${seed} --seeds 1`,
      `as it is shown, ${checked.numShrinks} times made smaller: pnpm simulate --random --from ${seed} --path ${where}`,
    ].join('\n'),
  )
}
