import { createStep, createWorkflow, type Schema, type StepContext, type WorkflowOptions } from '@wf/core'
import { any } from '../../schemas.js'

interface StepSchemas {
  readonly inputSchema?: Schema
  readonly outputSchema?: Schema
  readonly resumeSchema?: Schema
  readonly suspendSchema?: Schema
  readonly stateSchema?: Schema
  readonly requestContextSchema?: Schema
}

interface WorkflowSchemas extends Pick<StepSchemas, 'inputSchema' | 'outputSchema' | 'stateSchema'> {
  readonly requestContextSchema?: Schema
  readonly options?: WorkflowOptions
}

/** A step with some schemas that nobody but the engine looks at. */
export const checkedStep = <const Id extends string>(
  id: Id,
  schemas: StepSchemas & { readonly retries?: number },
  execute: (context: StepContext) => unknown = ({ inputData }) => inputData,
) => createStep({ id, inputSchema: any(), outputSchema: any(), ...schemas, execute })

/** A workflow with some schemas that nobody but the engine looks at. */
export const checkedWorkflow = <const Id extends string>(id: Id, schemas: WorkflowSchemas) =>
  createWorkflow({ id, inputSchema: any(), outputSchema: any(), ...schemas })
