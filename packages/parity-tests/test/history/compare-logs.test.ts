import { beforeAll, describe, expect, it } from 'vitest'
import { compareLogs } from '../../src/history/compare-logs.js'
import type { EventLog, LogEntry } from '../../src/history/event-log.js'
import { independent } from '../../src/history/independent.js'
import { recordedLogs } from '../../src/history/recorded-logs.js'
import { onMemory, playStory } from './story.js'

let log: EventLog
let again: EventLog

async function logOfStory(): Promise<EventLog> {
  const [only] = await onMemory(playStory, recordedLogs)
  if (!only) throw new Error('the story was not recorded')
  return only
}

beforeAll(async () => {
  log = await logOfStory()
  again = await logOfStory()
})

const withEntries = (entries: readonly LogEntry[]): EventLog => ({ ...log, entries })

/** The only entry, or the one of that number, whose text begins so. */
function find(beginning: string, nth = 0): number {
  const found = log.entries.flatMap(({ text }, index) => (text.startsWith(beginning) ? [index] : []))
  const at = found[nth]
  if (at === undefined)
    throw new Error(`no entry begins with "${beginning}":\n${log.entries.map((e) => e.text).join('\n')}`)
  return at
}

function swap(one: number, other: number): EventLog {
  const entries = [...log.entries]
  const [a, b] = [entries[one], entries[other]]
  if (a && b) entries.splice(one, 1, b)
  if (a && b) entries.splice(other, 1, a)
  return withEntries(entries)
}

function move(from: number, to: number): EventLog {
  const entries = [...log.entries]
  entries.splice(to, 0, ...entries.splice(from, 1))
  return withEntries(entries)
}

const without = (at: number): EventLog => withEntries(log.entries.toSpliced(at, 1))

function changed(at: number, from: string, to: string): EventLog {
  const entry = log.entries[at]
  if (!entry?.text.includes(from)) throw new Error(`"${from}" is not in "${entry?.text}"`)
  return withEntries(log.entries.with(at, { ...entry, text: entry.text.replace(from, to) }))
}

/** What two engines must never differ in, each shown by a log that was broken on purpose. */
const broken: Readonly<Record<string, () => EventLog>> = {
  'the claim and the result of a step swapped': () =>
    swap(find('step-claimed 3 of zero'), find('step-succeeded 3 of zero')),
  'a result under another attempt': () =>
    changed(find('step-succeeded 0 of flaky attempt 1'), 'attempt 1', 'attempt 0'),
  'a suspension missing': () => without(find('step-suspended 1.1 of beside')),
  'a resume missing': () => without(find('run-resumed')),
  'a further claim': () =>
    withEntries(
      log.entries.toSpliced(
        find('step-succeeded 3 of zero'),
        0,
        ...log.entries.slice(find('step-claimed 3 of zero')).slice(0, 1),
      ),
    ),
  'the end before the last result': () => swap(find('step-succeeded 8 of last'), find('run-ended')),
  'another output': () => changed(find('step-succeeded 4.1 of count'), '= 2', '= 3'),
  'another error': () => changed(find('step-failed 0 of flaky'), 'not yet', 'never'),
  'entries of one member reordered': () =>
    swap(find('step-succeeded 1.0.0 of inner.early'), find('step-claimed 1.0.1 of inner.ask')),
  'an entry of a member behind the end of its block': () =>
    move(find('step-succeeded 7.0 of yes'), find('step-claimed 8 of last')),
  'an entry of a member before its block': () =>
    move(find('step-claimed 7.0 of yes'), find('condition-evaluated 7/conditions')),
  'iterations of a loop swapped': () => swap(find('step-succeeded 4.0 of count'), find('step-succeeded 4.1 of count')),
  'the condition of a loop before its iteration': () =>
    swap(find('step-succeeded 4.0 of count'), find('condition-evaluated 4/condition')),
  'another end': () => changed(find('run-ended'), '"success"', '"failed"'),
  'other data for a resume': () => changed(find('run-resumed', 1), 'two', 'three'),
  'a resume of another step': () => changed(find('run-resumed', 1), '1.1', '1.0.1'),
  'a change of the state lost': () => without(find('state-set 0 of flaky')),
  'another key in the state': () => changed(find('state-set 0 of flaky'), '"seen"', '"sees"'),
  'a change of the state behind its result': () => swap(find('state-set 0'), find('step-succeeded 0 of flaky')),
  'a sleep over before it was computed': () => swap(find('sleep-computed 2'), find('timer-fired 2/wake')),
  'a shorter sleep': () => changed(find('sleep-computed 2'), '1000', '100'),
  'another arm taken': () => changed(find('condition-evaluated 7/conditions'), '[0,2]', '[0,1]'),
  'an item less': () => changed(find('items-counted 6/items'), '"count":3', '"count":2'),
  'another concurrency': () => changed(find('items-counted 6/items'), '"concurrency":3', '"concurrency":1'),
  'steps of one item reordered': () =>
    swap(find('step-succeeded 6.1.0 of item.first'), find('step-succeeded 6.1.1 of item.second')),
  'the output of an item at another': () => changed(find('step-succeeded 6.1.1 of item.second'), '= "b"', '= "c"'),
  'a rest before what it rests on': () => swap(find('step-suspended 1.1 of beside'), find('run-rested')),
  'a callback that was not made': () => without(find('callback-settled /onFinish', 2)),
  'an entry twice': () => withEntries([...log.entries, ...log.entries.slice(-1)]),
  'nothing behind the middle': () => withEntries(log.entries.slice(0, log.entries.length / 2)),
  'another input': () => changed(0, '"at":7', '"at":8'),
}

