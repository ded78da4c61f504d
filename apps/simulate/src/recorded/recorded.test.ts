import { scenarios } from '@wf/parity-tests'
import { describe, expect, it } from 'vitest'
import { fromLine, toLine } from './journals.ts'
import { record } from './record.ts'
import { recordingsOf, versions } from './recordings.ts'
import { toldOf } from './told-of.ts'

/** Where two texts part, with what is around that. */
function differing(before: string, now: string): string {
  let at = 0
  while (before[at] === now[at]) at += 1
  const excerpt = (text: string): string => text.slice(Math.max(0, at - 80), at + 80)
  return `${excerpt(before)} is now ${excerpt(now)}`
}

const found = versions().map((version) => [version, recordingsOf(version)] as const)

describe.for(found)('journals of release %s', ([, recordings]) => {
  it('come to what they came to when they were written, from facts alone and from their checkpoints', async () => {
    const wrong: string[] = []
    for (const { scenario, runs } of recordings)
      for (const { told, ...kept } of runs) {
        const now = await toldOf(kept)
        const place = `${scenario}, run ${kept.header.journal.id}`
        if (now.run !== told.run) wrong.push(`${place}: ${differing(told.run, now.run)}`)
        if (now.effects !== told.effects) wrong.push(`${place}: ${differing(told.effects, now.effects)}`)
      }
    expect(wrong).toEqual([])
  }, 60_000)

  it('are told of even where they cannot be gone on with', () => {
    const declined = recordings.flatMap(({ runs }) => runs.filter(({ told }) => told.effects.startsWith('declined')))
    expect(declined).toEqual([])
  })
})

it('there is a recording of each scenario: `pnpm record` makes those that are missing', () => {
  const recorded = new Set(found.flatMap(([, recordings]) => recordings.map(({ scenario }) => scenario)))
  expect(scenarios.map(({ id }) => id).filter((id) => !recorded.has(id))).toEqual([])
})

it('a recording is the same each time it is made, and survives its file', async () => {
  for (const scenario of scenarios.slice(0, 3)) {
    const recording = await record(scenario)
    expect(await record(scenario)).toEqual(recording)
    expect(fromLine(toLine(recording))).toEqual(recording)
  }
})
