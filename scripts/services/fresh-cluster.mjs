import { createHash } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { withLock } from './lock.mjs'
import { servicesFolder } from './place.mjs'
import { runQuietly } from './run-quietly.mjs'

/** A language's order of letters, not that of bytes, so that a query which forgets to say which it means is found out. */
const locales = [['--locale=C', '--locale-provider=icu', '--icu-locale=en'], ['--locale=C']]

/** Fills the folder with an empty cluster: a copy, as making one costs ten times as much. */
export async function copyFreshCluster({ program, data, user }) {
  const made = await freshCluster(program, user)
  const { ok, output } = await runQuietly('cp', ['-R', `${made}/.`, data], { user })
  if (!ok) throw new Error(`cp: ${output}`)
}

async function freshCluster(program, user) {
  const base = join(servicesFolder(), 'programs')
  mkdirSync(base, { recursive: true })
  const { mtimeMs } = statSync(program.path)
  const id = createHash('sha256').update(`${program.path} ${mtimeMs} ${user.uid}`).digest('hex').slice(0, 12)
  const made = join(base, `cluster-${id}`)
  if (existsSync(made)) return made
  return await withLock(join(base, 'cluster-lock'), async () => {
    if (!existsSync(made)) await makeCluster({ program, user, base, made })
    return made
  })
}

/** It stands at its place complete or not at all. */
async function makeCluster({ program, user, base, made }) {
  const draft = mkdtempSync(join(base, 'draft-'))
  if (user.uid !== undefined) chownSync(draft, user.uid, user.gid)
  try {
    await initialize({ program, user, data: join(draft, 'data') })
    renameSync(join(draft, 'data'), made)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

async function initialize({ program, user, data }) {
  const args = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync']
  const initdb = join(dirname(program.path), 'initdb')
  const said = []
  for (const locale of locales) {
    const { ok, output } = await runQuietly(initdb, [...args, ...locale], {
      env: program.env,
      cwd: dirname(data),
      user,
    })
    if (ok) return
    said.push(output)
    rmSync(data, { recursive: true, force: true })
  }
  throw new Error(`initdb failed: ${said.join('\n')}`)
}
