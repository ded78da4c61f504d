import { expect, it } from 'vitest'
import { namesOf } from './names.js'

const texts = [
  'a',
  'A',
  'a:b',
  'a/b',
  '#a',
  '',
  ' ',
  'ü',
  '\ud800',
  '\ud801',
  '\ufffd',
  '*',
  'x'.repeat(100),
  'x'.repeat(101),
  'x'.repeat(10_000),
]

it('gives each topic and each group of it a key of its own', () => {
  const names = namesOf('wf')
  const plain = texts.filter((text) => text !== '')
  const keys = plain.flatMap((topic) => [names.topic(topic), ...plain.map((group) => names.stream(topic, group))])
  expect(new Set([...keys, names.alive, names.wake('1-a'), names.streams('1-a')]).size).toBe(keys.length + 3)
})

it('keeps keys short, and those of a prefix in one slot', () => {
  const names = namesOf('wf')
  expect(names.topic('wf:default:work:order')).toBe('{wf}/wf:default:work:order')
  expect(names.stream('x'.repeat(10_000), 'y'.repeat(10_000)).length).toBeLessThan(120)
  expect([names.topic('t'), names.alive, names.wake('1-a')].every((key) => key.startsWith('{wf}/'))).toBe(true)
})
