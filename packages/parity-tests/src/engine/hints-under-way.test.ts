import { expect, it, vi } from 'vitest'
import { HintsUnderWay, type Member } from './hints-under-way.js'

function joined(hints: HintsUnderWay, topic = 't', ...[group]: readonly string[]): Member {
  const member = { isFull: false }
  hints.join(member, topic, group)
  return member
}

it('waits for what was sent to a group until one of it has got it', () => {
  const hints = new HintsUnderWay(1_000)
  const [one, other] = [joined(hints, 't', 'g'), joined(hints, 't', 'g')]
  expect(hints.areDue).toBe(false)
  hints.sent('t', ['a', 'a', 'b'])
  hints.arrived(one, ['a'])
  hints.arrived(other, ['b'])
  expect(hints.areDue).toBe(true)
  hints.arrived(other, ['a'])
  expect(hints.areDue).toBe(false)
})

it('waits for each subscriber without a group, and for nobody on other topics', () => {
  const hints = new HintsUnderWay(1_000)
  const [one, other] = [joined(hints), joined(hints)]
  joined(hints, 'u', 'g')
  hints.sent('t', ['a'])
  hints.arrived(one, ['a'])
  expect(hints.areDue).toBe(true)
  hints.leave(other)
  expect(hints.areDue).toBe(false)
})

it('waits for nobody who has no room, until there is some', () => {
  const hints = new HintsUnderWay(1_000)
  const member = joined(hints)
  hints.asked(member, 'later')
  hints.sent('t', ['a'])
  expect(hints.areDue).toBe(false)
  hints.asked(member, 3)
  expect(hints.areDue).toBe(true)
})

it('does not wait for what was not accepted', () => {
  const hints = new HintsUnderWay(1_000)
  joined(hints)
  hints.sent('t', ['a'])()
  expect(hints.areDue).toBe(false)
})

it('takes for lost what does not arrive in real time', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  try {
    const hints = new HintsUnderWay(1_000)
    joined(hints)
    hints.sent('t', ['a'])
    vi.advanceTimersByTime(999)
    expect(hints.areDue).toBe(true)
    vi.advanceTimersByTime(2)
    expect(hints.areDue).toBe(false)
  } finally {
    vi.useRealTimers()
  }
})
