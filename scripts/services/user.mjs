import { spawnSync } from 'node:child_process'
import { chownSync, mkdtempSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export const isRoot = process.getuid?.() === 0

let found

/** Whom a server runs as that refuses root: `nobody` when one is root, else oneself. */
export function ordinaryUser() {
  if (!isRoot) return {}
  found ??= { uid: idOf('-u'), gid: idOf('-g') }
  return found
}

function idOf(flag) {
  const { status, stdout } = spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' })
  return status === 0 ? Number(stdout) : 65_534
}

/** A new folder that belongs to whoever will run the server. */
export function temporaryFolder(name, user = {}) {
  // The folder that root is told to use for temporary files may be closed to others.
  const folder = mkdtempSync(join(isRoot ? '/tmp' : tmpdir(), `wf-${name}-`))
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid)
  return folder
}

/** Whether strangers may go down to this folder. */
export function isOpenToOthers(folder) {
  for (let path = folder; ; path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) return false
    if (path === dirname(path)) return true
  }
}
