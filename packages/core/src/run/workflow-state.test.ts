import { describe, expectTypeOf, it } from 'vitest'
import { z } from 'zod'
import { approve } from '../../test/builder/typed-steps.js'
import { createWorkflow } from '../builder/index.js'
import type { Runs } from './engine.js'
import type { WorkflowState } from './workflow-state.js'

const flow = createWorkflow({
  id: 'flow',
  inputSchema: approve.inputSchema,
  outputSchema: z.object({ approved: z.boolean() }),
  stateSchema: z.object({ count: z.number() }),
})
  .then(approve)
  .commit()

type Got<Call extends (...given: never[]) => Promise<unknown>> = NonNullable<Awaited<ReturnType<Call>>>

describe('what is known of a run', () => {
  it('is what was asked for, and its row', () => {
    const row = (runs: Runs) => runs.get('r', { fields: [] })
    const some = (runs: Runs) => runs.get('r', { fields: ['status', 'suspendedPaths', 'requestContext'] })
    const all = (runs: Runs) => runs.get('r', { withNestedWorkflows: false })
    expectTypeOf<Got<typeof row>['status']>().toEqualTypeOf<string>()
    expectTypeOf<Got<typeof row>>().not.toHaveProperty('steps')
    expectTypeOf<Got<typeof some>['suspendedPaths']>().toEqualTypeOf<Readonly<Record<string, readonly number[]>>>()
    expectTypeOf<Got<typeof some>['requestContext']>().toEqualTypeOf<Readonly<Record<string, unknown>>>()
    expectTypeOf<Got<typeof some>>().not.toHaveProperty('steps')
    expectTypeOf<Got<typeof all>>().toEqualTypeOf<WorkflowState>()
    expectTypeOf<Got<typeof all>>().not.toHaveProperty('requestContext')
  })

  it('takes no other fields', () => {
    // @ts-expect-error: there is no such field.
    const wrong = (runs: Runs) => runs.get('r', { fields: ['step'] })
    expectTypeOf(wrong).toBeFunction()
  })

  it('has the types of the workflow where that is given', () => {
    const typed = (runs: Runs) =>
      runs.of(flow).get('r', { fields: ['payload', 'result', 'state', 'steps', 'suspended'] })
    expectTypeOf<Got<typeof typed>['payload']>().toEqualTypeOf<{ amount: number; note?: string | undefined }>()
    expectTypeOf<Got<typeof typed>['result']>().toEqualTypeOf<{ approved: boolean } | undefined>()
    expectTypeOf<Got<typeof typed>['state']>().toEqualTypeOf<{ count: number }>()
    expectTypeOf<Got<typeof typed>['suspended']>().toEqualTypeOf<readonly (readonly string[])[]>()
    expectTypeOf<Got<typeof typed>>().not.toHaveProperty('error')
    const read = ({ steps }: Got<typeof typed>) => {
      if (steps.approve?.status === 'suspended') return steps.approve.suspendPayload?.ask
      return steps.approve?.status === 'success' ? steps.approve.output.approved : steps['nested.step']?.status
    }
    expectTypeOf(read).returns.toEqualTypeOf<string | boolean | undefined>()
  })
})
