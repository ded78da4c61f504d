import { spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LedgerEntry, readLedger } from './ledger.ts'

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
  'An order of 6 items goes through the workflow "order" in process 1.',
  /stock +done +process 1/,
  /domestic-quote +done +process 1 +365\.00 €/,
  /pack\[0\]\.wrap +done +process 1/,
  /pack\[\d\]\.\w+ +lost +process 1/,
  'has got SIGKILL. It was in the middle of pack[',
  'Process 2 starts',
  // A busy machine may be too late to see it run.
  /pack\[\d\]\.\w+ +(running again|done) +process 2/,
  'Process 2 goes on by itself',
  /, with the same idempotencyKey order-1042:/,
  /pack\[5\]\.wrap +done +process 2/,
  /pay +done +process 2 +365\.00 € in attempt 3/,
  /approve +suspended/,
  '"365.00 € are a lot. Ship it?"',
  'Process 3 resumes the order',
  /approve +done +approved by Ada/,
  /delivery\.label +done +process 3/,
  /delivery\.hand-over +done +process 3 +the courier has T-LDCSRM/,
  'Done: T-LDCSRM is on its way.',
  '2 what the bank had refused.',
  '0 of them were run again.',
  'The bank was called 3 times under one key and charged once.',
  'Look next:',
  'README.md',
  'npm test',
]

/** What the demo imports is built first, as `npm run demo` does: it runs on the packages as users get them. */
describe('the demo', { timeout: 150_000 }, () => {
  let demo: Ended
  let folder = ''
  let ledger: readonly LedgerEntry[] = []
  beforeAll(async () => {
    const turbo = join(root, 'node_modules', '.bin', 'turbo')
    const filters = ['core', 'engine-default', 'storage-sqlite'].map((name) => `--filter=@wf/${name}`)
    const built = await end(turbo, 'run', 'build', ...filters, '--output-logs=errors-only')
    expect(built.code, built.output).toBe(0)
    demo = await end(process.execPath, '--disable-warning=ExperimentalWarning', 'apps/demo/src/main.ts', '--keep')
    folder = /^Kept: (.+)$/m.exec(demo.output)?.[1] ?? ''
    if (folder) ledger = readLedger(folder)
  }, 150_000)
  afterAll(() => folder && rmSync(folder, { recursive: true, force: true }))

  const calls = (...processes: readonly number[]): readonly LedgerEntry[] =>
    ledger.filter(({ what, process }) => what === 'called' && processes.includes(process))
  const keysOf = (entries: readonly LedgerEntry[]): readonly string[] => [
    ...new Set(entries.map(({ idempotencyKey }) => idempotencyKey)),
  ]
  const answeredBy = (process: number): readonly string[] =>
    keysOf(ledger.filter((entry) => entry.what === 'answered' && entry.process === process))

  it('ends by itself and well', () => expect(demo.code, demo.output).toBe(0))

  it('tells the whole story in order, line by line', () => {
    let rest = demo.output
    for (const part of story) {
      const at = typeof part === 'string' ? rest.indexOf(part) : rest.search(part)
      expect(at, `${part} is not told where it belongs:\n${demo.output}`).toBeGreaterThanOrEqual(0)
      rest = rest.slice(at + 1)
    }
  })

  it('loses a process with items packed and items in hand, and runs again what was in hand, in another one', () => {
    const inHand = keysOf(calls(1)).filter((key) => !answeredBy(1).includes(key))
    expect(inHand.length).toBeGreaterThan(0)
    const again = calls(2).filter(({ restart }) => restart)
    expect(keysOf(again).toSorted()).toEqual(inHand.toSorted())
    expect(demo.output).toMatch(/Process 1 \(\d+\) has got SIGKILL/)
  })

  it('calls nobody again for what was answered', () => {
    expect(answeredBy(1).length).toBeGreaterThan(6)
    const later = keysOf(calls(2, 3))
    expect(answeredBy(1).filter((key) => later.includes(key))).toEqual([])
  })

  it('calls for every step once, apart from what was in hand and what was refused', () => {
    // 3 checks, a quote, two calls for each of 6 items, a payment, a label and a courier.
    expect(keysOf(calls(1, 2, 3))).toHaveLength(19)
    const inHand = keysOf(calls(1)).length - answeredBy(1).length
    const refused = ledger.filter(({ what }) => what === 'refused').length
    expect(refused).toBe(2)
    expect(calls(1, 2, 3)).toHaveLength(19 + inHand + refused)
    expect(ledger.filter(({ what }) => what === 'charged')).toHaveLength(1)
  })

  it('takes only one way', () => {
    expect(demo.output).toMatch(/foreign-quote +skipped/)
    expect(demo.output).not.toMatch(/foreign-quote +(running|done)/)
  })

  it('keeps what it was asked to keep', () => expect(existsSync(join(folder, 'journals.db'))).toBe(true))

  it('draws nothing where nobody can see it, and no warning of Node comes between', () => {
    expect(stripVTControlCharacters(demo.output)).toBe(demo.output)
    expect(demo.output).not.toContain('Warning')
  })
})
