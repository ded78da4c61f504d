import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Base, Commit, Entry, JournalId, Slice, Storage } from '@wf/core'
import { expect, onTestFinished } from 'vitest'

export const HEADER = {
  status: 'running',
  workflowId: 'order',
  graphHash: 'graph-1',
  workflowVersion: '',
  resourceId: null,
  tags: [],
}

export const run = (id: string): JournalId => ({ namespace: 'n', kind: 'run', id })

let made = 0

export function draft(id: string, base: Base, entries: readonly Entry[] = []): Commit {
  made += 1
  const header = base === 'new' ? { header: HEADER } : {}
  return { journal: run(id), commitId: `commit-${made}`, base, entries, ...header }
}

/** A path in a folder that goes with the test. */
export function freshPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wf-sqlite-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'journals.db')
}

/** Closed when the test is over, if it has not been before. */
export function closing(storage: Storage): Storage {
  onTestFinished(() => storage.close())
  return storage
}

export async function read(storage: Storage, id: string): Promise<Slice> {
  const [slice] = await storage.load([{ journal: run(id), withValues: true }])
  return slice ?? expect.unreachable(`the journal ${id} is not there`)
}
