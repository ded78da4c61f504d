import { z } from 'zod'
import { createStep, createWorkflow } from '../../src/builder/index.js'
import { isWorkflowError, type WorkflowErrorCode } from '../../src/errors/index.js'
import type { GraphNode } from '../../src/graph/node.js'

export const any = z.any()
export const body = () => 1
export const step = (id: string) => createStep({ id, inputSchema: any, outputSchema: any, execute: body })
export const begin = (id = 'w') => createWorkflow({ id, inputSchema: any, outputSchema: any })
export const a = step('a')

/** Builders as JavaScript sees them. */
export const loose = (builder: object) => builder as Record<string, (...given: unknown[]) => object>

export function refusal(
  act: () => unknown,
  code: WorkflowErrorCode,
): Error & { field?: string; workflowId?: string; stepId?: string } {
  try {
    act()
  } catch (error) {
    if (isWorkflowError(error, code)) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

export const ids = (nodes: readonly GraphNode[]) => nodes.map(({ id }) => id)
