import { busy } from '../../../src/index.js'
import { faultySuite } from './faulty-suite.js'
import { retentionWaits } from './retention-waits.js'

faultySuite({ name: 'a database that is locked', without: retentionWaits, wrap: busy })
