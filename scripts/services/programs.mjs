import { accessSync, constants, existsSync, readdirSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fetchedProgram } from './fetched-programs.mjs'
import { isOpenToOthers, isRoot } from './user.mjs'

/** Where packages put servers without a place on the path. */
function usualFolders() {
  const versions = '/usr/lib/postgresql'
  const postgres = existsSync(versions)
    ? readdirSync(versions)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(versions, version, 'bin'))
    : []
  return [
    '/usr/local/bin',
    '/usr/bin',
    '/usr/sbin',
    '/usr/local/sbin',
    ...postgres,
    '/usr/local/pgsql/bin',
    '/opt/homebrew/bin',
  ]
}

/** The program of a server: what the environment names, or what the machine has; undefined without. */
export function installedProgram(kind) {
  const chosen = process.env[`WF_${kind.name.toUpperCase()}_PROGRAM`]
  if (chosen) return { path: chosen, env: {}, source: 'chosen' }
  if (process.env.WF_SERVICES_IGNORE_BINARIES) return undefined
  const folders = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...usualFolders()]
  for (const folder of folders) {
    for (const name of kind.programs) {
      const path = runnable(join(folder, name))
      if (path && isComplete(path)) return { path, env: {}, source: 'machine' }
    }
  }
  return undefined
}

/** A link to Postgres alone does not lead to `initdb`; its target does. */
const isComplete = (path) => !path.endsWith('/postgres') || existsSync(join(dirname(path), 'initdb'))

function runnable(path) {
  try {
    accessSync(path, constants.X_OK)
    if (!path.endsWith('/postgres')) return path
    const target = realpathSync(path)
    return isRoot && !isOpenToOthers(dirname(target)) ? undefined : target
  } catch {
    return undefined
  }
}

/** A program to start private servers with: the machine's own, or one fetched for this checkout. */
export async function programOf(kind, asked) {
  const version = asked ?? process.env[`WF_${kind.name.toUpperCase()}_VERSION`]
  const installed = version === undefined ? installedProgram(kind) : undefined
  return installed ?? (await fetchedProgram(kind, version))
}
