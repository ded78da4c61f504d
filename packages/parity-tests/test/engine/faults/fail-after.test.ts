import { failAfter, type StorageMethod } from '../../../src/index.js'
import { faultySuite } from './faulty-suite.js'
import { retentionWaits } from './retention-waits.js'

/** Whoever is not told what `due` has handed out finds it after the hold; a `delete` that is repeated finds nothing. */
const METHODS: readonly StorageMethod[] = ['commit', 'load', 'renew', 'checkpoint', 'list']

faultySuite({
  name: 'answers that are lost',
  without: retentionWaits,
  wrap: (storage, options) => failAfter(storage, { ...options, methods: METHODS }),
})
