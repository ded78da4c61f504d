import { createStep, createWorkflow } from '@wf/core'
import { z } from 'zod'

export const TIMEZONE = 'Europe/Berlin'

const cron = { timezone: TIMEZONE, catchUp: 'all' } as const

/** A workflow that runs by schedules only. Its body says which run it is of, and goes on when it is told to. */
export function createErrand(begun: (run: string) => Promise<void>) {
  const go = createStep({
    id: 'go',
    inputSchema: z.unknown(),
    outputSchema: z.string(),
    execute: async ({ runId }) => {
      await begun(runId)
      return runId
    },
  })
  return createWorkflow({
    id: 'errand',
    inputSchema: z.unknown(),
    outputSchema: z.string(),
    schedule: [
      { id: 'tens', cron: '*/10 * * * *', ...cron },
      { id: 'hourly', cron: '0 * * * *', ...cron },
      { id: 'halves', cron: '*/30 2 * * *', ...cron },
      { id: 'nightly', cron: '30 2 * * *', ...cron, catchUp: 'last' },
    ],
  })
    .then(go)
    .commit()
}
