import { expect, it } from 'vitest'
import { graph, step } from '../../test/machine/graphs.js'
import { play } from '../../test/machine/play.js'
import { saveState } from './save.js'
import { transition } from './transition.js'

it('a recorded graph means nothing to a state', () => {
  const run = play(graph([step('a')]))
  run.start()
  const before = saveState(run.state)
  expect(transition(run.turn, { type: 'graph-recorded', hash: 'another' })).toBe(false)
  expect(saveState(run.state)).toEqual(before)
})
