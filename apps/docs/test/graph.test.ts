import { createStep, createWorkflow, type Graph } from '@wf/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { drawGraph } from '../src/graph/draw-graph.ts'
import { tellGraph } from '../src/graph/tell-graph.ts'

const text = z.string()
const step = <const Id extends string>(id: Id) =>
  createStep({ id, inputSchema: text, outputSchema: text, execute: async ({ inputData }) => inputData })
const make = (id: string) => createWorkflow({ id, inputSchema: text, outputSchema: z.unknown() })

const inner = createWorkflow({ id: 'inner', inputSchema: text, outputSchema: text }).then(step('leaf')).commit()

/** One of each kind. */
const everything = make('everything')
  .then(step('first'))
  .sleep(90_000)
  .sleepUntil(new Date(0))
  .dowhile(step('body'), async () => false)
  .parallel({ left: inner, right: (flow) => flow.then(step('a')).then(step('b')) })
  .map(async () => 'x', { id: 'joined' })
  .branch([[async () => true, step('arm')]])
  .map(async () => ['x'], { id: 'list' })
  .foreach(step('item'), { concurrency: 3 })
  .waitForEvent('paid')
  .commit()

const numbers = (svg: string, name: string): number[] =>
  [...svg.matchAll(new RegExp(` ${name}="(-?[\\d.]+)"`, 'g'))].map(([, found]) => Number(found))

describe('a picture', () => {
  const svg = drawGraph(everything.graph)

  it('shows every node by its name', () => {
    for (const name of ['first', 'body', 'leaf', 'a', 'b', 'joined', 'arm', 'list', 'item', 'left', 'right'])
      expect(svg, name).toContain(`>${name}</text>`)
    for (const words of ['workflow inner', 'foreach item, 3 at once', 'dowhile', 'sleeps 90 s', 'waits for paid'])
      expect(svg, words).toContain(words)
  })

  it('stays inside its frame', () => {
    const [, width = 0, height = 0] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg)?.map(Number) ?? []
    expect(Math.min(...numbers(svg, 'x'), ...numbers(svg, 'y'))).toBeGreaterThanOrEqual(0)
    expect(Math.max(...numbers(svg, 'x'))).toBeLessThan(width)
    expect(Math.max(...numbers(svg, 'y'))).toBeLessThan(height)
  })

  it('tells the same in words', () => {
    expect(tellGraph(everything.graph)).toBe(
      'workflow everything: first, then sleeps 90 s, then sleeps until a date, then dowhile body, ' +
        'then parallel of left (workflow inner (leaf)) and right (a, then b), then map joined, then branch of arm, ' +
        'then map list, then foreach item, then waits for paid',
    )
  })

  it('takes names for text', () => {
    const graph: Graph = { ...everything.graph, id: '<b>"&', nodes: [] }
    const shown = drawGraph(graph)
    expect(shown).toContain('&lt;b&gt;&quot;&amp;')
    expect(shown).not.toContain('<b>')
  })
})
