import { expect, it } from 'vitest'
import { createSessions } from './sessions.js'

it('keeps no more than a bounded number of dead sessions, and every living one', () => {
  const sessions = createSessions()
  sessions.renew({ session: 'old', ttlMs: 1_000_000, ask: [] }, 0)
  for (let index = 0; index < 50_000; index += 1) {
    sessions.renew({ session: `session ${index}`, ttlMs: 10, ask: [`session ${index - 1}`] }, index * 20)
  }
  const { expired } = sessions.renew({ session: 'asker', ttlMs: 10, ask: ['old', 'session 49998'] }, 999_999)
  expect(expired).toEqual(['session 49998'])
  // Remembered: it does not come back. Long forgotten: nobody can tell it from a new one.
  expect(sessions.renew({ session: 'session 49990', ttlMs: 10, ask: [] }, 999_999).alive).toBe(false)
  expect(sessions.renew({ session: 'session 0', ttlMs: 10, ask: [] }, 999_999).alive).toBe(true)
})

it('lets go of sessions that nobody asks about', () => {
  const sessions = createSessions()
  for (let index = 0; index < 30_000; index += 1) {
    sessions.renew({ session: `session ${index}`, ttlMs: 10, ask: [] }, index * 20)
  }
  expect(sessions.renew({ session: 'session 0', ttlMs: 10, ask: [] }, 600_000).alive).toBe(true)
  expect(sessions.renew({ session: 'session 29990', ttlMs: 10, ask: [] }, 600_000).alive).toBe(false)
})
