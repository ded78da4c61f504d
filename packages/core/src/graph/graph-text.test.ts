import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createStep, createWorkflow } from '../builder/index.js'
import { changesBetween } from './changes-between.js'
import { graphFromText, graphText } from './graph-text.js'
import { hashGraph } from './hash-graph.js'
import { tellChange } from './tell-changes.js'

const any = z.any()
const step = (id: string, about: object = {}) =>
  createStep({ id, inputSchema: any, outputSchema: any, execute: () => 1, ...about })
const begin = (id: string) => createWorkflow({ id, inputSchema: any, outputSchema: any })

const about = { description: 'told to people', metadata: { owner: 'somebody' }, retries: 2 }
const inner = begin('inner').then(step('deep')).commit()
const { graph } = begin('whole')
  .then(step('a', about))
  .then(inner)
  .parallel([step('b'), step('c')])
  .map({ secret: { value: 'constant' } })
  .sleepUntil(new Date(5))
  .commit()

describe('the text of a graph', () => {
  it('gives the graph back as far as its hash covers it', () => {
    const read = graphFromText(graphText(graph))
    expect(hashGraph(read)).toBe(hashGraph(graph))
    expect(changesBetween(graph, read, [[0], [1, 0], [2, 0], [2, 1], [3], [4]])).toEqual([])
  })

  it('has nothing in it that is meant for people, and no constants', () => {
    for (const text of ['told to people', 'somebody', 'constant']) expect(graphText(graph)).not.toContain(text)
  })

  it('is written once', () => {
    expect(graphText(graph)).toBe(graphText(graph))
    expect(graphText(graph).length).toBeLessThan(1_000)
  })
})

describe('a change in words', () => {
  const told = (other: { readonly graph: typeof graph }, ...path: number[]): readonly string[] =>
    changesBetween(graph, other.graph, [path]).map((change) =>
      tellChange({ before: graph, after: other.graph }, change),
    )

  it('says what is there now, what has gone and what has moved', () => {
    const other = begin('whole').then(step('b')).then(step('a')).commit()
    expect(told(other, 0)).toEqual(['step "a" has moved from 0 to 1'])
    expect(told(other, 1, 0)).toEqual(['workflow "inner" at 1 is step "a" now'])
    expect(told(other, 2, 0)).toEqual([expect.stringMatching(/^parallel ".*" at 2 was removed$/)])
  })

  it('names the innermost place that has changed', () => {
    const other = begin('whole')
      .then(step('a'))
      .then(begin('inner').then(step('deeper')).commit())
      .commit()
    expect(told(other, 1, 0)).toEqual(['step "deep" at 1.0 is step "deeper" now'])
  })

  it('says of a place that the earlier graph had not what is there', () => {
    const change = { path: [7], after: { kind: 'step', id: 'new' } } as const
    expect(tellChange({ before: graph, after: graph }, change)).toBe('step "new" is at 7, where nothing was')
    expect(tellChange({ before: graph, after: graph }, { path: [7] })).toBe('nothing is at 7, where nothing was')
  })
})
