import { type Commit, type StoredValue, WorkflowError } from '@wf/core'

/** A UTF-16 unit takes at most this many bytes of UTF-8. */
const MOST_BYTES_PER_UNIT = 3

export function checkSize({ entries, journal }: Commit, maxCommitBytes: number): void {
  let most = 0
  for (const { fact, value } of entries) most += (fact.length + (value?.length ?? 0)) * MOST_BYTES_PER_UNIT
  if (most <= maxCommitBytes) return
  let bytes = 0
  for (const { fact, value } of entries) bytes += Buffer.byteLength(fact) + (value === undefined ? 0 : sizeOf(value))
  if (bytes <= maxCommitBytes) return
  throw new WorkflowError(
    'WF_LIMIT',
    `a commit to ${journal.kind} ${JSON.stringify(journal.id)} has ${bytes} bytes of facts and values, more than the ${maxCommitBytes} allowed: split it`,
  )
}

function sizeOf(value: StoredValue): number {
  return typeof value === 'string' ? Buffer.byteLength(value) : value.byteLength
}
