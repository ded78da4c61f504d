import type { Driver } from './driver.js'
import type { Mail, PlacedWait } from './post-office.js'
import { type Delivered, receive } from './receive.js'

export type { Delivered } from './receive.js'

/**
 * Gives an event of a mailbox to the run that waits for it, if this process serves its workflow. Rejects where nobody
 * can say what became of it: asked again it answers.
 */
export async function deliver(driver: Driver, wait: PlacedWait, mail: Mail): Promise<Delivered> {
  if (driver.closed || !driver.has(wait.workflowId)) return 'elsewhere'
  // Without a storage nobody else has it.
  if (!driver.store && !driver.known(wait.runId)) return 'gone'
  return receive(driver.live(wait.runId, wait.workflowId), wait, mail)
}
