import { describe, expect, it } from 'vitest'
import { WorkflowError } from '../errors/index.js'
import { fired } from './fired.js'
import type { Fact } from './fold.js'

const workflow = { kind: 'workflow', id: 'w', workflowId: 'w', graph: { timeoutMs: 50 } }
const step = { path: '0', node: { kind: 'waitForEvent', id: 'a' }, parent: { node: workflow } }

/** What is written when this timer fires in a run with these waits; `valued` writes down an error. */
function factOf(
  timer: object,
  waits: object = {},
  valued = (event: object, error: unknown): unknown => ({ event, error }),
) {
  const bench = { recorder: { plain: (event: object) => ({ event }), valued }, around: { runId: 'r' } }
  return fired(bench as never, { waits: new Map(Object.entries(waits)) } as never, timer as never) as unknown as
    | Fact
    | Promise<Fact>
}

const event = (key: string) => ({ type: 'timer-fired', at: key })

describe('a moment that has come', () => {
  it('is a fact without more to it', () => {
    for (const what of ['wake', 'retry'])
      expect(factOf({ key: '0/x', what, frame: step })).toEqual({ event: event('0/x') })
    expect(factOf({ key: '0/x', what: 'timeout', frame: step })).toEqual({ event: event('0/x') })
  })

  it('ends a workflow with an error that says after how long', () => {
    const timer = { key: '/timeout', what: 'timeout', frame: { path: '', node: workflow, parent: undefined } }
    expect(factOf(timer)).toMatchObject({
      event: event('/timeout'),
      error: {
        code: 'WF_TIMEOUT',
        workflowId: 'w',
        runId: 'r',
        message: expect.stringContaining('workflow "w" did not end within 50 ms'),
      },
    })
  })

  it('ends a wait for an event with an error, unless that is to go on with nothing', () => {
    const timer = { key: '0/event', what: 'event', frame: step, due: { delayMs: 9 } }
    const wait = { frame: step, name: 'e', key: '' }
    const told = factOf(timer, { '0': wait })
    expect(told).toMatchObject({ error: { code: 'WF_EVENT_TIMEOUT', workflowId: 'w', stepId: 'a', runId: 'r' } })
    expect((told as unknown as { error: Error }).error.message).toContain(
      'waited 9 ms for the event "e", and none came',
    )
    const keyed = factOf(timer, { '0': { ...wait, key: 'k' } })
    expect((keyed as unknown as { error: Error }).error.message).toContain('"e" with the key "k"')
    expect(factOf(timer, { '0': { ...wait, orNull: true } })).toEqual({ event: event('0/event') })
    expect(factOf(timer)).toEqual({ event: event('0/event') })
  })

  it('has come also where its error cannot be written down', async () => {
    const timer = { key: '/timeout', what: 'timeout', frame: { path: '', node: workflow, parent: undefined } }
    const refusing = async () => {
      throw new WorkflowError('WF_STORAGE', 'no key')
    }
    expect(await factOf(timer, {}, refusing)).toEqual({ event: event('/timeout') })
    expect(await factOf(timer, {}, async (of) => ({ event: of, later: true }))).toEqual({
      ...{ event: event('/timeout'), later: true },
    })
  })
})
