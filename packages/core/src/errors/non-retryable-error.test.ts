import { describe, expect, it } from 'vitest'
import { isNonRetryable, NonRetryableError } from './index.js'

describe('isNonRetryable', () => {
  it('knows the class, with an empty message, a cause and in subclasses', () => {
    class Fatal extends NonRetryableError {}
    expect(isNonRetryable(new NonRetryableError())).toBe(true)
    expect(isNonRetryable(new Fatal('x', { cause: 1 }))).toBe(true)
    expect(new NonRetryableError().name).toBe('NonRetryableError')
    expect(new NonRetryableError('x', { cause: 1 }).cause).toBe(1)
  })

  it('knows another copy by its mark, and anything with an own nonRetryable: true', () => {
    const copy = Object.create({ [Symbol.for('@wf/core/non-retryable-error')]: true })
    expect(isNonRetryable(copy)).toBe(true)
    expect(isNonRetryable(Object.assign(new Error('x'), { nonRetryable: true }))).toBe(true)
  })

  it.each([
    undefined,
    'x',
    new Error('x'),
    Object.assign(new Error('x'), { nonRetryable: 'yes' }),
    Object.create({ nonRetryable: true }),
  ])('refuses %s', (value) => {
    expect(isNonRetryable(value)).toBe(false)
  })
})
