import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'
import { startNats } from '../../../../scripts/services/start-nats.mjs'
import { startPostgres } from '../../../../scripts/services/start-postgres.mjs'
import { startRedis } from '../../../../scripts/services/start-redis.mjs'
import { root } from '../public-packages.ts'

const patienceMs = 60_000

type Server = Awaited<ReturnType<typeof startRedis | typeof startNats | typeof startPostgres>>

let started: Server[] = []
afterEach(async () => {
  await Promise.all(started.map((server) => server.stop()))
  started = []
})

async function used<S extends Server>(starting: Promise<S>): Promise<S> {
  const server = await starting
  started.push(server)
  return server
}

const listens = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.on('error', () => resolve(false))
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Says something to a server and answers what it said until the connection ended. */
async function told(port: number, text: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1' })
  const heard: Buffer[] = []
  socket.on('data', (chunk: Buffer) => heard.push(chunk))
  socket.write(text)
  await once(socket, 'close')
  return Buffer.concat(heard).toString()
}

const kinds: readonly { readonly name: string; start(): Promise<Server> }[] = [
  { name: 'redis', start: startRedis },
  { name: 'nats', start: startNats },
  { name: 'postgres', start: startPostgres },
]

describe.each(kinds)('a private $name', { timeout: patienceMs }, ({ start }) => {
  it('is started, killed, restarted and stopped', async () => {
    const server = await used(start())
    const { port, pid, url, folder } = server
    expect(url).toContain(`127.0.0.1:${port}`)
    expect(await listens(port)).toBe(true)

    await server.kill()
    expect(await listens(port)).toBe(false)
    expect(lives(pid)).toBe(false)
    await server.kill()

    await server.restart()
    expect(server).toMatchObject({ port, url, folder })
    expect(server.pid).not.toBe(pid)
    expect(await listens(port)).toBe(true)

    await server.stop()
    expect(await listens(port)).toBe(false)
    expect(existsSync(folder)).toBe(false)
    await server.stop()
  })

  it('is restarted while it runs, also when it was made to pause', async () => {
    const server = await used(start())
    const { pid } = server
    await server.kill('SIGSTOP')
    expect(lives(pid)).toBe(true)
    await server.restart()
    expect(lives(pid)).toBe(false)
    expect(await listens(server.port)).toBe(true)
  })

  it('does not share its port', async () => {
    const [one, other] = await Promise.all([used(start()), used(start())])
    expect(one.port).not.toBe(other.port)
    expect(one.pid).not.toBe(other.pid)
  })
})

describe('what a server kept', { timeout: patienceMs }, () => {
  const put = async (port: number) => expect(await told(port, 'SET kept yes\r\nQUIT\r\n')).toBe('+OK\r\n+OK\r\n')
  const got = (port: number) => told(port, 'GET kept\r\nQUIT\r\n')
  const nothing = '$-1\r\n+OK\r\n'

  it('is gone with Redis, unless it was told to append it to a file', async () => {
    const [forgetful, careful] = await Promise.all([
      used(startRedis()),
      used(startRedis({ args: ['--appendonly', 'yes', '--appendfsync', 'always'] })),
    ])
    for (const server of [forgetful, careful]) {
      await put(server.port)
      await server.kill()
      await server.restart()
    }
    expect(await got(forgetful.port)).toBe(nothing)
    expect(await got(careful.port)).toBe('$3\r\nyes\r\n+OK\r\n')
    await careful.restart({ empty: true })
    expect(await got(careful.port)).toBe(nothing)
  })

  it('is there after Postgres was ended, fast or at once, with the settings it was started with', async () => {
    const server = await used(startPostgres({ settings: { max_connections: 17 } }))
    const log = () => readFileSync(`${server.folder}/server.log`, 'utf8')
    await server.restart({ mode: 'fast' })
    expect(log()).not.toContain('automatic recovery in progress')
    await server.restart({ mode: 'immediate' })
    expect(log()).toContain('automatic recovery in progress')
    expect(readFileSync(`${server.folder}/data/postmaster.opts`, 'utf8')).toContain('max_connections=17')
  })
})

it(
  'dies with the process that started it, even when that is killed',
  async () => {
    const code = `
      const { startRedis } = await import('${root}/scripts/services/start-redis.mjs')
      const { pid, folder } = await startRedis()
      console.log(JSON.stringify({ pid, folder }))
      setInterval(() => {}, 1000)`
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = await once(createInterface(parent.stdout), 'line')
    const { pid, folder } = JSON.parse(String(line))
    expect(lives(pid)).toBe(true)
    parent.kill('SIGKILL')
    await expect.poll(() => lives(pid) || existsSync(folder), { timeout: 20_000 }).toBe(false)
  },
  patienceMs,
)

it('says what the server said when it does not start', async () => {
  await expect(startRedis({ args: ['--no-such-setting', '1'] })).rejects.toThrow(
    /ended \(code 1\)[\s\S]*no-such-setting/,
  )
})
