import { createStep, createWorkflow } from '@wf/core'
import { z } from 'zod'

const expense = z.object({ what: z.string().min(1), amount: z.number().positive() })
const decision = z.object({ approved: z.boolean(), by: z.string().min(1) })
const outcome = z.object({ paid: z.boolean(), by: z.string() })

const check = createStep({
  id: 'check',
  inputSchema: expense,
  outputSchema: expense,
  execute: async ({ inputData }) => inputData,
})

const approve = createStep({
  id: 'approve',
  inputSchema: expense,
  suspendSchema: z.object({ question: z.string() }),
  resumeSchema: decision,
  outputSchema: outcome,
  execute: async ({ inputData, resumeData, suspend }) => {
    if (!resumeData) return suspend({ question: `Pay ${inputData.amount} € for ${inputData.what}?` })
    return { paid: resumeData.approved, by: resumeData.by }
  },
})

export const expenseWorkflow = createWorkflow({ id: 'expense', inputSchema: expense, outputSchema: outcome })
  .then(check)
  .then(approve)
  .commit()

/** What somebody outside has said, until the schemas of the workflow have looked at it. */
export type Expense = z.input<typeof expense>
export type Decision = z.input<typeof decision>
