import { expect, it } from 'vitest'
import { createTelemetry } from './create-telemetry.js'

it.each([
  [{ tracer: {} }, 'tracer'],
  [{ meter: true }, 'meter'],
  [{ recordInputs: 1 }, 'recordInputs'],
  [{ maxValueLength: 0 }, 'maxValueLength'],
])('refuses %j', (options, field) => {
  expect(() => createTelemetry(options as never)).toThrow(expect.objectContaining({ code: 'WF_INVALID_OPTION', field }))
})

it('takes the providers of the process, or leaves out what is not wanted', () => {
  expect(Object.keys(createTelemetry())).toEqual(['span', 'measure', 'recordInputs', 'recordOutputs'])
  expect(Object.keys(createTelemetry({ tracer: false, meter: false }))).toEqual(['recordInputs', 'recordOutputs'])
})
