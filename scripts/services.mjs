#!/usr/bin/env node
// Real servers for the tests, on a machine that may have none: one of each kind, started once, shared by all tests.
import { rmSync } from 'node:fs'
import { servicesFolder } from './services/place.mjs'
import { down, status, up } from './services/shared-servers.mjs'

const usage = `usage: node scripts/services.mjs <command>
  up       starts what is not there; goes on until "down"
  env      prints shell lines:  eval "$(node scripts/services.mjs env)"
  status   what there is
  down     ends what was started and removes its data; with --programs also what was fetched`

const commands = {
  async up() {
    await up()
    await printStatus()
  },

  async env() {
    const servers = await status()
    const absent = servers.filter(({ answers }) => !answers)
    if (absent.length > 0) throw new Error(`${absent.map(({ name }) => name).join(', ')}: not up. Run "up" first.`)
    for (const { variable, url } of servers) console.log(`export ${variable}='${url.replaceAll("'", "'\\''")}'`)
  },

  status: printStatus,

  async down(flag) {
    await down()
    if (flag === '--programs') rmSync(servicesFolder(), { recursive: true, force: true })
  },
}

async function printStatus() {
  const rows = await status()
  const table = rows.map(({ name, url, source, pid, answers }) => [
    name,
    answers ? 'answers' : 'away',
    source,
    pid === undefined ? '' : `${pid}`,
    url === undefined ? '' : withoutSecrets(url),
  ])
  const all = [['server', 'state', 'from', 'process', 'url'], ...table]
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)))
  for (const row of all)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
}

function withoutSecrets(url) {
  try {
    const { protocol, host, pathname } = new URL(url)
    return `${protocol}//${host}${pathname}`
  } catch {
    return '(as set)'
  }
}

const [name, ...rest] = process.argv.slice(2)
const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined
if (!command) {
  console.error(usage)
  process.exit(2)
}
try {
  await command(...rest)
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
