import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runQuietly } from './run-quietly.mjs'

/**
 * Unpacks packages of Debian and what they lack on this machine into a folder. Nothing is installed, nobody has to be
 * root: package lists and downloads lie in folders of our own.
 */
export async function unpackDebian(packages, { folder, scratch }) {
  const archives = await download(packages, scratch)
  for (const archive of archives) {
    const { ok, output } = await runQuietly('dpkg-deb', ['-x', archive, folder])
    if (!ok) throw new Error(`dpkg-deb: ${output}`)
  }
}

async function download(packages, scratch) {
  const cache = join(scratch, 'cache')
  const own = join(scratch, 'lists')
  mkdirSync(join(cache, 'archives', 'partial'), { recursive: true })
  const options = ['-qq', '-o', 'Debug::NoLocking=1', '-o', `Dir::Cache=${cache}`, '-o', 'APT::Sandbox::User=']
  // What is installed is fetched again too: it may be there and broken, or hidden from us.
  const flags = ['install', '--download-only', '--reinstall', '--no-install-recommends', '-y']
  const first = await runQuietly('apt-get', [...options, ...flags, ...packages], { env })
  if (!first.ok) {
    // The machine has no lists, or lists of packages that are no longer offered.
    mkdirSync(join(own, 'partial'), { recursive: true })
    options.push('-o', `Dir::State::lists=${own}`)
    const update = await runQuietly('apt-get', [...options, 'update'], { env })
    const second = await runQuietly('apt-get', [...options, ...flags, ...packages], { env })
    if (!second.ok) throw new Error(`apt-get: ${[first, update, second].map(({ output }) => output).join('\n')}`)
  }
  const folder = join(cache, 'archives')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.deb'))
    .map((name) => join(folder, name))
}

const env = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' }

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

export function discardDownloads(scratch) {
  rmSync(scratch, { recursive: true, force: true })
}
