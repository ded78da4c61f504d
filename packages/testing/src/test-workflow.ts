import type { Workflow } from '@wf/core'
import { PlayedWorkflow } from './played-workflow.js'
import type { TestOptions } from './test-options.js'
import type { WorkflowTest } from './workflow-test.js'

/** Plays a workflow in a test: virtual time, mocks by the path of a step, crashes where the test wants them. */
export const testWorkflow = <Owner extends Workflow>(
  workflow: Owner,
  options: TestOptions<NoInfer<Owner>> = {},
): WorkflowTest<Owner> => new PlayedWorkflow(workflow, options)
