import { partialBatch } from '../../../src/index.js'
import { faultySuite } from './faulty-suite.js'

faultySuite({ name: 'half of the commits of a call', rate: 0.5, wrap: partialBatch })
