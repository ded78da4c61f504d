import { type Frame, workflowOf } from '../machine/index.js'
import type { Program } from './program.js'

/** Whether what goes into a place is checked: not when a workflow around it has switched that off. */
export function checksInput(program: Program, frame: Frame): boolean {
  if (!program.skipsInputs) return true
  for (let around: Frame | undefined = frame; around; around = around.parent) {
    if (program.codeOf(around).workflow?.options.validateInputs === false) return false
  }
  return true
}

/** Whether the workflow that a step stands in wants to know what it returns. */
export const checksOutput = (program: Program, { parent }: Frame): boolean =>
  program.checksOutputs &&
  parent !== undefined &&
  program.codeOf(workflowOf(parent)).workflow?.options.validateOutputs === true
