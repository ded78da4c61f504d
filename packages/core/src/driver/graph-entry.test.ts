import { expect, it } from 'vitest'
import { graph, step } from '../../test/machine/graphs.js'
import { graphText } from '../graph/graph-text.js'
import { graphEntry, graphFact, isGraphFact } from './graph-entry.js'
import { journalLost, runClosed } from './run-errors.js'

const own = graph([step('a')])
const value = graphText(own)

it('a graph goes into a journal unless it takes more than a fourth of a commit', () => {
  const whole = { type: 'event', fact: graphFact('h'), value }
  expect(graphEntry(own, 'h', undefined)).toEqual(whole)
  expect(graphEntry(own, 'h', 4 * value.length)).toEqual(whole)
  expect(graphEntry(own, 'h', 4 * value.length - 1)).toEqual({ type: 'event', fact: graphFact('h') })
})

it('its fact can be told from others', () => {
  expect(graphFact('h')).toBe('{"type":"graph-recorded","hash":"h"}')
  expect([isGraphFact(graphFact('h')), isGraphFact('{"type":"run-started"}')]).toEqual([true, false])
})

it('a run may turn out to be another or none', () => {
  expect(journalLost('r', 'gone')).toMatchObject({
    code: 'WF_UNKNOWN_RUN',
    runId: 'r',
    message: expect.stringContaining('deleted'),
  })
  expect(journalLost('r', 'diverged')).toMatchObject({ code: 'WF_STORAGE', runId: 'r' })
  expect(runClosed('r')).toMatchObject({ code: 'WF_CLOSED', runId: 'r' })
})
