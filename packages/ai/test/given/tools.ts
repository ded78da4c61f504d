import { z } from 'zod'
import type { Sdk } from './sdk.js'

/** Gives what it is given. */
export const echoTool = (sdk: Sdk) => toolThat(sdk, (value) => value)

/** A tool that takes `{ value }`. */
export const toolThat = (sdk: Sdk, execute: (value: number) => unknown, more: object = {}) =>
  sdk.ai.tool({
    description: 'takes a number',
    inputSchema: z.object({ value: z.number() }),
    execute: async ({ value }: { value: number }) => execute(value),
    ...more,
  })

/** A tool that somebody has to approve; it notes with what it was called. */
export function guardedTool(sdk: Sdk) {
  const calls: number[] = []
  const note = (value: number) => {
    calls.push(value)
    return value * 2
  }
  return { tool: toolThat(sdk, note, { needsApproval: true }), calls }
}
