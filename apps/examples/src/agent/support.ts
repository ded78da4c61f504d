import { createStep, currentStep } from '@wf/ai'
import { createWorkflow } from '@wf/core'
import { type LanguageModel, ToolLoopAgent, tool } from 'ai'
import { z } from 'zod'
import type { Ledger } from './ledger.ts'

const MOST_LETTERS = 2_000

const question = z.object({
  prompt: z
    .string('Write what it is about.')
    .trim()
    .min(1, 'Write what it is about.')
    .max(MOST_LETTERS, `Write at most ${MOST_LETTERS} letters.`),
})

const instructions = `You answer customers of a shop, in two or three sentences, without markup.
If a customer tells the number of an order and what it cost, and has a reason to want the money back, say what you are going to do and call refund.
If something of that is missing, ask for it. If a refund is not approved, say so and give the reason.`

interface Surroundings {
  readonly model: LanguageModel
  readonly ledger: Ledger
}

/** A conversation with a clerk who may not give back money without somebody's approval. */
export function createSupport({ model, ledger }: Surroundings) {
  const clerk = new ToolLoopAgent({
    id: 'clerk',
    model,
    instructions,
    tools: { refund: refundTool(ledger) },
    toolApproval: { refund: 'user-approval' },
    // Once for each run, and not for each attempt: the workflow tells.
    onError: () => undefined,
  })
  return createWorkflow({
    id: 'support',
    inputSchema: question,
    outputSchema: z.object({ text: z.string() }),
    options: {
      // Recorded, so that whoever comes back reads each word that was said, also in another process.
      chunks: 'durable',
      onError: ({ runId, error }) => console.error(`Conversation ${runId} has failed: ${error?.message}`),
    },
  })
    .then(createStep(clerk))
    .commit()
}

export type Support = ReturnType<typeof createSupport>

const refundTool = (ledger: Ledger) =>
  tool({
    description: 'Gives back the money for an order.',
    inputSchema: z.object({ orderId: z.string(), euros: z.number().positive().max(1_000) }),
    execute: async ({ orderId, euros }, { toolCallId }) => {
      // The same in each attempt, so that a process that dies in between pays nobody twice.
      const key = `${currentStep()?.idempotencyKey}/${toolCallId}`
      ledger.pay({ key, orderId, euros })
      return { orderId, euros, paid: true }
    },
  })
