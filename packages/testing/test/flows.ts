import { createEvent, createStep, createWorkflow, type StepContext } from '@wf/core'
import { z } from 'zod'

export const engines = ['default', 'evented'] as const

/** A machine that has much else to do takes its time for many plays. */
export const patience = { timeout: 60_000 }

export const DAY = 86_400_000

const number = z.number()

/** A step on numbers; one that is keyed looks at its key. */
export const step = <const Id extends string>(id: Id, execute: (context: StepContext) => unknown = plusOne) =>
  createStep({
    id,
    inputSchema: number,
    outputSchema: number,
    execute: async (context) => (await execute(context as StepContext)) as number,
  })

const plusOne = ({ inputData }: StepContext): number => Number(inputData) + 1

export const keyed = <const Id extends string>(id: Id) =>
  step(id, ({ inputData, idempotencyKey }) => (idempotencyKey === '' ? 0 : Number(inputData) + 1))

export const flow = <const Id extends string>(id: Id) =>
  createWorkflow({ id, inputSchema: number, outputSchema: z.unknown() })

export const items = <const Id extends string>(id: Id) =>
  createWorkflow({ id, inputSchema: z.array(number), outputSchema: z.unknown() })

export const paid = createEvent({ name: 'paid', schema: number })

export const approve = createStep({
  id: 'approve',
  inputSchema: number,
  outputSchema: number,
  resumeSchema: z.object({ by: number }),
  execute: async ({ inputData, resumeData, suspend }) =>
    resumeData ? inputData + resumeData.by : suspend({ asked: inputData }),
})

export const amount = z.object({ amount: number })

export const charge = createStep({
  id: 'charge',
  inputSchema: amount,
  outputSchema: z.object({ receipt: z.string() }),
  retry: { attempts: 2, delayMs: 60_000 },
  timeoutMs: 3_600_000,
  execute: async () => {
    throw new Error('nobody charges money in a test')
  },
})

export const thank = createStep({
  id: 'thank',
  inputSchema: z.object({ receipt: z.string() }),
  outputSchema: z.string(),
  execute: async ({ inputData }) => `thank you for ${inputData.receipt}`,
})

/** Charges, waits for three days, says thank you. */
export const order = createWorkflow({ id: 'order', inputSchema: amount, outputSchema: z.string() })
  .then(charge)
  .sleep(3 * DAY)
  .then(thank)
  .commit()
