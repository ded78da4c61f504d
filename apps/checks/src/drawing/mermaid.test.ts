import { createStep as createStepOf } from '@wf/ai'
import { createStep, createWorkflow } from '@wf/core'
import { createDefaultEngine } from '@wf/engine-default'
import { createMemoryStorage } from '@wf/storage-memory'
import { tool } from 'ai'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readPages } from '../markdown.ts'
import { printsOf } from '../snippets.ts'
import { type Read, readMermaid } from './read-mermaid.ts'

const given = z.unknown()
const step = (id: string) =>
  createStep({ id, inputSchema: given, outputSchema: given, execute: async ({ inputData }) => inputData })
const ask = createStep({
  id: 'ask',
  inputSchema: given,
  outputSchema: given,
  resumeSchema: given,
  execute: async ({ suspend }) => suspend(),
})
const words = tool({
  inputSchema: z.object({ text: z.string() }),
  outputSchema: z.number(),
  execute: async ({ text }) => text.split(' ').length,
})

const isLarge = async () => true
const isDone = async () => true

const payment = createWorkflow({ id: 'payment', inputSchema: given, outputSchema: given })
  .then(step('price'))
  .then(ask)
  .commit()

/** Each construct once. */
const everything = createWorkflow({ id: 'everything', version: '1', inputSchema: given, outputSchema: given })
  .then(step('first'))
  .map(async () => ({ text: 'once upon a time' }), { id: 'words-of' })
  .then(createStepOf(words, { id: 'words' }))
  .parallel({ quick: step('left'), slow: (flow) => flow.then(step('right')).sleep(0) }, { allowFailure: true })
  .branch({ large: [isLarge, step('large')], small: [async () => false, step('small')] })
  .dountil(step('again'), isDone)
  .sleepUntil(new Date(0), { id: 'then' })
  .map(async () => [1, 2, 3], { id: 'numbers' })
  .foreach(step('item'), { concurrency: 2 })
  .then(payment)
  .waitForEvent('paid', { key: 'order "7"' })
  .commit()

/** Each place that an arrow leads to from a place on, beginning with `begin`. */
function reached({ arrows }: Read): ReadonlySet<string> {
  const seen = new Set(['begin'])
  for (const place of seen) for (const { from, to } of arrows) if (from === place) seen.add(to)
  return seen
}

