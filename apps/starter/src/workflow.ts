import { createStep, createWorkflow } from '@wf/core'
import { z } from 'zod'

const person = z.object({ name: z.string().min(1) })
const account = z.object({ name: z.string(), accountId: z.string() })

const createAccount = createStep({
  id: 'create-account',
  inputSchema: person,
  outputSchema: account,
  retry: { attempts: 3, delayMs: 500, factor: 2 },
  // Give the key to the system that is called: it is the same when the step is called again.
  execute: async ({ inputData, idempotencyKey }) => {
    console.log(`creating the account of ${inputData.name}`)
    return { ...inputData, accountId: `account-${idempotencyKey}` }
  },
})

const sendTips = createStep({
  id: 'send-tips',
  inputSchema: account,
  outputSchema: z.string(),
  execute: async ({ inputData }) => {
    console.log(`sending tips to ${inputData.name}`)
    return `${inputData.name} knows all about it`
  },
})

/** An account at once, tips a little later. */
export const signUp = createWorkflow({ id: 'sign-up', inputSchema: person, outputSchema: z.string() })
  .then(createAccount)
  .sleep(5000, { id: 'let-them-look-around' })
  .then(sendTips)
  .commit()
