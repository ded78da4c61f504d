import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..')

interface Ended {
  readonly code: number | null
  readonly output: string
}

function end(program: string, ...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, timeout: 120_000, stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString() }))
  })
}

/** In the order in which they must be told; what lies between two of them may vary. */
const story = [
  'An order of 5 items goes through the workflow "order":',
  'stock: running',
  'stock: done',
  'domestic-quote: done',
  'pack: running',
  'pack: done',
  'pay: running',
  'pay: attempt 1 failed: 503 from the payment gateway',
  'pay: waiting',
  'pay: attempt 2 failed: 503 from the payment gateway',
  'pay: charged 285.00 € in attempt 3',
  'pay: done',
  'approve: suspended',
  'Suspended: "285.00 € are a lot. Ship it?"',
  'approve: done',
  'delivery › label: done',
  'delivery › wait-for-courier: waiting',
  'delivery › hand-over: the courier has T-12345',
  'Done: T-12345 is on its way',
  'called 3 times under one idempotency key and charged once',
  'Look next:',
  'README.md',
]

/** What the demo imports is built first, as `npm run demo` does: it runs on the packages as users get them. */
describe('the demo', { timeout: 150_000 }, () => {
  let demo: Ended
  beforeAll(async () => {
    const turbo = join(root, 'node_modules', '.bin', 'turbo')
    const filters = ['core', 'engine-default', 'storage-memory'].map((name) => `--filter=@wf/${name}`)
    const built = await end(turbo, 'run', 'build', ...filters, '--output-logs=errors-only')
    expect(built.code, built.output).toBe(0)
    demo = await end(process.execPath, 'apps/demo/src/main.ts')
  }, 150_000)

  it('ends by itself and well', () => expect(demo.code, demo.output).toBe(0))

  it('tells the whole story in order, line by line', () => {
    let from = 0
    for (const part of story) {
      const at = demo.output.indexOf(part, from)
      expect(at, `"${part}" is not told where it belongs:\n${demo.output}`).toBeGreaterThanOrEqual(0)
      from = at + part.length
    }
  })

  it('packs every item, and takes only one way', () => {
    for (const sku of ['lamp', 'desk', 'chair', 'shelf', 'rug']) expect(demo.output).toContain(`× ${sku}`)
    expect(demo.output).toContain('foreign-quote: skipped')
    expect(demo.output).not.toContain('foreign-quote: running')
  })

  it('draws nothing where nobody can see it', () => {
    expect(stripVTControlCharacters(demo.output)).toBe(demo.output)
  })
})
