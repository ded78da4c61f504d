import { failBefore } from '../../../src/index.js'
import { faultySuite } from './faulty-suite.js'
import { retentionWaits } from './retention-waits.js'

faultySuite({ name: 'calls that are not made', without: retentionWaits, wrap: failBefore })
