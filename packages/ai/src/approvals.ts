import type { Schema } from '@wf/core'
import { isRecord } from './is-record.js'

/** A call of a tool that somebody has to approve. */
export interface ApprovalRequest {
  readonly approvalId: string
  readonly toolCallId: string
  readonly toolName: string
  readonly input: unknown
  /** Why it needs to be approved, where the agent says so. */
  readonly reason?: string
}

export interface ApprovalDecision {
  readonly approved: boolean
  /** The model is told. */
  readonly reason?: string
}

/** What an agent step is resumed with: one decision for all calls, or one for each, by the id of the call or approval. */
export type ApprovalAnswer = ApprovalDecision | { readonly approvals: Readonly<Record<string, ApprovalDecision>> }

/** What an agent step is suspended with. All that it needs to go on, in any process, is in it. */
export interface AgentPause {
  /** Calls that wait for a decision. */
  readonly approvals: readonly ApprovalRequest[]
  /** The conversation so far, as messages of the AI SDK. */
  readonly messages: readonly unknown[]
  /** Decisions that were made while others were still waited for. */
  readonly decided: readonly ApprovalResponse[]
}

/** A decision as a part of a message. */
export interface ApprovalResponse extends ApprovalDecision {
  readonly type: 'tool-approval-response'
  readonly approvalId: string
}

/** The request that a chunk of a stream is, unless the agent answers it by itself. */
export function requestIn(chunk: Readonly<Record<string, unknown>>): ApprovalRequest | undefined {
  const { type, approvalId, toolCall, reason } = chunk
  if (type !== 'tool-approval-request' || chunk.isAutomatic === true || !isRecord(toolCall)) return undefined
  const { toolCallId, toolName, input } = toolCall
  return {
    approvalId: String(approvalId),
    toolCallId: String(toolCallId),
    toolName: String(toolName),
    input,
    ...(typeof reason === 'string' && { reason }),
  }
}

/** What was waited for and an answer to it. Calls that it says nothing of are waited for on. */
export function decide(pause: AgentPause, answer: ApprovalAnswer): AgentPause {
  const decided = [...pause.decided]
  const approvals = pause.approvals.filter((request) => {
    const decision = decisionFor(request, answer)
    if (decision) decided.push(responseOf(request, decision))
    return !decision
  })
  return { ...pause, approvals, decided }
}

function decisionFor(
  { approvalId, toolCallId }: ApprovalRequest,
  answer: ApprovalAnswer,
): ApprovalDecision | undefined {
  if (!('approvals' in answer)) return answer
  const id = [toolCallId, approvalId].find((name) => Object.hasOwn(answer.approvals, name))
  return id === undefined ? undefined : answer.approvals[id]
}

function responseOf({ approvalId }: ApprovalRequest, { approved, reason }: ApprovalDecision): ApprovalResponse {
  return { type: 'tool-approval-response', approvalId, approved, ...(reason !== undefined && { reason }) }
}

const EXPECTED =
  'expected { approved: boolean, reason?: string }, or { approvals } with one of these for each tool call'

export const answerSchema: Schema<ApprovalAnswer> = {
  '~standard': {
    version: 1,
    vendor: '@wf/ai',
    validate: (value) => (isAnswer(value) ? { value } : { issues: [{ message: EXPECTED }] }),
  },
}

function isAnswer(value: unknown): value is ApprovalAnswer {
  if (!isRecord(value)) return false
  if (!('approvals' in value)) return isDecision(value)
  return isRecord(value.approvals) && Object.values(value.approvals).every(isDecision)
}

const isDecision = (value: unknown): value is ApprovalDecision =>
  isRecord(value) &&
  typeof value.approved === 'boolean' &&
  (value.reason === undefined || typeof value.reason === 'string')