describe('a comparison of logs', () => {
  it('takes the same story, told under another id and at another time, for the same', () => {
    expect(again.runId).not.toBe(log.runId)
    expect(compareLogs(log, again)).toEqual({ equal: true })
  })

  for (const [name, make] of Object.entries(broken)) {
    it(`sees ${name}`, () => {
      const other = make()
      expect(other.entries).not.toEqual(log.entries)
      expect(compareLogs(log, other)).toMatchObject({ equal: false, difference: expect.stringMatching(/\w/) })
      expect(compareLogs(other, log)).toMatchObject({ equal: false })
    })
  }

  it('lets entries of different members, arms and items pass each other', () => {
    const members = move(find('step-suspended 1.1 of beside'), find('step-claimed 1.0.0 of inner.early'))
    // `beside` must have been claimed before it suspends.
    const whole = compareLogs(log, { ...log, entries: inFront(members.entries, 'step-claimed 1.1 of beside') })
    expect(whole).toEqual({ equal: true })
    const arms = swap(find('step-claimed 7.0 of yes'), find('step-claimed 7.2 of too'))
    expect(compareLogs(log, arms)).toEqual({ equal: true })
    const items = swap(find('step-succeeded 6.0.1 of item.second'), find('step-succeeded 6.2.1 of item.second'))
    expect(compareLogs(log, items)).toEqual({ equal: true })
  })

  it('says where the difference is', () => {
    const { difference } = compareLogs(log, without(find('run-ended'))) as { difference: string }
    expect(difference).toMatch(
      /^entry \d+ has no equal in the other: run-ended .*what is next there: step-claimed \/onFinish/,
    )
  })
})

/** The entry that begins so, right behind what precedes the block. */
function inFront(entries: readonly LogEntry[], beginning: string): readonly LogEntry[] {
  const from = entries.findIndex(({ text }) => text.startsWith(beginning))
  const to = entries.findIndex(({ text }) => text.startsWith('step-suspended 1.1'))
  if (from < to) return entries
  const moved = [...entries]
  moved.splice(to, 0, ...moved.splice(from, 1))
  return moved
}

function createChance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function swapped(entries: LogEntry[], at: number): boolean {
  const [one, other] = [entries[at], entries[at + 1]]
  if (!one || !other) return false
  entries.splice(at, 2, other, one)
  return true
}

/** As many allowed swaps of neighbours as there are chances. */
function shuffled(chance: (below: number) => number): LogEntry[] {
  const entries = [...log.entries]
  for (let n = 0; n < 400; n += 1) {
    const at = chance(entries.length - 1)
    const [one, other] = [entries[at], entries[at + 1]]
    if (one && other && independent(log.graph, one, other)) swapped(entries, at)
  }
  return entries
}

/** One thing that is not allowed, somewhere. */
function mutated(entries: readonly LogEntry[], chance: (below: number) => number): readonly LogEntry[] {
  const at = chance(entries.length)
  const entry = entries[at]
  if (!entry) return []
  const kind = chance(4)
  if (kind === 0) return entries.toSpliced(at, 1)
  if (kind === 1) return entries.toSpliced(chance(entries.length), 0, entry)
  if (kind === 2) return entries.with(at, { ...entry, text: `${entry.text}.` })
  const neighbours = [...entries]
  for (let from = at; from < entries.length + at; from += 1) {
    const place = from % entries.length
    const [one, other] = [entries[place], entries[place + 1]]
    if (!one || !other || one.text === other.text || independent(log.graph, one, other)) continue
    swapped(neighbours, place)
    return neighbours
  }
  return []
}

describe('any', () => {
  it('allowed shuffle is accepted, and one thing changed in it is seen', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const chance = createChance(seed)
      const entries = shuffled(chance)
      expect(compareLogs(log, withEntries(entries)), `seed ${seed}`).toEqual({ equal: true })
      const bad = withEntries(mutated(entries, chance))
      expect(compareLogs(log, bad).equal, `seed ${seed}`).toBe(false)
      expect(compareLogs(bad, log).equal, `seed ${seed}`).toBe(false)
    }
  })
})
