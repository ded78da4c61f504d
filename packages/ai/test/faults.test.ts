import { createDefaultEngine } from '@wf/engine-default'
import { engineSuite, landedButTimedOut } from '@wf/parity-tests'
import { createMemoryStorage } from '@wf/storage-memory'
import { describe, it } from 'vitest'
import { currentSdk } from './given/sdk.js'
import { approvalScenarios } from './scenarios/approvals.js'

/** More than any of the scenarios has. */
const CALLS = 10

/** Each commit in turn lands, and its answer is lost: no model is asked and no tool called a second time for it. */
for (let call = 0; call < CALLS; call += 1) {
  engineSuite({
    name: `approvals, commit ${call} timed out`,
    scenarios: approvalScenarios(currentSdk),
    createEngine: createDefaultEngine,
    createStorage: ({ clock }) => landedButTimedOut(createMemoryStorage({ clock }), call),
  }).register({ describe, it })
}
