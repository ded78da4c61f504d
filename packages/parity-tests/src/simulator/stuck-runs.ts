import type { Reason, Storage } from '@wf/core'
import { tellHistory } from '@wf/core/engine'
import { recordedRuns } from '../history/recorded-runs.js'

/** How late a timer may be. */
const LATE_MS = 4 * 30_000

/**
 * Runs that somebody ought to have gone on with: something in them is ready, a moment has passed, or whoever works on them is
 * dead. Those that wait for a caller, or for a body that does not return, are no such runs.
 */
export async function stuckRuns(storage: Storage, now: number): Promise<readonly string[]> {
  const stuck: string[] = []
  for (const { runId, commits, header } of await recordedRuns(storage)) {
    if (header.sealed) continue
    const { waitsFor } = tellHistory(commits)
    const sessions = waitsFor.flatMap(({ session }) => session ?? [])
    const { expired } = await storage.renew({ session: 'whoever judges', ttlMs: 1, ask: sessions })
    const isStuck = ({ kind, dueAt = now, session }: Reason): boolean => {
      if (session !== undefined) return expired.includes(session)
      return kind === 'ready' || kind === 'callback' || (kind === 'timer' && dueAt < now - LATE_MS)
    }
    if (waitsFor.some(isStuck)) stuck.push(runId)
  }
  return stuck
}
