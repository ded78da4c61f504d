import type { ApprovalRequest } from '@wf/ai'
import type { Engine, WorkflowStreamEvent } from '@wf/core'
import { z } from 'zod'
import { Refusal } from './refusal.ts'
import type { Support } from './support.ts'

export interface Shop {
  readonly engine: Engine
  readonly support: Support
}

/** Begins a conversation, and does not wait for what comes of it. */
export async function begin({ engine, support }: Shop, asked: unknown): Promise<string> {
  const run = await engine.createRun(support)
  // What does not fit is refused by the workflow, which knows best.
  await run.startAsync({ inputData: asked as never })
  return run.runId
}

/** All that was said, and what is said from now on, over any number of approvals. */
export async function follow(
  { engine, support }: Shop,
  { id, after }: { readonly id: string; readonly after: string | undefined },
): Promise<ReadableStream<WorkflowStreamEvent>> {
  const run = await engine.run(support, id)
  if (!run) throw unknownConversation(id)
  return run.observe({ closeOnSuspend: false, ...(after !== undefined && { after }) })
}

const decision = z.object({
  approved: z.boolean('Say whether it is approved: true or false.'),
  reason: z.string().max(500, 'Give a reason of at most 500 letters.').optional(),
})

interface Decision {
  readonly id: string
  readonly callId: string
  readonly answer: unknown
}

/** Decides one call of a tool, and does not wait for what comes of it. */
export async function decide({ engine, support }: Shop, { id, callId, answer }: Decision): Promise<void> {
  const parsed = decision.safeParse(answer)
  if (!parsed.success)
    throw new Refusal(400, 'BAD_DECISION', parsed.error.issues.map(({ message }) => message).join(' '))
  const run = await engine.run(support, id)
  if (!run) throw unknownConversation(id)
  // Without this a decision that comes late would be taken for one of the call that is waited for now.
  if (!(await waitsFor(engine, id, callId)))
    throw new Refusal(
      409,
      'NOT_WAITING',
      'This call is not waited for: it was decided already, or it is not of this conversation.',
    )
  const { approved, reason } = parsed.data
  await run.resumeAsync({ resumeData: { approvals: { [callId]: { approved, ...(reason && { reason }) } } } })
}

async function waitsFor(engine: Engine, id: string, callId: string): Promise<boolean> {
  const state = await engine.runs.get(id, { fields: ['suspensions'] })
  const pauses = (state?.suspensions ?? []).map(
    ({ payload }) => payload as { readonly approvals: readonly ApprovalRequest[] },
  )
  return pauses.some(({ approvals }) => approvals.some(({ toolCallId }) => toolCallId === callId))
}

const unknownConversation = (id: string) =>
  new Refusal(404, 'UNKNOWN_CONVERSATION', `There is no conversation "${id}".`)
