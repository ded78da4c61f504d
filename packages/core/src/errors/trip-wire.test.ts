import { expect, it } from 'vitest'
import { isNonRetryable, isTripWire, TripWire } from './index.js'

it('carries reason and options', () => {
  const wire = new TripWire('blocked', { retry: true, metadata: { score: 1 } })
  expect(wire).toMatchObject({ name: 'TripWire', message: 'blocked', reason: 'blocked' })
  expect(wire.options).toEqual({ retry: true, metadata: { score: 1 } })
  expect(new TripWire('blocked').options).toEqual({})
  expect(Object.hasOwn(wire, 'processorId')).toBe(false)
  expect(new TripWire('blocked', {}, 'moderation').processorId).toBe('moderation')
})

it('is known by its mark, and by nothing else', () => {
  expect(isTripWire(new TripWire(''))).toBe(true)
  expect(isTripWire(Object.create({ [Symbol.for('@wf/core/trip-wire')]: true }))).toBe(true)
  expect(isTripWire(Object.assign(new Error('x'), { name: 'TripWire' }))).toBe(false)
  expect(isTripWire(null)).toBe(false)
  expect(isNonRetryable(new TripWire('x'))).toBe(false)
})
