import { WorkflowError } from '@wf/core'
import type { Server } from './server.js'

const SETTINGS = "select current_setting('fsync'), current_setting('synchronous_commit')"

/** A storage that says that commits survive the loss of the machine does not work on a server that loses them. */
export async function checkDurability(server: Server): Promise<void> {
  const [row] = await server.ask(SETTINGS, [])
  const [fsync, synchronous] = row ?? []
  const off = fsync === 'off' ? 'fsync' : synchronous === 'off' ? 'synchronous_commit' : undefined
  if (off === undefined) return
  throw new WorkflowError(
    'WF_UNSUPPORTED',
    `the Postgres server ${server.name} has ${off} off, so the last commits would not survive the loss of its machine: turn it on, or create the storage with survives: 'process'`,
  )
}
