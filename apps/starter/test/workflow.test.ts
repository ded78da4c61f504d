import { crashEverywhere, testWorkflow } from '@wf/testing'
import { expect, test } from 'vitest'
import { signUp } from '../src/workflow.js'

const inputData = { name: 'Ada' }

test('an account is made at once, and tips are sent later', async () => {
  const world = testWorkflow(signUp)
  const run = await world.start({ inputData })
  expect(world.calls('create-account')).toHaveLength(1)
  expect(run.status).toBe('waiting')
  await world.advance('5 seconds')
  expect(run.result).toMatchObject({ status: 'success', result: 'Ada knows all about it' })
})

test('a crash anywhere changes nothing', async () => {
  const report = await crashEverywhere(signUp, { inputData, repeatable: ['send-tips'] })
  expect(report.exposed).toEqual([])
  expect(report.differences).toEqual([])
})
