import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runQuietly } from './run-quietly.mjs'

const env = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' }
const listsStayFreshMs = 600_000

/**
 * Unpacks packages of Debian and what they lack on this machine into a folder. Nothing is installed, nobody has to be
 * root: downloads lie in `scratch`, package lists in `lists`, which serves several calls.
 */
export async function unpackDebian(packages, { folder, scratch, lists }) {
  const archives = await download(packages, { scratch, lists })
  for (const archive of archives) {
    const { ok, output } = await runQuietly('dpkg-deb', ['-x', archive, folder])
    if (!ok) throw new Error(`dpkg-deb: ${output}`)
  }
}

async function download(packages, { scratch, lists }) {
  const cache = join(scratch, 'cache')
  const archives = join(cache, 'archives')
  mkdirSync(join(archives, 'partial'), { recursive: true })
  const options = ['-qq', '-o', 'Debug::NoLocking=1', '-o', `Dir::Cache=${cache}`, '-o', 'APT::Sandbox::User=']
  // What is installed is fetched again too: it may be there and broken, or hidden from us.
  const flags = ['install', '--download-only', '--reinstall', '--no-install-recommends', '-y', ...packages]
  const said = []
  const tried = async (...more) => {
    const { ok, output } = await runQuietly('apt-get', [...options, ...more], { env })
    if (output) said.push(output)
    return ok
  }
  const own = ['-o', `Dir::State::lists=${lists}`]
  const nothingInstalled = ['-o', `Dir::State::status=${emptyFile(scratch)}`]
  const fetched =
    // The machine's lists may be missing, or name packages that are no longer offered.
    (!areFresh(lists) && (await tried(...flags))) ||
    ((await refreshed(lists, () => tried(...own, 'update'))) && (await tried(...own, ...flags))) ||
    // What is installed may contradict itself, and then apt refuses to add to it.
    (await tried(...own, ...nothingInstalled, ...flags))
  if (!fetched) throw new Error(`apt-get: ${said.join('\n')}`)
  return readdirSync(archives)
    .filter((name) => name.endsWith('.deb') && !name.startsWith('libc6_'))
    .map((name) => join(archives, name))
}

function emptyFile(scratch) {
  const file = join(scratch, 'nothing')
  writeFileSync(file, '')
  return file
}

const areFresh = (lists) => existsSync(lists) && Date.now() - statSync(lists).mtimeMs < listsStayFreshMs

async function refreshed(lists, update) {
  if (areFresh(lists)) return true
  mkdirSync(join(lists, 'partial'), { recursive: true })
  const ok = await update()
  if (!ok) rmSync(lists, { recursive: true, force: true })
  return ok
}

/** Where unpacked programs look for the libraries that came with them. */
export function librariesIn(folder) {
  const found = []
  for (const base of ['usr/lib', 'lib'].map((path) => join(folder, path))) {
    if (!existsSync(base)) continue
    found.push(
      base,
      ...readdirSync(base)
        .filter((name) => name.includes('linux-'))
        .map((name) => join(base, name)),
    )
  }
  return found
}
