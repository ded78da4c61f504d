export type { AgentCall, AgentLike, AgentOutput, AgentStream, AgentText, OutputLike } from './agent.js'
export {
  type AgentInput,
  type AgentStepContext,
  type AgentStepOptions,
  type AgentStepShape,
  createAgentStep,
} from './agent-step.js'
export type { AgentPause, ApprovalAnswer, ApprovalDecision, ApprovalRequest, ApprovalResponse } from './approvals.js'
export { createStep } from './create-step.js'
export { type CurrentStep, currentStep } from './current-step.js'
export { tripWireIn } from './failures.js'
export type { ToolCallOptions, ToolInput, ToolLike, ToolOutput, ToolWorkflow } from './tool.js'
export { createToolStep, type ToolStepOptions } from './tool-step.js'
