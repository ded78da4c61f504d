import { expect, it } from 'vitest'
import { readHint, writeHint } from './hint.js'

it.each(['plain-1', 'with "quotes"', 'back\\slash', 'line\nbreak', 'ü 😀', '\ud800', '\u2028', '\u007f'])(
  'reads the ids that were written: %j',
  (id) => {
    const event = { type: 'workflow.step.end', runId: id, workflowId: id, version: 7, at: '2.0', step: id } as const
    expect(readHint(writeHint(event))).toEqual({ v: 1, ...event })
  },
)

it('leaves out what is not there', () => {
  const event = { type: 'workflow.start', runId: 'run', workflowId: 'flow', version: 1 } as const
  expect(writeHint(event)).toBe('{"v":1,"type":"workflow.start","runId":"run","workflowId":"flow","version":1}')
})
