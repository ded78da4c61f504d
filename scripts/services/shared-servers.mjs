import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { removeContainer, startContainer } from './containers.mjs'
import { fetchedProgram } from './fetched-programs.mjs'
import { isGiven, mustAnswer } from './given-server.mjs'
import { kinds } from './kinds.mjs'
import { lives } from './lives.mjs'
import { withLock } from './lock.mjs'
import { runFolder, servicesName } from './place.mjs'
import { begin, layOut } from './private-server.mjs'
import { installedProgram } from './programs.mjs'
import { pause } from './server-process.mjs'

const stateFile = () => join(runFolder(), 'state.json')

/** What was started and for whom: `held` by hand until `down`, or by processes for as long as they need it. */
function readState() {
  const state = existsSync(stateFile()) ? JSON.parse(readFileSync(stateFile(), 'utf8')) : {}
  const { servers = {}, held = false, users = [] } = state
  return { servers, held, users: users.filter(lives) }
}

function writeState(state) {
  const draft = `${stateFile()}.draft`
  writeFileSync(draft, JSON.stringify(state, null, 2))
  renameSync(draft, stateFile())
}

const locked = (work) => withLock(join(runFolder(), 'lock'), work)

/**
 * Sees to one server of each kind that every test may use; returns their URLs by the names of their variables. What is
 * in the environment is taken; what was started before is used again. `user` is the process that needs them.
 */
export async function up({ user } = {}) {
  return await locked(async () => {
    const state = readState()
    if (user === undefined) state.held = true
    else state.users.push(user)
    const outcomes = await Promise.allSettled(kinds.map((kind) => provide(kind, state)))
    writeState(state)
    const failures = outcomes.flatMap(({ reason }) => (reason ? [reason.message] : []))
    if (failures.length > 0) throw new Error(failures.join('\n'))
    return Object.fromEntries(kinds.map(({ variable }, index) => [variable, outcomes[index].value]))
  })
}

async function provide(kind, state) {
  if (isGiven(kind)) return await mustAnswer(kind)
  const earlier = state.servers[kind.name]
  if (earlier && (await answers(kind, earlier))) return earlier.url
  if (earlier) await end(earlier)
  const server = await startAny(kind)
  state.servers[kind.name] = server
  return server.url
}

async function startAny(kind) {
  const failures = []
  for (const source of [fromMachine, fromDocker, fromPackages]) {
    try {
      const server = await source(kind)
      if (server) return server
    } catch (error) {
      failures.push(error.message)
    }
  }
  throw new Error(`No ${kind.name} for the tests (set ${kind.variable} to use one that runs):\n${failures.join('\n')}`)
}

async function fromMachine(kind) {
  const program = installedProgram(kind)
  return program && (await startProgram(kind, program))
}

async function fromDocker(kind) {
  const server = await startContainer(kind, `${servicesName}-${kind.name}`)
  return server && { ...server, source: 'docker' }
}

const fromPackages = async (kind) => startProgram(kind, await fetchedProgram(kind))

async function startProgram(kind, program) {
  const folder = join(runFolder(), 'servers', kind.name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  try {
    const place = await layOut(kind, { folder, program })
    const { port, running } = await begin(kind, place, {})
    return { url: kind.url(port), port, pid: running.pid, folder, source: program.source }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw new Error(`${program.path}: ${error.message}`)
  }
}

async function answers(kind, { port, pid, folder, url }) {
  if (pid === undefined) return await kind.reachable({ port: Number(new URL(url).port) })
  return isOurs({ pid, port }) && (await kind.answers({ port, pid, folder, data: join(folder, 'data') }))
}

async function end(server) {
  if (server.container) await removeContainer(server.container)
  if (server.pid !== undefined) await endProcess(server)
  if (server.folder) rmSync(server.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
}

/** At once: nothing that it holds is of use to anybody. The process counts, not its port. */
async function endProcess(server) {
  for (const signal of isOurs(server) ? ['SIGQUIT', 'SIGKILL'] : []) {
    if (lives(server.pid)) process.kill(server.pid, signal)
    for (let left = 250; left > 0 && lives(server.pid); left -= 1) await pause(20)
  }
}

/** Since the number was noted, the system may have given it to any other program. */
function isOurs({ pid, port }) {
  const file = `/proc/${pid}/cmdline`
  try {
    const command = existsSync('/proc/self/cmdline')
      ? readFileSync(file, 'utf8')
      : spawnSync('ps', ['-o', 'command=', '-p', `${pid}`], { encoding: 'utf8' }).stdout
    return command.includes(`${port}`)
  } catch {
    return false
  }
}

/** Ends what nobody needs any more once this process does not. */
export async function release(user) {
  await locked(async () => {
    const state = readState()
    state.users = state.users.filter((pid) => pid !== user)
    if (!state.held && state.users.length === 0) await endAll(state)
    else writeState(state)
  })
}

export const down = () => locked(() => endAll(readState()))

async function endAll({ servers }) {
  await Promise.all(Object.values(servers).map(end))
  rmSync(join(runFolder(), 'servers'), { recursive: true, force: true })
  rmSync(stateFile(), { force: true })
}

/** One line for each kind: where it is, where it comes from, and whether it answers. */
export async function status() {
  const { servers } = readState()
  return await Promise.all(
    kinds.map(async (kind) => {
      const { name, variable } = kind
      if (isGiven(kind)) {
        const answered = await mustAnswer(kind).then(Boolean, () => false)
        return { name, variable, url: process.env[variable], source: 'environment', answers: answered }
      }
      const server = servers[name]
      if (!server) return { name, variable, source: 'none', answers: false }
      const { url, source, pid } = server
      return { name, variable, url, source, pid, answers: await answers(kind, server) }
    }),
  )
}
