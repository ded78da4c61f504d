import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type ValidationErrorCode, validationError } from './index.js'

const issues = [{ message: 'Required', path: ['items', { key: 0 }, 'name'] }, { message: 'Not a record' }]

describe('validationError', () => {
  it.each<[ValidationErrorCode, string]>([
    ['WF_INVALID_INPUT', 'Invalid input data: \n- '],
    ['WF_INVALID_STATE', 'Invalid initial data: \n- '],
    ['WF_INVALID_RESUME_DATA', 'Invalid resume data: \n- '],
    ['WF_INVALID_REQUEST_CONTEXT', "Request context validation failed for workflow 'order': \n- "],
    ['WF_STEP_INPUT_INVALID', 'Step input validation failed: \n- '],
    ['WF_STEP_OUTPUT_INVALID', 'Step output validation failed: \n- '],
    ['WF_STEP_SUSPEND_DATA_INVALID', 'Step suspend data validation failed: \n- '],
    ['WF_STEP_STATE_INVALID', 'Step state data validation failed: \n- '],
    ['WF_STEP_REQUEST_CONTEXT_INVALID', 'Step request context validation failed: \n- '],
  ])('%s begins with its text', (code, start) => {
    const error = validationError({ code, issues, workflowId: 'order' })
    expect(error.code).toBe(code)
    expect(error.message.startsWith(start)).toBe(true)
  })

  it('has a line for each issue and names the place after them', () => {
    const error = validationError({ code: 'WF_STEP_INPUT_INVALID', issues, workflowId: 'order', stepId: 'price' })
    expect(error.message).toBe(
      'Step input validation failed: \n- items.0.name: Required\n- Not a record\n(workflow "order", step "price")',
    )
    expect(error).toMatchObject({ workflowId: 'order', stepId: 'price' })
  })

  it('keeps the issues as plain data in the cause', () => {
    const { cause } = validationError({
      code: 'WF_INVALID_INPUT',
      issues: [...issues, { message: 'm', path: [Symbol('s')] }],
    })
    expect(cause).toBeInstanceOf(Error)
    expect(cause).toMatchObject({
      issues: [
        { path: ['items', 0, 'name'], message: 'Required' },
        { path: [], message: 'Not a record' },
        { path: ['Symbol(s)'], message: 'm' },
      ],
    })
  })

  it('takes the issues of a schema library as they are', async () => {
    const result = await z.object({ a: z.object({ b: z.number() }) })['~standard'].validate({ a: { b: 'x' } })
    const error = validationError({ code: 'WF_INVALID_INPUT', issues: result.issues ?? [] })
    expect(error.message).toMatch(/^Invalid input data: \n- a\.b: .*number/)
  })
})
