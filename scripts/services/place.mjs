import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isOpenToOthers, isRoot } from './user.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Sets what is of this checkout apart where all of the machine share one place. */
export const servicesName = `wf-services-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`

/**
 * Where servers of this checkout live, and programs that were fetched for them: `.services` in its root, or a folder
 * for temporary things when root works in a place that `nobody`, who runs Postgres then, may not enter.
 */
export function servicesFolder() {
  const folder = isRoot && !isOpenToOthers(root) ? join('/tmp', servicesName) : join(root, '.services')
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  if (process.getuid && lstatSync(folder).uid !== process.getuid())
    throw new Error(`${folder} belongs to somebody else.`)
  return folder
}

/** Where running servers are noted and keep their data; tests of all this have one of their own. */
export const runFolder = () => process.env.WF_SERVICES_FOLDER ?? servicesFolder()
