import { expect, it } from 'vitest'
import { spreadLabels } from './spread-labels.ts'

const room = { top: 0, bottom: 100, gap: 10 }

it('leaves labels where they are wanted, if they do not touch', () => {
  expect(spreadLabels([50, 10, 90], room)).toEqual([50, 10, 90])
})

it('moves labels apart, in their order', () => {
  expect(spreadLabels([52, 50, 51], room)).toEqual([70, 50, 60])
})

it('moves them up where there is no room below', () => {
  expect(spreadLabels([99, 98, 100], room)).toEqual([90, 80, 100])
})
