import type { EngineOptions, Workflow } from '@wf/core'
import { createVirtualClock } from '@wf/parity-tests'
import { createMemoryStorage } from '@wf/storage-memory'
import { z } from 'zod'
import { createDefaultEngine } from '../src/index.js'

export const any = z.any()
export const LEASE_MS = 30_000
export const options = { id: 'order', inputSchema: any, outputSchema: any }

/** Engines of one workflow over one storage, as if each were a process. */
export function setUp(workflow: Workflow, more: Partial<EngineOptions> = {}) {
  const clock = createVirtualClock()
  const storage = createMemoryStorage({ clock })
  const make = () => createDefaultEngine({ workflows: [workflow], storage, clock, leaseMs: LEASE_MS, ...more })
  const wakeAt = async (id: string) =>
    (await storage.load([{ journal: { namespace: 'default', kind: 'run', id } }]))[0]?.header.wakeAt
  return { clock, storage, make, wakeAt }
}
