import { systemClock } from '@wf/core'
import { type StorageMethod, slow } from '../../../src/index.js'
import { faultySuite } from './faulty-suite.js'

/** Scenarios put the time forward without waiting for calls: a renewal that is under way then would come after the lease. */
const METHODS: readonly StorageMethod[] = ['commit', 'load', 'checkpoint', 'due', 'list', 'delete']

// In real time, which no scenario looks at: calls overtake each other, and the time of the scenarios stands still.
faultySuite({
  name: 'slow calls',
  isBelow: true,
  wrap: (storage, options) => slow(storage, { ...options, clock: systemClock, mostMs: 3, methods: METHODS }),
})
