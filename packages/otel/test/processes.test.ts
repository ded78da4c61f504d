import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { type SeenSpan, treeOf } from './given/tree.js'
import type { Order } from './processes/order.js'
import { runMember } from './processes/run-member.js'

const folder = mkdtempSync(join(tmpdir(), 'wf-otel-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What the page for users shows must be what was seen. */
const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'observability.md'), 'utf8')

it('is one over three processes, a suspension and a kill', { timeout: 60_000 }, async () => {
  const spans = join(folder, 'spans.jsonl')
  const common = { runId: 'order-1', path: join(folder, 'runs.sqlite'), spans, dies: false } as const
  const plays: readonly (readonly [Order, string])[] = [
    [{ ...common, name: 'shop', does: 'starts' }, 'suspended'],
    [{ ...common, name: 'office', does: 'resumes', dies: true }, 'SIGKILL'],
    [{ ...common, name: 'worker', does: 'works' }, 'success'],
  ]
  for (const [order, ending] of plays) expect(await runMember(order)).toBe(ending)
  const lines = readFileSync(spans, 'utf8').trim().split('\n')
  const seen: readonly SeenSpan[] = lines.map((line) => JSON.parse(line))
  expect(new Set(seen.map(({ traceId }) => traceId)).size).toBe(1)
  const known = new Set(seen.map(({ spanId }) => spanId))
  const roots = seen.filter(({ parentId }) => parentId === undefined || !known.has(parentId))
  expect(roots.map(({ name }) => name)).toEqual(['start order'])
  const retaken = seen.find(({ name, process }) => name === 'step approve' && process === 'worker')
  expect(retaken?.attributes).toMatchObject({ 'wf.step.losses': 1, 'wf.step.resumes': 1 })
  const tree = treeOf(seen)
  expect(page).toContain(`\`\`\`text\n${tree.join('\n')}\n\`\`\``)
})
