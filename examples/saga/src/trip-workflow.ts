import { createStep, createWorkflow } from '@wf/core'
import { z } from 'zod'

export interface Agency {
  /** Books once for each key. */
  book(booking: { readonly key: string; readonly what: string }): Promise<void>
  /** What was never booked under a key need not be known. */
  cancel(key: string): Promise<void>
}

const trip = z.object({ traveller: z.string() })
const part = z.enum(['flight', 'hotel', 'car'])
const outcome = z.object({ text: z.string() })

/** The way back knows it too, without having been told. */
const keyOf = (runId: string, what: string) => `${runId}/${what}`

/**
 * A flight, a hotel and a car, or nothing of it: when one of them cannot be had, all are canceled, the last one first.
 * That which has failed is canceled too: it may have been booked, with only the answer lost.
 */
export function tripWorkflow(agency: Agency) {
  const book = <Id extends z.infer<typeof part>>(id: Id) =>
    createStep({
      id,
      inputSchema: trip,
      outputSchema: trip,
      retry: { attempts: 2, delayMs: 100, factor: 2 },
      execute: async ({ inputData, runId }) => {
        await agency.book({ key: keyOf(runId, id), what: id })
        return inputData
      },
    })

  const cancel = createStep({
    id: 'cancel',
    inputSchema: part,
    outputSchema: part,
    // The way back must not end half way: it is tried for about a day.
    retry: { attempts: 30, delayMs: 1000, factor: 2, maxDelayMs: 3_600_000 },
    execute: async ({ inputData, runId }) => {
      await agency.cancel(keyOf(runId, inputData))
      return inputData
    },
  })

  const bookings = createWorkflow({ id: 'bookings', inputSchema: trip, outputSchema: trip })
    .then(book('flight'))
    .then(book('hotel'))
    .then(book('car'))
    .commit()

  const wayBack = createWorkflow({ id: 'way-back', inputSchema: z.unknown(), outputSchema: outcome })
    .map(async () => ['car', 'hotel', 'flight'] as const, { id: 'last-first' })
    .foreach(cancel)
    .map(async ({ inputData }) => ({ text: `canceled: ${inputData.join(', ')}` }), { id: 'canceled' })
    .commit()

  const confirm = createStep({
    id: 'confirm',
    inputSchema: z.object({ bookings: trip.nullable() }),
    outputSchema: outcome,
    execute: async ({ inputData }) => ({ text: `a good journey, ${inputData.bookings?.traveller}` }),
  })

  return createWorkflow({ id: 'trip', inputSchema: trip, outputSchema: outcome })
    .parallel([bookings], { allowFailure: true, description: 'all bookings or none' })
    .branch({
      booked: [async ({ inputData }) => inputData.bookings !== null, confirm],
      failed: [async ({ inputData }) => inputData.bookings === null, wayBack],
    })
    .map(async ({ inputData }) => inputData.booked ?? inputData.failed ?? { text: '' }, { id: 'outcome' })
    .commit()
}
