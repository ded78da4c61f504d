import { createDefaultEngine } from '@wf/engine-default'
import { type FaultCount, skewed } from '../../../src/index.js'
import { faultySuite } from './faulty-suite.js'

const OFFSET_MS = 90_000
const BECAUSE = 'with `exit` the clock of the process is the only one until something is stored'

const counts: FaultCount[] = []
let engines = 0

// Three leases ahead and three behind, in turn.
faultySuite({
  name: 'clocks that are wrong',
  without: {
    'durability.exit-under-one-key': BECAUSE,
    'durability.exit-waits-elsewhere': BECAUSE,
    'durability.whatever-it-is': BECAUSE,
  },
  counts,
  createEngine(options) {
    if (!options.clock) throw new TypeError('scenarios have a clock')
    engines += 1
    const clock = skewed(options.clock, engines % 2 === 0 ? OFFSET_MS : -OFFSET_MS)
    counts.push(clock.faults)
    return createDefaultEngine({ ...options, clock })
  },
})
