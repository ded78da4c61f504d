import { runQuietly } from './run-quietly.mjs'
import { pause } from './server-process.mjs'

const patienceMs = 60_000

let engine

/** A docker client without an engine behind it is no docker. */
const hasEngine = () => {
  engine ??= runQuietly('docker', ['version', '--format', '{{.Server.Version}}'], { timeout: 10_000 })
  return engine.then(({ ok }) => ok)
}

/** Runs a server in a container; undefined without docker. */
export async function startContainer(kind, name) {
  if (process.env.WF_SERVICES_IGNORE_DOCKER || !(await hasEngine())) return undefined
  const { image, port, args = [], env = {} } = kind.container
  const variables = Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`])
  await removeContainer(name)
  const flags = ['--detach', '--rm', '--name', name, '--publish', `127.0.0.1::${port}`, ...variables]
  const begun = await runQuietly('docker', ['run', ...flags, image, ...args])
  if (!begun.ok) throw new Error(`docker run ${image}: ${begun.output}`)
  const published = await runQuietly('docker', ['port', name, `${port}/tcp`])
  const found = /:(\d+)\s*$/m.exec(published.output)?.[1]
  const deadline = Date.now() + patienceMs
  while (found && Date.now() < deadline) {
    if (await kind.reachable({ port: Number(found) })) return { url: kind.url(found), container: name }
    await pause(100)
  }
  await removeContainer(name)
  throw new Error(`${image} in docker does not answer.`)
}

export const removeContainer = (name) => runQuietly('docker', ['rm', '--force', '--volumes', name])
