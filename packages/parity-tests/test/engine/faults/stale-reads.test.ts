import { staleReads } from '../../../src/index.js'
import { faultySuite } from './faulty-suite.js'

const BECAUSE = 'a process is asked about what another one has done since; a replica may not know it yet'

faultySuite({
  name: 'a replica that lags',
  rate: 0.5,
  without: { 'durability.taken-up-with-none': BECAUSE, 'recovery.resumed-beside': BECAUSE },
  // Who knows nothing of a run is told what there is; scenarios expect that of the first look of each process.
  wrap: (storage, options) => staleReads(storage, { ...options, only: ({ atLeast = 0 }) => atLeast > 0 }),
})
