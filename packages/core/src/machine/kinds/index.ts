import type { NodeKind } from '../../graph/node.js'
import { branchLogic } from './branch.js'
import { foreachLogic } from './foreach.js'
import type { KindLogic } from './kind.js'
import { loopLogic } from './loop.js'
import { parallelLogic } from './parallel.js'
import { sequenceLogic } from './sequence.js'
import { sleepLogic, sleepUntilLogic } from './sleep.js'
import { mapLogic, stepLogic } from './step.js'
import { waitForEventLogic } from './wait-for-event.js'
import { workflowLogic } from './workflow.js'

/** All kinds of nodes. A new kind is a logic file, a line here, and scenarios. */
export const kinds: { readonly [Kind in NodeKind]: KindLogic } = {
  step: stepLogic,
  map: mapLogic,
  sleep: sleepLogic,
  sleepUntil: sleepUntilLogic,
  waitForEvent: waitForEventLogic,
  workflow: workflowLogic,
  sequence: sequenceLogic,
  parallel: parallelLogic,
  branch: branchLogic,
  loop: loopLogic,
  foreach: foreachLogic,
}
