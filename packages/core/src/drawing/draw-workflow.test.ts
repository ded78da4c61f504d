import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createStep, createWorkflow } from '../index.js'
import type { DrawnRun } from './drawn-run.js'

const given = z.unknown()
const step = (id: string, more: { readonly resumeSchema?: z.ZodType; readonly description?: string } = {}) =>
  createStep({ id, inputSchema: given, outputSchema: given, execute: async ({ inputData }) => inputData, ...more })
const begin = () => createWorkflow({ id: 'flow', inputSchema: given, outputSchema: given })
const [a, b] = [step('a'), step('b')]
const isLarge = async () => true
const isDone = async () => true

/** The lines between the first node and the last one, and the arrows between them. */
function inner(workflow: { toMermaid(run?: DrawnRun): string }, run?: DrawnRun): string[] {
  const lines = workflow.toMermaid(run).trimEnd().split('\n')
  return lines.filter((line) => !/^flowchart|^ {2}begin\W|^ {2}finish\W| finish$/.test(line))
}

describe('the drawing of a workflow', () => {
  it('goes from its begin to its end', () => {
    const text = createWorkflow({ id: 'order', version: '2', inputSchema: given, outputSchema: given })
      .then(a)
      .then(b)
      .commit()
      .toMermaid()
    expect(text).toBe(
      [
        'flowchart TD',
        '  begin(["order<br/>2"])',
        '  n0["a"]',
        '  n1["b"]',
        '  finish(["end"])',
        '  n0 --> n1',
        '  begin --> n0',
        '  n1 --> finish',
        '',
      ].join('\n'),
    )
  })

  it('has steps that ask in a shape of their own', () =>
    expect(
      inner(
        begin()
          .then(step('ask', { resumeSchema: given }))
          .commit(),
      ),
    ).toEqual(['  n0[/"ask"/]']))

  it('has maps', () =>
    expect(
      inner(
        begin()
          .map(async () => 1, { id: 'one' })
          .commit(),
      ),
    ).toEqual(['  n0{{"one<br/>map"}}']))

  it('has sleeps, in the largest unit that fits', () =>
    expect(
      inner(
        begin()
          .sleep(90_000, { id: 'm' })
          .sleep(7_200_000, { id: 'h' })
          .sleep(1500, { id: 'ms' })
          .sleep(0, { id: 'none' })
          .sleep(async () => 5, { id: 'computed' })
          .sleepUntil(new Date('2030-01-02T03:04:05Z'), { id: 'date' })
          .sleepUntil(async () => new Date(0), { id: 'some-date' })
          .commit(),
      ).slice(0, 7),
    ).toEqual([
      '  n0[/"m<br/>sleep 90 s"\\]',
      '  n1[/"h<br/>sleep 2 h"\\]',
      '  n2[/"ms<br/>sleep 1500 ms"\\]',
      '  n3[/"none<br/>sleep 0 ms"\\]',
      '  n4[/"computed<br/>sleep for a time that is computed"\\]',
      '  n5[/"date<br/>sleep until 2030-01-02T03:04:05#46;000Z"\\]',
      '  n6[/"some-date<br/>sleep until a date that is computed"\\]',
    ]))

  it('has events that are waited for', () =>
    expect(
      inner(
        begin()
          .waitForEvent('paid', { id: 'p', key: 'order-1', timeoutMs: 60_000 })
          .waitForEvent('sent', { id: 's' })
          .waitForEvent('seen', { id: 'c', key: async () => 'x' })
          .commit(),
      ).slice(0, 3),
    ).toEqual([
      '  n0>"p<br/>event paid<br/>key order-1<br/>for at most 1 min"]',
      '  n1>"s<br/>event sent"]',
      '  n2>"c<br/>event seen<br/>key that is computed"]',
    ]))

  it('has members that run at once, with the names that they were given', () => {
    expect(inner(begin().parallel({ left: a, b }, { allowFailure: true }).commit())).toEqual([
      '  n0{{"all at once<br/>failures allowed"}}',
      '  n0_0["a"]',
      '  n0_1["b"]',
      '  n0_join((" "))',
      '  n0 -->|"left"| n0_0',
      '  n0_0 --> n0_join',
      '  n0 --> n0_1',
      '  n0_1 --> n0_join',
    ])
    const described = begin().parallel([a, b], { description: 'both quotes' }).commit()
    expect(inner(described)[0]).toBe('  n0{{"both quotes"}}')
  })

  it('names conditions: by the arm, by their function, or by what they compute', () => {
    const arms = begin().branch([
      [isLarge, a],
      [async () => 1 + 1 === 2, b],
      [
        async () => {
          throw new Error('a condition that is too long to be shown')
        },
        step('c'),
      ],
    ])
    const arrows = inner(arms.commit()).filter((line) => line.includes('n0 -->'))
    expect(arrows.slice(0, 2)).toEqual([
      '  n0 -->|"isLarge"| n0_0',
      expect.stringMatching(/ -->\|"1 #43; 1 === 2"\| n0_1$/),
    ])
    expect(arrows[2]).toMatch(/throw .*…"\| n0_2$/)
    expect(arrows[3]).toBe('  n0 -->|"none is true"| n0_join')
    const named = begin()
      .branch({ large: [isLarge, a] }, { description: 'how large?' })
      .commit()
    expect(inner(named)).toEqual([
      '  n0{"how large?"}',
      '  n0_0["a"]',
      '  n0_join((" "))',
      '  n0 -->|"large"| n0_0',
      '  n0_0 --> n0_join',
      '  n0 -->|"none is true"| n0_join',
    ])
  })

  it('has loops that lead back', () => {
    const workflow = begin()
      .dountil(a, isDone)
      .dowhile((flow) => flow.then(b).then(step('c')), isLarge)
    expect(inner(workflow.commit())).toEqual([
      '  n0_0["a"]',
      '  n0{"until isDone"}',
      '  n1_0_0["b"]',
      '  n1_0_1["c"]',
      '  n1{"while isLarge"}',
      '  n0_0 --> n0',
      '  n0 -->|"again"| n0_0',
      '  n1_0_0 --> n1_0_1',
      '  n1_0_1 --> n1',
      '  n1 -->|"again"| n1_0_0',
      '  n0 -->|"done"| n1_0_0',
    ])
    expect(workflow.commit().toMermaid()).toContain('  n1 -->|"done"| finish')
  })

  it('has a frame around what runs for each item', () => {
    const items = createWorkflow({ id: 'flow', inputSchema: z.array(given), outputSchema: given })
    const frames = [
      items.foreach(a),
      items.foreach(a, { concurrency: 5 }),
      items.foreach(a, { concurrency: async () => 2 }),
    ].map((flow) => inner(flow.commit()))
    expect(frames[0]).toEqual(['  subgraph n0["each item, one at a time"]', '    n0_0["a"]', '  end'])
    expect(frames.map(([first]) => first).slice(1)).toEqual([
      '  subgraph n0["each item, 5 at once"]',
      '  subgraph n0["each item, as many at once as is computed"]',
    ])
  })

  it('has nested workflows as frames, with the conditions in them', () => {
    const nested = createWorkflow({ id: 'payment', inputSchema: given, outputSchema: given })
      .branch([[isLarge, b]])
      .commit()
    expect(inner(begin().then(a).then(nested).commit())).toEqual([
      '  n0["a"]',
      '  subgraph n1["payment"]',
      '    n1_0{"each that is true"}',
      '    n1_0_0["b"]',
      '    n1_0_join((" "))',
      '  end',
      '  n1_0 -->|"isLarge"| n1_0_0',
      '  n1_0_0 --> n1_0_join',
      '  n1_0 -->|"none is true"| n1_0_join',
      '  n0 --> n1_0',
    ])
  })

  it('is the same each time, and made of places: ids of steps are words in it', () => {
    const hostile = [
      'end',
      'graph',
      'a"]; click x',
      '<b>[1]</b>',
      'line\nline',
      '1. one',
      '`a` **b** _c_',
      '__init__',
      'a_b-c',
      '#quot;',
      '%%',
      '🚀',
    ]
    const steps = hostile.map((id) => step(id))
    const all = begin().parallel(steps).commit()
    const labels = inner(all).slice(1, 1 + hostile.length)
    expect(labels.map((line) => line.trim())).toEqual([
      'n0_0["end"]',
      'n0_1["graph"]',
      'n0_2["a#34;#93;#59; click x"]',
      'n0_3["#60;b#62;#91;1#93;#60;#47;b#62;"]',
      'n0_4["line#10;line"]',
      'n0_5["1#46; one"]',
      'n0_6["#96;a#96; #42;#42;b#42;#42; #95;c#95;"]',
      'n0_7["#95;#95;init#95;#95;"]',
      'n0_8["a_b-c"]',
      'n0_9["#35;quot#59;"]',
      'n0_10["#37;#37;"]',
      'n0_11["#128640;"]',
    ])
    expect(all.toMermaid()).toBe(all.toMermaid())
  })

  it('cuts what is long', () =>
    expect(
      inner(
        begin()
          .then(step('x'.repeat(100)))
          .commit(),
      ),
    ).toEqual([`  n0["${'x'.repeat(59)}…"]`]))
})
