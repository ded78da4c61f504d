import { describe, expect, it } from 'vitest'
import { isWorkflowError, placeError, WorkflowError, workflowErrorCodes } from './index.js'

describe('WorkflowError', () => {
  it('keeps code, place and cause, and leaves out what is not known', () => {
    const cause = new Error('why')
    const error = new WorkflowError('WF_LIMIT', 'Too large.', { workflowId: 'order', stepId: 'price', cause })
    expect(error).toBeInstanceOf(Error)
    expect(error.name).toBe('WorkflowError')
    expect(error.cause).toBe(cause)
    expect(Object.entries(error)).toEqual([
      ['code', 'WF_LIMIT'],
      ['workflowId', 'order'],
      ['stepId', 'price'],
    ])
    expect(Object.hasOwn(new WorkflowError('WF_LIMIT', 'Too large.'), 'cause')).toBe(false)
  })

  it('adds the parts of the place that the message does not quote', () => {
    const place = { workflowId: 'order', stepId: 'price', field: 'id', runId: 'r1' }
    expect(new WorkflowError('WF_LIMIT', 'No.', place).message).toBe(
      'No. (workflow "order", step "price", field "id", run "r1")',
    )
    expect(new WorkflowError('WF_LIMIT', 'Step "price" of \'order\' has a bad `id`.', place).message).toBe(
      'Step "price" of \'order\' has a bad `id`. (run "r1")',
    )
    expect(new WorkflowError('WF_LIMIT', 'Lines:\n- one', { stepId: 's' }).message).toBe('Lines:\n- one\n(step "s")')
  })

  it('is placed later by whoever knows more, without losing anything', () => {
    const first = new WorkflowError('WF_NOT_SERIALIZABLE', 'No.', { field: '$.a', cause: 1 })
    const placed = placeError(first, { stepId: 'price', field: 'other' })
    expect(placed).toMatchObject({ code: 'WF_NOT_SERIALIZABLE', field: '$.a', stepId: 'price', cause: 1 })
    expect(placed.message).toBe('No. (field "$.a") (step "price")')
    expect(placed.stack).toBe(first.stack)
  })
})

describe('isWorkflowError', () => {
  it('compares the code when one is given', () => {
    const error = new WorkflowError('WF_CLOSED', 'Closed.')
    expect(isWorkflowError(error)).toBe(true)
    expect(isWorkflowError(error, 'WF_CLOSED')).toBe(true)
    expect(isWorkflowError(error, 'WF_LIMIT')).toBe(false)
  })

  it('knows the error of another copy, also of a subclass that changed the name', () => {
    const other = Object.assign(new Error('x'), { name: 'WorkflowError', code: 'WF_CLOSED' })
    class Renamed extends WorkflowError {
      override name = 'Renamed'
    }
    expect(isWorkflowError(other, 'WF_CLOSED')).toBe(true)
    expect(isWorkflowError(new Renamed('WF_CLOSED', 'x'), 'WF_CLOSED')).toBe(true)
  })

  it.each([undefined, null, 'WF_CLOSED', new Error('x'), { code: 'WF_CLOSED' }, { name: 'WorkflowError' }])(
    'refuses %s',
    (value) => {
      expect(isWorkflowError(value)).toBe(false)
    },
  )
})

describe('workflowErrorCodes', () => {
  it('explains every code in one sentence', () => {
    for (const [code, sentence] of Object.entries(workflowErrorCodes)) {
      expect(code).toMatch(/^WF_[A-Z]+(_[A-Z]+)*$/)
      expect(sentence).toMatch(/^[A-Z].*\.$/)
    }
  })
})
