import type { Engine, SentEvent } from '@wf/core'
import { createMemoryStorage } from '@wf/storage-memory'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

const paid = { name: 'paid', schema: z.object({ amount: z.number(), at: z.coerce.date().optional() }) }

let engine: Engine
beforeEach(() => {
  engine = createDefaultEngine({ workflows: [], storage: createMemoryStorage() })
})
afterEach(() => engine.close())

describe('an event that is sent', () => {
  it('is accepted once it is stored, and under its idempotency key only once', async () => {
    const first = await engine.sendEvent({ name: 'paid', key: 'order 5', payload: { amount: 5 }, idempotencyKey: 'p1' })
    expect(first).toEqual({ eventId: expect.any(String), status: 'accepted' })
    const again = await engine.sendEvent({ name: 'paid', key: 'order 5', payload: { amount: 5 }, idempotencyKey: 'p1' })
    expect(again).toEqual({ eventId: first.eventId, status: 'duplicate' })
    expect((await engine.sendEvent({ name: 'paid', key: 'order 5', idempotencyKey: 'p2' })).status).toBe('accepted')
  })

  it('is checked by the schema of its declaration', async () => {
    expect((await engine.sendEvent({ name: paid, payload: { amount: 5 } })).status).toBe('accepted')
    await expect(engine.sendEvent({ name: paid, payload: { amount: 'five' } as never })).rejects.toMatchObject({
      code: 'WF_EVENT_INVALID',
      field: 'payload',
      message: expect.stringMatching(/^event "paid": Event payload validation failed: \n- amount: /),
      cause: { issues: [{ path: ['amount'], message: expect.any(String) }] },
    })
    const later = z.number().refine(async (amount) => amount > 0)
    const declared = { name: 'paid', schema: later }
    expect((await engine.sendEvent({ name: declared, payload: 1 })).status).toBe('accepted')
    await expect(engine.sendEvent({ name: declared, payload: 0 })).rejects.toMatchObject({ code: 'WF_EVENT_INVALID' })
  })

  it('is refused where something cannot be stored', async () => {
    const payload = { call: () => undefined }
    await expect(engine.sendEvent({ name: 'paid', payload })).rejects.toMatchObject({ code: 'WF_NOT_SERIALIZABLE' })
  })

  it('is refused by an engine that was closed', async () => {
    await engine.close()
    await expect(engine.sendEvent({ name: 'paid' })).rejects.toMatchObject({ code: 'WF_CLOSED' })
  })

  it.each([
    ['name', {}],
    ['name', { name: '' }],
    ['name', { name: { name: 5 } }],
    ['name', { name: { name: 'paid', schema: {} } }],
    ['name', { name: null }],
    ['key', { name: 'paid', key: 5 }],
    ['runId', { name: 'paid', runId: '' }],
    ['idempotencyKey', { name: 'paid', idempotencyKey: '' }],
    ['broadcast', { name: 'paid', broadcast: 'yes' }],
    ['broadcast', { name: 'paid', runId: 'r', broadcast: true }],
    ['keepMs', { name: 'paid', keepMs: -1 }],
    ['keepMs', { name: 'paid', keepMs: Number.NaN }],
    ['keepMs', { name: 'paid', keepMs: 1e300 }],
    [undefined, null],
  ])('is refused for its %s: %j', async (field, event) => {
    const refused = engine.sendEvent(event as never)
    await expect(refused).rejects.toMatchObject({ code: 'WF_INVALID_OPTION', ...(field && { field }) })
  })
})

it('names the option of an engine that says how long events are kept', () => {
  expect(() => createDefaultEngine({ workflows: [], keepEventsMs: -5 })).toThrow(/`keepEventsMs` must be milliseconds/)
})

it('has the types of the declaration', () => {
  const send = (_: () => unknown): void => undefined
  send(() => expectTypeOf(engine.sendEvent({ name: 'paid' })).resolves.toEqualTypeOf<SentEvent>())
  send(() => engine.sendEvent({ name: 'paid', payload: { of: 'any kind' } }))
  send(() => engine.sendEvent({ name: paid, payload: { amount: 5, at: '2030-01-01' } }))
  // @ts-expect-error the payload does not fit
  send(() => engine.sendEvent({ name: paid, payload: { amount: 'five' } }))
  // @ts-expect-error the payload is missing
  send(() => engine.sendEvent({ name: paid }))
  send(() => engine.sendEvent({ name: { name: 'paid', schema: z.string().optional() } }))
  // @ts-expect-error there is no such option
  send(() => engine.sendEvent({ name: 'paid', after: 5 }))
})
