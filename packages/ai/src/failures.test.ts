import { NonRetryableError, TripWire } from '@wf/core'
import { expect, it } from 'vitest'
import { failureOf, tripWireIn } from './failures.js'
import { Transcript } from './transcript.js'

const wire = new TripWire('enough')

it.each([
  ['itself', wire],
  ['a cause of a cause', new Error('a', { cause: new Error('b', { cause: wire }) })],
  ['the last error of several', Object.assign(new Error('a'), { lastError: wire, errors: [new Error('b'), wire] })],
  ['one of several', new AggregateError([new Error('a'), wire])],
  ['what a tool has thrown', { steps: [{ content: [{ type: 'text' }, { type: 'tool-error', error: wire }] }] }],
])('a TripWire is found: %s', (_, error) => {
  expect(tripWireIn(error)).toBe(wire)
  expect(failureOf(error)).toBe(wire)
})

it('where there is none, none is found', () => {
  const circle = new Error('a')
  circle.cause = circle
  const hostile = {
    get cause() {
      throw new Error('no')
    },
  }
  for (const error of [undefined, null, 'a', circle, hostile]) {
    expect(tripWireIn(error)).toBe(undefined)
    expect(failureOf(error)).toBe(error)
  }
})

it('what the SDK knows to be in vain is marked', () => {
  const refused = Object.assign(new Error('refused'), { isRetryable: false })
  expect(failureOf(refused)).toBe(refused)
  expect(refused).toMatchObject({ nonRetryable: true })
  const given = Object.assign(new Error('twice'), { lastError: Object.assign(new Error('a'), { isRetryable: false }) })
  expect(failureOf(given)).toMatchObject({ nonRetryable: true })
  const busy = Object.assign(new Error('busy'), { isRetryable: true })
  expect(failureOf(busy)).not.toHaveProperty('nonRetryable')
  const frozen = Object.freeze(Object.assign(new Error('frozen'), { isRetryable: false }))
  expect(failureOf(frozen)).toBe(frozen)
  const own = new NonRetryableError('own')
  expect(failureOf(own)).toBe(own)
})

const endOf = (...chunks: readonly unknown[]): unknown => {
  const transcript = new Transcript()
  try {
    for (const chunk of chunks) transcript.hear(chunk)
    transcript.check()
  } catch (error) {
    return error
  }
  return undefined
}

it('a stream fails with the error that it ends with', () => {
  const error = new Error('broken')
  expect(endOf({ type: 'error', error })).toBe(error)
  expect(endOf({ type: 'error', error }, { type: 'finish-step', finishReason: 'error' })).toBe(error)
  expect(endOf({ type: 'error', error }, { type: 'start-step' }, { type: 'finish-step' })).toBe(undefined)
  expect(endOf({ type: 'error', error }, { type: 'finish-step', finishReason: 'stop' })).toBe(undefined)
  expect(endOf({ type: 'error', error }, { type: 'abort' })).toBe(error)
  expect(endOf({ type: 'error', error: new Error('around', { cause: wire }) })).toBe(wire)
  expect(endOf({ type: 'text-delta' }, 'odd', null)).toBe(undefined)
})

it('a stream that was aborted by somebody else fails', () => {
  expect(endOf({ type: 'abort', reason: 'too slow' })).toMatchObject({ message: 'the agent was aborted: too slow' })
  expect(endOf({ type: 'abort' })).toMatchObject({ message: 'the agent was aborted' })
})

it('a model that breaks off has said nothing', () => {
  expect(endOf({ type: 'finish-step', finishReason: 'interrupted' })).toMatchObject({
    message: expect.stringContaining('broke off'),
  })
})

it('an agent that takes no transforms is stopped by its chunks', () => {
  expect(endOf({ type: 'tool-error', error: wire }, { type: 'finish' })).toBe(wire)
  expect(endOf({ type: 'tool-error', error: new Error('a') })).toBe(undefined)
})

it('what a model was asked is left out of errors, however deep', () => {
  const called = Object.assign(new Error('503'), { statusCode: 503, requestBodyValues: { prompt: 'hush' } })
  const retried = Object.assign(new Error('retried'), {
    lastError: called,
    errors: [called],
    requestBodyValues: 'hush',
  })
  expect(failureOf(retried)).toBe(retried)
  expect([Object.keys(retried), Object.keys(called)]).toEqual([['lastError', 'errors'], ['statusCode']])
})
