import { describe, expect, it } from 'vitest'
import { createProgram, missingCode } from './program.js'

/** A frame by its place: numbers are slots from the outermost on, `each` is what a loop or foreach runs. */
function frameAt(...slots: readonly (number | 'each')[]) {
  const root = { slot: 0, node: { id: 'root' }, parent: undefined }
  return slots.reduce<object>(
    (parent, slot, depth) => ({
      slot: slot === 'each' ? 7 : slot,
      node: { id: `n${depth}`, ...(slots[depth + 1] === 'each' && { body: {} }) },
      parent,
    }),
    root,
  ) as never
}

const workflowWith = (functions: Readonly<Record<string, object>>, options: object = {}) =>
  ({ id: 'w', options, functions: new Map(Object.entries(functions)) }) as never

describe('the code of a workflow', () => {
  const [first, inner, item] = [{ step: {} }, { step: {} }, { step: {} }]
  const program = createProgram(workflowWith({ '0': first, '1.2': inner, '2.0': item }))

  it('is found by the place', () => {
    expect(program.codeOf(frameAt(0))).toBe(first)
    expect(program.codeOf(frameAt(1, 2))).toBe(inner)
    expect(program.codeOf(frameAt(9))).toEqual({})
  })

  it('of an item or iteration is that of the one body', () => {
    expect(program.codeOf(frameAt(2, 'each'))).toBe(item)
  })

  it('of the whole is the workflow', () => {
    const workflow = workflowWith({})
    expect(createProgram(workflow).codeOf(frameAt())).toEqual({ workflow })
    expect(createProgram(workflow).workflow).toBe(workflow)
  })

  it('is looked up once for each node', () => {
    const functions = new Map([['0', first]])
    const once = createProgram({ id: 'w', options: {}, functions } as never)
    const frame = frameAt(0)
    once.codeOf(frame)
    functions.clear()
    expect(once.codeOf(frame)).toBe(first)
  })

  it('may be missing', () => {
    expect(missingCode('w', frameAt(0))).toMatchObject({
      ...{ code: 'WF_GRAPH_CHANGED', workflowId: 'w', stepId: 'n0' },
      message: expect.stringContaining('workflow "w" has no code for "n0"'),
    })
  })
})

describe('what a program checks', () => {
  const checks = (options: object, inner: object = {}) => {
    const functions = { '0': { workflow: { options: inner } }, '1': { step: {} } }
    const { skipsInputs, checksOutputs } = createProgram(workflowWith(functions, options))
    return [skipsInputs, checksOutputs]
  }

  it('is inputs, unless a workflow in it does not want that', () => {
    expect([checks({}), checks({ validateInputs: true })]).toEqual([
      [false, false],
      [false, false],
    ])
    expect([checks({ validateInputs: false })[0], checks({}, { validateInputs: false })[0]]).toEqual([true, true])
  })

  it('is outputs where a workflow in it wants that', () => {
    expect([checks({ validateOutputs: true })[1], checks({}, { validateOutputs: true })[1]]).toEqual([true, true])
    expect(checks({ validateOutputs: false })[1]).toBe(false)
  })
})
