import { expect, it } from 'vitest'
import { Storm } from './storm.js'

it.each([
  { seed: 1, events: 10_000, mailboxes: 60, overMs: 60_000 },
  { seed: 2, events: 1_000, mailboxes: 1, overMs: 10_000 },
  { seed: 3, events: 1_000, mailboxes: 500, overMs: 20_000 },
])(
  'of $events events to $mailboxes mailboxes none is lost and none comes twice',
  { timeout: 120_000 },
  async (options) => {
    const storm = new Storm(options)
    await storm.play()
    expect(storm.sent.size).toBe(options.events)
    expect(storm.missing()).toEqual([])
    expect([...storm.runs.received].filter(([, times]) => times !== 1)).toEqual([])
    expect(storm.runs.received.size).toBe(options.events)
    expect(storm.deaths).toBe(4)
    expect(storm.injected).toBeGreaterThan(50)
    await storm.close()
  },
)
