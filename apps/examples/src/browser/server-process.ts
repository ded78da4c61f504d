import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const main = join(import.meta.dirname, '..', 'main.ts')

/** The example as a user starts it, in a process that may be killed and started again on the same data and port. */
export class ServerProcess {
  readonly folder = mkdtempSync(join(tmpdir(), 'wf-example-'))
  url = ''
  private child: ChildProcess | undefined

  async start(): Promise<void> {
    const PORT = this.url ? new URL(this.url).port : '0'
    // A key of whoever runs this is none of its business.
    const keys = { ANTHROPIC_API_KEY: '', OPENAI_API_KEY: '' }
    const env = { ...process.env, ...keys, PORT, WF_EXAMPLE_DATA: this.folder }
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, 'agent'], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.child = child
    for await (const line of createInterface({ input: child.stdout })) {
      if (!line.startsWith('http')) continue
      this.url = line
      return
    }
    throw new Error('the example ended before it said where it is')
  }

  /** As a power cut would, for all that the process can do about it. */
  async kill(): Promise<void> {
    const { child } = this
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  /** What was paid, as the bank has it. */
  get refunds(): number {
    const path = join(this.folder, 'refunds.jsonl')
    return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').length : 0
  }

  async close(): Promise<void> {
    await this.kill()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
