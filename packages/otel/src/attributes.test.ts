import { expect, it } from 'vitest'
import { attributesOf, toldValue } from './attributes.js'

const circle: { self?: unknown } = {}
circle.self = circle

it.each([
  [1, 1],
  [true, true],
  ['text', 'text'],
  [
    ['a', 'b'],
    ['a', 'b'],
  ],
  [['a', 1], '["a",1]'],
  [{ deep: { is: 1 } }, '{"deep":{"is":1}}'],
  [{ big: 10n }, '{"big":"10"}'],
  [Number.NaN, 'null'],
  [null, 'null'],
  [undefined, 'undefined'],
  [circle, '[object Object]'],
  ['a long text', 'a lon…'],
])('tells %o as an attribute', (value, told) => {
  expect(toldValue(value, value === 'a long text' ? 6 : 100)).toEqual(told)
})

it('names what the engine says, and leaves out what it does not', () => {
  const about = {
    subject: 'leg',
    runId: 'r',
    workflowId: 'w',
    tags: undefined,
    metadata: { a: 1, b: undefined },
  } as const
  expect(attributesOf(about, 10)).toEqual({
    'wf.span.subject': 'leg',
    'wf.run.id': 'r',
    'wf.workflow.id': 'w',
    'wf.metadata.a': 1,
  })
})
