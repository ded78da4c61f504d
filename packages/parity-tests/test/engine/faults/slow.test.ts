import { systemClock } from '@wf/core'
import { slow } from '../../../src/index.js'
import { faultySuite } from './faulty-suite.js'

// In real time, which no scenario looks at: calls overtake each other, and the time of the scenarios stands still.
faultySuite({
  name: 'slow calls',
  isBelow: true,
  wrap: (storage, options) => slow(storage, { ...options, clock: systemClock, mostMs: 3 }),
})
