import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { root, run } from './command.mjs'

const folder = join(root, '.toolchain')
const stampFile = join(root, 'node_modules', '.wf-installed')

/**
 * Sees to a Node that can build, a pnpm and installed dependencies; returns the environment that finds them.
 * What the machine already has is used; only what is missing is put under `.toolchain/`.
 */
export async function prepareToolchain() {
  const env = environment()
  const missing = []
  if (!canBuild(process.versions.node)) missing.push('node@24')
  if (!(await hasPnpm(env))) missing.push('pnpm@12')
  if (missing.length > 0) await fetchTools(missing, env)
  await installDependencies(env)
  return env
}

/** These run TypeScript without a flag, which the demo and the checks need. */
function canBuild(version) {
  const [major, minor] = version.split('.').map(Number)
  return major >= 26 || major === 25 || (major === 24 && minor >= 11) || (major === 22 && minor >= 18)
}

async function hasPnpm(env) {
  // A corepack shim would go to the network for a pnpm of its own choice.
  const { code, output } = await run('pnpm', ['--version'], {
    env: { ...env, COREPACK_ENABLE_NETWORK: '0' },
    quiet: true,
  })
  return code === 0 && Number(output.trim().split('\n').pop()?.split('.')[0]) >= 11
}

async function fetchTools(packages, env) {
  const bin = join(folder, 'node_modules', '.bin')
  // The path is prepended even when nothing is fetched: the tools of an earlier start live there.
  env.PATH = `${bin}${delimiter}${env.PATH ?? ''}`
  const absent = packages.filter((name) => !existsSync(join(bin, name.split('@')[0])))
  if (absent.length === 0) return
  console.log(`Fetching ${absent.join(' and ')} into .toolchain/ …`)
  mkdirSync(folder, { recursive: true })
  const flags = ['--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error']
  const { code, output } = await run('npm', ['install', '--prefix', folder, ...flags, ...packages], {
    env,
    quiet: true,
  })
  if (code !== 0) throw new Error(`${output}\nCould not fetch ${packages.join(' and ')}.`)
}

async function installDependencies(env) {
  const stamp = fingerprint()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  console.log('Installing dependencies …')
  const { code, output } = await run('pnpm', ['install', '--frozen-lockfile'], { env, quiet: true })
  if (code !== 0) throw new Error(`${output}\nCould not install the dependencies.`)
  writeFileSync(stampFile, stamp)
}

/** Changes whenever an install could have something to do. */
function fingerprint() {
  const manifests = ['packages', 'apps', 'examples'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => join(group, name, 'package.json')),
  )
  const hash = createHash('sha256').update(`${root} ${process.platform} ${process.arch}`)
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...manifests.sort()]) {
    if (existsSync(join(root, file))) hash.update(file).update(readFileSync(join(root, file)))
  }
  return hash.digest('hex')
}

function environment() {
  const env = {
    ...process.env,
    // pnpm and turbo must neither swap themselves for another release nor ask questions nor phone home.
    pnpm_config_pm_on_fail: 'ignore',
    pnpm_config_confirm_modules_purge: 'false',
    npm_config_update_notifier: 'false',
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
    DO_NOT_TRACK: '1',
  }
  if (isWritable(homedir())) return env
  const home = join(folder, 'home')
  mkdirSync(home, { recursive: true })
  // npm hands its own cache down to what it runs, so the cache has to be named as well.
  return { ...env, HOME: home, npm_config_cache: join(home, '.npm') }
}

function isWritable(path) {
  try {
    accessSync(existsSync(path) ? path : dirname(path), constants.W_OK)
    return true
  } catch {
    return false
  }
}
