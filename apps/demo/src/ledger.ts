import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const entry = z.object({
  what: z.enum(['called', 'answered', 'refused', 'charged']),
  /** Which of the demo's processes called, counted from 1. */
  process: z.number(),
  system: z.string(),
  /** Where the calling step stands in the run, item indexes included. */
  path: z.array(z.number()),
  idempotencyKey: z.string(),
  attemptKey: z.string(),
  /** The step said that its process before was lost. */
  restart: z.boolean(),
  at: z.number(),
})

/** A line that one of the outside systems has written. */
export type LedgerEntry = z.infer<typeof entry>

const fileIn = (folder: string): string => join(folder, 'ledger.jsonl')

/** On the disk before the call goes on, so that not even SIGKILL loses it. Nothing of it comes from wf's journal. */
export const addToLedger = (folder: string, line: LedgerEntry): void =>
  appendFileSync(fileIn(folder), `${JSON.stringify(line)}\n`)

export function readLedger(folder: string): readonly LedgerEntry[] {
  if (!existsSync(fileIn(folder))) return []
  // Another process may be writing: what stands behind the last line break is not a line yet.
  const lines = readFileSync(fileIn(folder), 'utf8').split('\n').slice(0, -1)
  return lines.map((line) => entry.parse(JSON.parse(line)))
}
