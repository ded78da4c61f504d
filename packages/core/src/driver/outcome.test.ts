import { describe, expect, it } from 'vitest'
import { SUSPENDED } from '../builder/interrupted.js'
import { createCodec } from '../codec/index.js'
import { NonRetryableError, TripWire, WorkflowError } from '../errors/index.js'
import type { Fact } from './fold.js'
import { type Desk, failureOf, outcomeOf, recordError } from './outcome.js'
import { Recorder } from './recorder.js'
import type { Remains } from './remains.js'
import { TrackedContext } from './scene.js'

const around = { node: { kind: 'workflow', id: 'w', workflowId: 'w' }, parent: undefined }
const frame = { node: { kind: 'step', id: 'a' }, parent: around }

/** Where a step writes down what it came to, without a storage: facts have their values as they were given. */
function desk({ claim = 7 as number | undefined, recorder = undefined as object | undefined } = {}) {
  const told: unknown[] = []
  const redaction = {
    error: (error: Error, about: unknown) => {
      told.push(about)
      return error
    },
  }
  const own = recorder ?? new Recorder(createCodec(), { namespace: 'n', runId: 'r' }, false)
  const made = {
    at: '0',
    claim,
    recorder: own,
    around: { redaction, runId: 'r' },
    activity: { frame },
    random: () => 0.5,
  }
  return { desk: made as unknown as Desk, told }
}

/** What is left of an attempt, nothing unless it is said. */
const left = (more: Partial<Remains> = {}): Remains => ({
  ...{ asked: undefined, state: undefined, context: undefined, secrets: undefined },
  ...more,
})

const events = async (facts: readonly Fact[] | Promise<readonly Fact[]>) =>
  (await facts).map(({ event, value }) => (value === undefined ? event : [event, value]))

describe('a body that returned', () => {
  it('has succeeded with what it returned, at once', async () => {
    const facts = outcomeOf(desk().desk, left(), { x: 1 })
    expect(facts).not.toBeInstanceOf(Promise)
    expect(await events(facts)).toEqual([[{ type: 'step-succeeded', at: '0', claim: 7, value: true }, { x: 1 }]])
    const unclaimed = { ...desk().desk, claim: undefined }
    expect(await events(outcomeOf(unclaimed, left(), undefined))).toEqual([{ type: 'step-succeeded', at: '0' }])
  })

  it('is told behind what it has changed', async () => {
    const context = new TrackedContext([['gone', 1]])
    context.set('k', 2)
    context.delete('gone')
    expect(await events(outcomeOf(desk().desk, left({ state: { n: 1 }, context }), 'out'))).toEqual([
      [{ type: 'state-set', at: '0', claim: 7, keys: ['n'], value: true }, { n: 1 }],
      [{ type: 'context-set', at: '0', claim: 7, keys: ['k'], deleted: ['gone'], value: true }, { k: 2 }],
      [{ type: 'step-succeeded', at: '0', claim: 7, value: true }, 'out'],
    ])
    const untouched = new TrackedContext([['k', 1]])
    expect(await events(outcomeOf(desk().desk, left({ context: untouched }), undefined))).toEqual([
      { type: 'step-succeeded', at: '0', claim: 7 },
    ])
  })

  it('may have asked for an early end', async () => {
    const asked = { kind: 'bail', value: 'early' } as never
    expect(await events(outcomeOf(desk().desk, left({ asked }), 'ignored'))).toEqual([
      [{ type: 'step-bailed', at: '0', claim: 7, value: true }, 'early'],
    ])
  })

  it('may have been suspended, with labels, an event that it waits for, and what it returned', async () => {
    const asked = { kind: 'suspend', value: 'why', labels: ['l'], awaits: { name: 'e', key: 'k' } } as never
    expect(await events(outcomeOf(desk().desk, left({ asked }), 'out'))).toEqual([
      [
        {
          ...{ type: 'step-suspended', at: '0', claim: 7, labels: ['l'] },
          ...{ awaits: { name: 'e', key: 'k' }, output: true, value: true },
        },
        { payload: 'why', output: 'out' },
      ],
    ])
    const bare = { kind: 'suspend', value: undefined, labels: [] } as never
    expect(await events(outcomeOf(desk().desk, left({ asked: bare }), SUSPENDED))).toEqual([
      [{ type: 'step-suspended', at: '0', claim: 7, value: true }, { payload: undefined }],
    ])
  })
})

describe('a body that threw', () => {
  const failed = { type: 'step-failed', at: '0', claim: 7 }

  it('may be tried again, unless it says otherwise', async () => {
    const error = new Error('broken')
    expect(await events(failureOf(desk().desk, error))).toEqual([[{ ...failed, chance: 0.5, value: true }, error]])
    const final = async (thrown: unknown, given = {}) => (await failureOf(desk().desk, thrown, given))[0]?.event
    expect(await final(error, { final: true })).toEqual({ ...failed, final: true, value: true })
    expect(await final(new NonRetryableError('x'))).toEqual({ ...failed, final: true, nonRetryable: true, value: true })
    expect(await final(new TripWire('x'))).toEqual({ ...failed, final: true, tripwire: true, value: true })
    expect(await final(new WorkflowError('WF_SECRET_EXPOSED', 'x'))).toEqual({ ...failed, final: true, value: true })
    expect(await final(new WorkflowError('WF_STEP_OUTPUT_INVALID', 'x'))).toMatchObject({ final: true })
    expect(await final(new WorkflowError('WF_CONFLICT', 'x'))).not.toHaveProperty('final')
  })

  it('has thrown an error, whatever it threw', async () => {
    const [fact] = await failureOf(desk().desk, 'text')
    expect(fact?.value).toBeInstanceOf(Error)
    expect(String(fact?.value)).toContain('text')
  })

  it('keeps the state that it had set, and nothing else', async () => {
    const context = new TrackedContext()
    context.set('k', 1)
    const facts = await failureOf(desk().desk, new Error('x'), { remains: left({ state: { n: 1 }, context }) })
    expect(facts.map(({ event }) => event.type)).toEqual(['state-set', 'step-failed'])
    const unwritable = await failureOf(desk().desk, new Error('x'), { remains: left({ state: { n: () => 1 } }) })
    expect(unwritable.map(({ event }) => event.type)).toEqual(['step-failed'])
  })
})

describe('an error that is recorded', () => {
  const event = { type: 'step-failed', at: '0' } as const

  it('goes through what leaves things out, which is told where it comes from', async () => {
    const { desk: one, told } = desk()
    await recordError(one, event, new Error('x'))
    expect(told).toEqual([{ kind: 'error', workflowId: 'w', stepId: 'a', runId: 'r' }])
  })

  it('is replaced where it cannot cross, and left out where nothing can', async () => {
    const error = Object.assign(new Error('m'.repeat(20_000)), { name: 'Mine', own: () => 1 })
    let refusals = 1
    const recorder = {
      plain: (of: object) => ({ event: of, value: undefined }),
      valued: async (of: object, value: unknown) => {
        refusals -= 1
        if (refusals >= 0) throw new Error('cannot cross')
        return { event: of, value }
      },
    }
    const { value } = await recordError(desk({ recorder }).desk, event, error)
    expect(value).toMatchObject({ name: 'Mine', message: 'm'.repeat(10_000), cause: { message: 'cannot cross' } })
    refusals = 2
    expect(await recordError(desk({ recorder }).desk, event, error)).toEqual({ event, value: undefined })
  })
})
