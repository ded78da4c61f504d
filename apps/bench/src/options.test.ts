import { expect, it } from 'vitest'
import { curveIds } from './curves/index.ts'
import { lineIds } from './lines/index.ts'
import { optionsFrom } from './options.ts'

it('measures all lines, and curves only where they are asked for', () => {
  expect(optionsFrom([])).toMatchObject({ lines: lineIds, curves: [], rounds: 7, scale: 'full' })
  expect(optionsFrom(['--curves'])).toMatchObject({ lines: lineIds, curves: curveIds })
  expect(optionsFrom(['--quick'])).toMatchObject({ lines: lineIds, rounds: 1, scale: 'quick' })
})

it('measures what is named', () => {
  expect(optionsFrom(['--only', 'p12,fan-out'])).toMatchObject({ lines: ['P12', 'P12P'], curves: ['fan-out'] })
  expect(optionsFrom(['--only', 'curves'])).toMatchObject({ lines: [], curves: curveIds })
  expect(() => optionsFrom(['--only', 'P99'])).toThrow('there is no line or curve "P99"; there are P1, ')
})
