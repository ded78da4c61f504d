import { assertWorkflow, checkFields, type EngineOptions, type FieldRules, type Workflow } from '@wf/core'
import type { Mocks } from './mocks.js'

export interface TestOptions<Owner extends Workflow = Workflow>
  extends Pick<EngineOptions, 'services' | 'secret' | 'codec' | 'logger'> {
  /** What stands in the places of bodies, by the path of the step. All other bodies are the real ones. */
  readonly mocks?: Mocks<Owner>
  /** `'evented'`: two worker processes share the steps. Default: `'default'`, one process. */
  readonly engine?: 'default' | 'evented'
  /** Where time begins: a date, or milliseconds since the epoch. Default: the first moment of 2030. */
  readonly startAt?: Date | number
  /** Another one is another order of what happens at one moment. Default 1. */
  readonly seed?: number
  /**
   * Real milliseconds for which a body may wait for something real, such as a server; virtual time stands still meanwhile.
   * Default 3,000.
   */
  readonly patienceMs?: number
}

const rules: FieldRules = {
  engine: { expected: "'default' or 'evented'", accepts: (value) => value === 'default' || value === 'evented' },
  startAt: {
    expected: 'a date, or milliseconds since the epoch',
    accepts: (value) => Number.isFinite(value instanceof Date ? value.getTime() : value),
  },
  seed: { expected: 'a number', accepts: Number.isFinite },
  patienceMs: {
    expected: 'milliseconds, 0 or more',
    accepts: (value) => typeof value === 'number' && value >= 0,
  },
}

export function checkOptions<Owner extends Workflow>(workflow: Owner, options: TestOptions<Owner>): TestOptions<Owner> {
  assertWorkflow(workflow)
  checkFields(options, rules, { of: `the test of workflow "${workflow.id}"`, workflowId: workflow.id })
  return options
}
