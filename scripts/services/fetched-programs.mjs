import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { librariesIn, unpackDebian } from './debian-packages.mjs'
import { withLock } from './lock.mjs'
import { installPostgres, newestPostgres, postgresIn } from './npm-postgres.mjs'
import { servicesFolder } from './place.mjs'

/** Fetches a server for this checkout alone, once, from npm's or Debian's packages. */
export async function fetchedProgram(kind, version) {
  const base = join(servicesFolder(), 'programs')
  mkdirSync(base, { recursive: true })
  const sources = [
    ...(kind.name === 'postgres' ? [fromNpm(version ?? newestPostgres)] : []),
    fromDebian(kind, join(base, 'lists')),
  ]
  const usable = version === undefined ? sources : sources.slice(0, 1)
  const find = () => usable.map(({ name, look }) => look(join(base, name))).find((program) => program)
  return find() ?? (await withLock(join(base, 'lock'), async () => find() ?? (await fetchFirst(usable, base))))
}

async function fetchFirst(sources, base) {
  const failures = []
  for (const { name, fetch, look } of sources) {
    const draft = mkdtempSync(join(base, 'draft-'))
    try {
      chmodSync(draft, 0o755)
      await fetch(draft)
      // It stands at its place complete or not at all.
      rmSync(join(base, name), { recursive: true, force: true })
      renameSync(draft, join(base, name))
      const program = look(join(base, name))
      if (program) return program
      failures.push(`${name} has no such program`)
    } catch (error) {
      failures.push(error.message)
    } finally {
      rmSync(draft, { recursive: true, force: true })
    }
  }
  throw new Error(failures.join('\n'))
}

const fromNpm = (version) => ({
  name: `npm-postgres-${version}`,
  async fetch(folder) {
    await installPostgres(version, folder)
    rmSync(join(folder, '.cache'), { recursive: true, force: true })
  },
  look(folder) {
    const path = postgresIn(folder)
    return existsSync(path) ? { path, env: {}, source: 'npm' } : undefined
  },
})

const fromDebian = (kind, lists) => ({
  name: `debian-${kind.name}`,
  async fetch(folder) {
    const scratch = join(folder, 'scratch')
    await unpackDebian(kind.debianPackages, { folder, scratch, lists })
    rmSync(scratch, { recursive: true, force: true })
  },
  look(folder) {
    const path = binFolders(folder)
      .flatMap((bin) => kind.programs.map((name) => join(bin, name)))
      .find((candidate) => existsSync(candidate))
    return path && { path, env: { LD_LIBRARY_PATH: librariesIn(folder).join(delimiter) }, source: 'Debian' }
  },
})

function binFolders(folder) {
  const versions = join(folder, 'usr/lib/postgresql')
  const postgres = existsSync(versions) ? readdirSync(versions).map((name) => join(versions, name, 'bin')) : []
  return [join(folder, 'usr/bin'), join(folder, 'usr/sbin'), ...postgres]
}