describe('what Mermaid reads in a drawing', () => {
  it('is the whole graph, from its begin to its end', async () => {
    const read = await readMermaid(everything.toMermaid())
    const { labels, frames, arrows } = read
    expect(labels.get('begin')).toBe('everything\n1')
    expect([...labels.values()]).toEqual(
      expect.arrayContaining([
        ...['first', 'words-of\nmap', 'words', 'all at once\nfailures allowed', 'left', 'right', 'large', 'small'],
        ...['each that is true', 'until isDone', 'then\nsleep until 1970-01-01T00:00:00.000Z', 'item', 'price', 'ask'],
        ...['each item, 2 at once', 'payment', 'event_everything_0\nevent paid\nkey order "7"', 'end'],
      ]),
    )
    expect([...frames.values()].map((inside) => inside.length).sort()).toEqual([1, 2])
    expect(arrows.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['quick', 'slow', 'isLarge', 'false', 'none is true', 'again', 'done']),
    )
    const nodes = [...labels.keys()].filter((id) => !frames.has(id))
    expect([...reached(read)].sort()).toEqual(nodes.sort())
  })

  it('tells of a run, from its result and from `runs.get`', async () => {
    const engine = createDefaultEngine({ workflows: [everything], storage: createMemoryStorage() })
    const run = await engine.createRun(everything)
    const result = await run.start({ inputData: 7 })
    const state = await engine.runs.get(run.runId)
    const history = await engine.runs.history(run.runId)
    await engine.close()
    const fromResult = await readMermaid(everything.toMermaid(result))
    const fromState = await readMermaid(everything.toMermaid({ ...state, history: history ?? [] }))
    const labels = [...fromState.labels.values()]
    expect(labels).toEqual(
      expect.arrayContaining([
        ...['first\nsuccess', 'words\nsuccess', 'small', 'until isDone\n1 iteration', 'each item, 2 at once\n3 items'],
        ...['payment\nrunning', 'price\nsuccess', 'ask\nsuspended', 'suspended'],
      ]),
    )
    expect([...fromResult.labels.values()]).toEqual(expect.arrayContaining(['payment\nsuspended', 'ask', 'suspended']))
    const marked = (status: string) => [...fromState.classes].filter(([, classes]) => classes.includes(status))
    expect(marked('suspended').map(([id]) => fromState.labels.get(id))).toEqual(['ask\nsuspended', 'suspended'])
    expect(fromState.arrows).toEqual(fromResult.arrows)
  })

  it.each([
    ...['end', 'graph', 'subgraph', 'class', 'click', 'style', 'default', 'flowchart TD', 'href', 'call', 'o', 'x'],
    ...[
      '"',
      '"]',
      '#quot;',
      '`code`',
      '[',
      '](',
      '{{',
      '|',
      '-->',
      '%%',
      '%%{init: {}}%%',
      '---',
      ';',
      '&amp;',
      '<br>',
    ],
    ...['<script>', '1. one', '- one', '# one', '> one', '**b**', '__init__', 'https://example.com', 'www.example.com'],
    ...[
      'a\nb',
      'a\r\nend\n',
      '\\',
      "'",
      '$$x$$',
      '::icon',
      ':::success',
      '@{ shape: x }',
      'ﬂ',
      'ä ö',
      '日本',
      '🚀',
      '\u0007',
    ],
  ])('is the id %j of a step as it is, wherever it stands', async (id) => {
    const inner = createWorkflow({ id, inputSchema: given, outputSchema: given }).then(step(id)).commit()
    const workflow = createWorkflow({ id, inputSchema: given, outputSchema: given })
      .branch({ [id]: [isLarge, inner] })
      .commit()
    const { labels, arrows } = await readMermaid(workflow.toMermaid({ status: id, steps: { [id]: { status: id } } }))
    const told = ['begin', 'finish', 'n0_0_0'].map((place) => labels.get(place)?.replace('\r\n', '\n'))
    expect(told).toEqual(Array(3).fill(id.replace('\r\n', '\n')))
    expect(labels.get('n0_0')?.replaceAll('\r\n', '\n')).toBe(`${id}\n${id}`.replaceAll('\r\n', '\n'))
    expect(arrows.map(({ from, to }) => `${from} ${to}`).sort()).toEqual(
      ['begin n0', 'n0 n0_0_0', 'n0 n0_join', 'n0_0_0 n0_join', 'n0_join finish'].sort(),
    )
  })

  it('is any text, spaces around it apart', async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 }).filter((id) => id !== 'input')
    await fc.assert(
      fc.asyncProperty(text, async (id) => {
        const workflow = createWorkflow({ id: 'any', inputSchema: given, outputSchema: given }).then(step(id)).commit()
        const { labels } = await readMermaid(workflow.toMermaid())
        expect(labels.get('n0')?.trim()).toBe(id.trim())
      }),
      { numRuns: 300 },
    )
  })
})

describe('drawings in pages', () => {
  const pages = readPages().flatMap(({ path, blocks }) => blocks.map((block) => ({ ...block, path })))
  const drawings = pages.filter(({ language }) => language === 'mermaid')

  it('are what Mermaid reads', async () => {
    expect(drawings.map(({ path }) => path)).toContain('docs/drawing.md')
    for (const { code } of drawings) expect((await readMermaid(code)).labels.size).toBeGreaterThan(0)
  })

  it('are what the code beside them prints', () => {
    const beside = pages.filter(({ path, language }) => path === 'docs/drawing.md' && language !== '')
    const [shown, drawn] = beside.map(({ language, code }) =>
      language === 'ts' ? printsOf(code).join('\n') : code.trimEnd(),
    )
    expect(drawn).toBe(shown)
  })
})
