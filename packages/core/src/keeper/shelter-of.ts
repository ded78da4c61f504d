import type { Driver } from '../driver/driver.js'
import type { Shelter } from './shelter.js'

export function shelterOf(driver: Driver): Shelter {
  const { storage, clock, checkpointBytes, logger } = driver.settings
  return {
    get store() {
      return driver.store
    },
    checkpointBytes,
    now: () => clock.now() + driver.skewMs,
    learnTime: () => (driver.knowsTime ? undefined : driver.heart.keepAlive()),
    hearTime: (at) => driver.tellTime(at),
    commitId: () => driver.commitId(),
    saveCheckpoint(journal, head, state) {
      storage?.checkpoint({ journal, head, state }).catch((error: unknown) => {
        logger.warn({ err: error }, `the checkpoint of ${journal.kind} "${journal.id}" was not stored`)
      })
    },
  }
}
