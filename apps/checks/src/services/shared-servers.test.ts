import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startRedis } from '../../../../scripts/services/start-redis.mjs'
import { root } from '../public-packages.ts'

const { withLock }: { withLock<T>(file: string, work: () => Promise<T>): Promise<T> } = await import(
  `${root}/scripts/services/lock.mjs`
)
const { lives }: { lives(pid: number): boolean } = await import(`${root}/scripts/services/lives.mjs`)

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wf-services-'))
  chmodSync(folder, 0o755)
})
afterEach(async () => {
  await services('down')
  rmSync(folder, { recursive: true })
})

interface Said {
  readonly code: number | null
  readonly output: string
}

/** The command as on a machine whose environment names no servers but the given ones. */
function services(command: string, given: Record<string, string> = {}): Promise<Said> {
  const { DATABASE_URL, REDIS_URL, NATS_URL, ...env } = process.env
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'scripts', 'services.mjs'), command], {
      env: { ...env, ...given, WF_SERVICES_FOLDER: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.on('close', (code) => resolve({ code, output }))
  })
}

const processesOf = (table: string) => [...table.matchAll(/ {2}(\d+) {2}/g)].map(([, pid]) => Number(pid))

const patienceMs = 120_000

describe('the servers that tests share', { timeout: patienceMs }, () => {
  it('are started once, and taken down with all that they kept', async () => {
    const first = await services('up')
    expect(first.code).toBe(0)
    expect(processesOf(first.output)).toHaveLength(3)
    expect(await services('up')).toEqual(first)
    expect(await services('status')).toEqual(first)

    const { output: lines } = await services('env')
    expect(lines).toMatch(
      /^export DATABASE_URL='postgres:\/\/\S+'\nexport REDIS_URL='redis:\/\/\S+'\nexport NATS_URL='nats:\/\/\S+'\n$/,
    )

    expect(await services('down')).toEqual({ code: 0, output: '' })
    expect(processesOf(first.output).filter(lives)).toEqual([])
    expect(readdirSync(folder)).toEqual([])
    expect(await services('env')).toEqual({ code: 1, output: 'postgres, redis, nats: not up. Run "up" first.\n' })
  })

  it('are started once when several ask at once', async () => {
    const tables = await Promise.all(['up', 'up', 'up'].map((command) => services(command)))
    for (const table of tables) expect(table).toEqual(tables[0])
  })

  it('are those of the environment, which nobody takes down; one that ended is started again', async () => {
    const own = await startRedis()
    try {
      const { output } = await services('up', { REDIS_URL: own.url })
      expect(output).toContain('environment')
      const pids = processesOf(output)
      expect(pids).toHaveLength(2)

      process.kill(Number(pids[1]), 'SIGKILL')
      const again = processesOf((await services('up', { REDIS_URL: own.url })).output)
      expect(again[0]).toBe(pids[0])
      expect(again[1]).not.toBe(pids[1])

      await services('down', { REDIS_URL: own.url })
      expect((await services('status', { REDIS_URL: own.url })).output).toMatch(/redis +answers +environment/)
    } finally {
      await own.stop()
    }
  })

  it('are missing with a clear word, without secrets, when the environment names one that does not answer', async () => {
    const { code, output } = await services('up', { REDIS_URL: 'redis://me:secret@127.0.0.1:1' })
    expect(code).toBe(1)
    expect(output).toBe('REDIS_URL is set, but no redis answers at 127.0.0.1:1.\n')
  })

  it('end when the last process that uses them needs them no more', async () => {
    const use = async (then: string) => {
      const code = `
        const { release, up } = await import('${root}/scripts/services/shared-servers.mjs')
        await up({ user: process.pid })
        ${then}`
      const { REDIS_URL, DATABASE_URL, NATS_URL, ...env } = process.env
      const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
        env: { ...env, WF_SERVICES_FOLDER: folder },
      })
      await new Promise((resolve) => child.on('close', resolve))
    }
    await use("process.kill(process.pid, 'SIGKILL')")
    const pids = processesOf((await services('status')).output)
    expect(pids).toHaveLength(3)
    await use('await release(process.pid)')
    expect(pids.filter(lives)).toEqual([])
    expect(existsSync(join(folder, 'state.json'))).toBe(false)
  })
})

describe('the lock', () => {
  it('lets one in at a time', async () => {
    const file = join(folder, 'lock')
    let inside = 0
    let most = 0
    const work = async () => {
      inside += 1
      most = Math.max(most, inside)
      await new Promise((resolve) => setImmediate(resolve))
      inside -= 1
    }
    await Promise.all(Array.from({ length: 5 }, () => withLock(file, work)))
    expect(most).toBe(1)
    expect(existsSync(file)).toBe(false)
  })

  it('is taken from one who died with it, and is free after work that failed', async () => {
    const file = join(folder, 'lock')
    const gone = spawn(process.execPath, ['--version'])
    await new Promise((resolve) => gone.on('close', resolve))
    writeFileSync(file, `${gone.pid} 0.1`)
    expect(await withLock(file, async () => readFileSync(file, 'utf8'))).toMatch(new RegExp(`^${process.pid} `))
    await expect(withLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(existsSync(file)).toBe(false)
  })
})
