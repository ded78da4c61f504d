import { stripVTControlCharacters } from 'node:util'
import type { WorkflowState } from '@wf/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { orderWorkflow } from './order-workflow.ts'
import { outline } from './outline.ts'
import { type Look, picture } from './picture.ts'
import { createScreen } from './screen.ts'

const lines = outline(orderWorkflow.graph)
const steps = { stock: { status: 'success' }, risk: { status: 'running' } }

const look: Look = {
  run: { runId: 'order-1042', status: 'running', steps } as unknown as WorkflowState<'steps'>,
  ...{ waitsFor: [], calls: new Map(), processes: [], seconds: 1.5, prompt: '' },
  ranIn: new Map([['stock', [1]]]),
  notes: new Map([['stock', '6 items on the shelf']]),
}

/** What is written to an output of this size. */
function written(size: { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number }): string {
  let text = ''
  const output = {
    ...size,
    write(more: string) {
      text += more
    },
  }
  const screen = createScreen(lines, output)
  screen.show(look)
  screen.show({ ...look, seconds: 1.6 })
  screen.end('The end')
  screen.close()
  return text
}

describe('the screen', () => {
  beforeEach(() => {
    vi.stubEnv('CI', '')
    vi.stubEnv('TERM', 'xterm')
  })
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  it('paints over itself where a terminal has room', () => {
    const text = written({ isTTY: true, columns: 80, rows: 24 })
    expect(text).toContain(`\x1b[${lines.length + 3}A`)
    expect(stripVTControlCharacters(text)).toContain('✓ stock                 6 items on the shelf · process 1')
    // The cursor is given back.
    expect(text.indexOf('\x1b[?25l')).toBeGreaterThanOrEqual(0)
    expect(text.endsWith('\x1b[?25h')).toBe(true)
  })

  it.each([
    ['is no terminal', {}],
    ['is narrow', { isTTY: true, columns: 40, rows: 50 }],
    ['is low', { isTTY: true, columns: 80, rows: 15 }],
  ])('tells each change once, in a line of its own, where the output %s', (_, size) => {
    const text = written(size)
    expect(stripVTControlCharacters(text)).toBe(text)
    expect(text.split('\n')).toEqual([
      '  1.5 s  stock                     done           process 1  6 items on the shelf',
      '  1.5 s  risk                      running',
      '',
      'The end',
      '',
    ])
  })

  it('does the same on a terminal that cannot move its cursor, and in a CI', () => {
    vi.stubEnv('TERM', 'dumb')
    expect(written({ isTTY: true, columns: 80, rows: 24 })).not.toContain('\x1b')
    vi.stubEnv('TERM', 'xterm')
    vi.stubEnv('CI', 'true')
    expect(written({ isTTY: true, columns: 80, rows: 24 })).not.toContain('\x1b')
  })

  it.each([48, 80])('never draws a row that is wider than %i columns', (columns) => {
    for (const row of picture(lines, look, columns)) expect(stripVTControlCharacters(row).length).toBeLessThan(columns)
  })
})
