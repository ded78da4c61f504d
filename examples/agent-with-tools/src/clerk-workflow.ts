import { createStep, currentStep } from '@wf/ai'
import { createWorkflow } from '@wf/core'
import { type LanguageModel, ToolLoopAgent, tool } from 'ai'
import { z } from 'zod'

export interface Shop {
  find(orderId: string): Promise<{ readonly item: string; readonly euros: number }>
  /** Pays once for each key. */
  refund(payment: { readonly key: string; readonly orderId: string; readonly euros: number }): Promise<void>
}

const lookUpOrder = (shop: Shop) =>
  tool({
    description: 'Tells what was ordered and what it cost.',
    inputSchema: z.object({ orderId: z.string() }),
    execute: ({ orderId }) => shop.find(orderId),
  })

const refund = (shop: Shop) =>
  tool({
    description: 'Gives money back.',
    inputSchema: z.object({ orderId: z.string(), euros: z.number().positive() }),
    execute: async ({ orderId, euros }, { toolCallId }) => {
      // The same in each attempt, so that a process that dies in between pays nobody twice.
      await shop.refund({ key: `${currentStep()?.idempotencyKey}/${toolCallId}`, orderId, euros })
      return { paid: true }
    },
  })

/** Answers a question. Money is given back when somebody has agreed. */
export function clerkWorkflow({ model, shop }: { readonly model: LanguageModel; readonly shop: Shop }) {
  const clerk = new ToolLoopAgent({
    id: 'clerk',
    model,
    instructions: 'You answer customers of a shop. Look at the order before you give money back.',
    tools: { lookUpOrder: lookUpOrder(shop), refund: refund(shop) },
    toolApproval: { refund: 'user-approval' },
  })
  return createWorkflow({
    id: 'question',
    inputSchema: z.object({ customer: z.string(), asks: z.string() }),
    outputSchema: z.object({ letter: z.string() }),
  })
    .map(async ({ inputData }) => ({ prompt: inputData.asks }), { id: 'prompt' })
    .then(createStep(clerk, { retries: 2 }))
    .map(async ({ inputData, getInitData }) => ({ letter: `Dear ${getInitData().customer}, ${inputData.text}` }), {
      id: 'letter',
    })
    .commit()
}
