import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Dice } from '../../test/machine/dice.js'
import { play } from '../../test/machine/play.js'
import { type Committed, RandomDriver } from '../../test/machine/random-driver.js'
import { randomGraph } from '../../test/machine/random-graph.js'
import { expectSame, pictureOf } from '../../test/machine/recorded-run.js'
import type { Graph } from '../graph/node.js'
import { initialState, loadState, packState, refOf, Turn, transition, unpackState } from './index.js'

const RUNS = Number(process.env.WF_RUNS ?? 100)

const decisions = (most: number) => fc.noBias(fc.array(fc.nat({ max: 5039 }), { maxLength: most, size: 'max' }))
const cases = fc.record({ shape: decisions(150), moves: decisions(1000) })

interface Case {
  readonly shape: number[]
  readonly moves: number[]
}

interface How {
  readonly travels: boolean
  readonly checks?: true
}

function driven({ shape, moves }: Case, { travels, checks }: How): RandomDriver {
  const run = play(randomGraph(new Dice(shape)), { parses: false, checks: checks === true })
  const driver = new RandomDriver(run, new Dice(moves), { travels })
  driver.go()
  return driver
}

/** Folds as whoever writes a commit does: first without its stamp, and again if that assumed too much. */
function foldOwn(turn: Turn, version: number, { at, event }: Committed): boolean {
  turn.begin({ at: Number.NaN })
  turn.ref = refOf(version, 0)
  const effect = transition(turn, event)
  turn.stamp.at = at
  if (turn.holds()) return effect
  turn.undo.rollback()
  turn.begin({ at })
  return transition(turn, event)
}

function refold(turn: Turn, journal: readonly Committed[], after = 0): readonly boolean[] {
  return journal.slice(after).map((committed, index) => foldOwn(turn, after + index + 1, committed))
}

const effects = (journal: readonly Committed[]) => journal.map(({ effect }) => effect)

/** Where a checkpoint is taken must not matter. */
function viaCheckpoint(graph: Graph, journal: readonly Committed[], at: number): Turn {
  const turn = new Turn(initialState(graph))
  refold(turn, journal.slice(0, at))
  return new Turn(loadState(graph, JSON.parse(pictureOf(turn.state)).saved))
}

/** And so must not where it is put away. */
function viaPacked(graph: Graph, journal: readonly Committed[], at: number): Turn {
  const turn = new Turn(initialState(graph))
  refold(turn, journal.slice(0, at))
  return new Turn(unpackState(graph, packState(turn.state), {}))
}

describe.each([
  ['any run of any graph', false],
  ['any run that travels in time, again and again', true],
])('%s', (_what, travels) => {
  it('can be taken back at each commit, saved and loaded, contradicts itself nowhere and comes to a clean end', () =>
    fc.assert(
      fc.property(cases, (given) => {
        const driver = driven(given, { travels, checks: true })
        driver.finish()
        const { state } = driver.run
        const left = [
          state.timers.size,
          state.waits.size,
          state.unplaced.size,
          state.suspended.size,
          state.root.children,
          state.root.busy,
        ]
        expect(left).toEqual([0, 0, 0, 0, undefined, 0])
        const statuses = Object.values(driver.run.statuses())
        expect(statuses.filter((status) => status === 'running' || status === 'waiting')).toEqual([])
      }),
      { numRuns: RUNS / 4 },
    ))

  it('folds to the same state from the same journal, whoever folds it', () =>
    fc.assert(
      fc.property(cases, (given) => {
        const { run, journal } = driven(given, { travels })
        const turn = new Turn(initialState(run.graph))
        expect(refold(turn, journal)).toEqual(effects(journal))
        expectSame(pictureOf(turn.state), pictureOf(run.state))
      }),
      { numRuns: RUNS },
    ))

  it.each([
    ['from a checkpoint as if there had been none', viaCheckpoint],
    ['from a text as if it had been there all the time', viaPacked],
  ])('goes on %s', (_from, via) =>
    fc.assert(
      fc.property(cases, fc.nat(), (given, place) => {
        const { run, journal } = driven(given, { travels })
        const at = place % (journal.length + 1)
        const turn = via(run.graph, journal, at)
        expect(refold(turn, journal, at)).toEqual(effects(journal).slice(at))
        expectSame(pictureOf(turn.state), pictureOf(run.state))
      }),
      { numRuns: RUNS },
    ),
  )
})
