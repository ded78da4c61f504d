import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { curveIds } from '../curves/index.ts'
import { lineIds } from '../lines/index.ts'
import type { Results, Session } from '../measure/results.ts'
import { inTheWay } from './in-the-way.ts'
import { type Kept, keptFrom, mergedKept } from './kept.ts'
import { shortTable, withShortTable } from './short-table.ts'
import { pageFiles } from './write-page.ts'

const docs = new URL('../../../../docs/', import.meta.url)
const kept: Kept = JSON.parse(readFileSync(new URL('performance/bench.json', docs), 'utf8'))

describe('the page of this repository', () => {
  const files = pageFiles(kept)

  it.each(Object.keys(files))('%s is just what the kept figures give', (path) => {
    expect(readFileSync(new URL(path, docs), 'utf8'), 'pnpm bench:page docs/performance/bench.json').toBe(files[path])
  })

  it('and its table in the README as well', () => {
    const readme = readFileSync(new URL('../README.md', docs), 'utf8')
    expect(readme).toBe(withShortTable(readme, kept))
  })

  it('has in the README each row that it names, with all others that were measured', () => {
    const table = shortTable(kept)
    expect(table.split('\n').filter((row) => row.startsWith('| ')).length).toBe(8)
    expect(table).not.toContain('not measured')
  })

  it('has no picture that nothing is kept of', () => {
    const pictures = Object.keys(files).filter((path) => path.endsWith('.svg'))
    const found = readdirSync(new URL('performance/', docs)).filter((name) => name.endsWith('.svg'))
    expect(found.map((name) => `performance/${name}`).sort()).toEqual(pictures.sort())
  })

  it('shows only lines and curves that are measured', () => {
    expect(lineIds).toEqual(expect.arrayContaining(kept.lines.map(({ id }) => id)))
    expect(curveIds).toEqual(expect.arrayContaining(kept.curves.map(({ id }) => id)))
  })

  it('says of each line what would be in the way', () => expect(Object.keys(inTheWay)).toEqual(lineIds))
})

const session: Session = {
  begun: '2026-01-02T03:04:05.000Z',
  rounds: 1,
  scale: 'full',
  peers: false,
  machine: { node: 'v24.0.0', cpu: 'Some CPU', cores: 2, load: 0.5, packages: {}, servers: { postgres: '15.1' } },
  loadAtEnd: 9,
}

const resultsOf = (id: string, median: number): Results => {
  const rounds = [{ ours: { ms: median } }]
  const spread = { median, min: median, max: median }
  const value = { of: 'ours', figure: 'ms' }
  const row = { says: 'a step', unit: 'ms', value, rounds: [median], spread, target: { atMost: 2 }, met: median <= 2 }
  return {
    session,
    lines: [{ id, title: 'steps', verdicts: [row], limits: [{ ...row, says: 'a row' }], took: {}, rounds }],
    curves: [],
  }
}

const withParts = (kept: Kept, share: number): Kept => ({
  ...kept,
  lines: kept.lines.map((line) => ({ ...line, parts: { ours: [{ part: 'waiting', share }] } })),
})

describe('what is kept', () => {
  const one = keptFrom(resultsOf('P1', 1.23456))

  it('is what the page shows, to four digits, and stays as it is when it is kept again', () => {
    expect(one.lines[0]?.rows[0]?.spread?.median).toBe(1.235)
    expect(JSON.stringify(one)).not.toContain('rounds":[')
    expect(mergedKept([keptFrom(one)])).toEqual(one)
  })

  it('is replaced line by line, and forgets sessions of which nothing is left', () => {
    const other = keptFrom(resultsOf('P2', 3))
    const both = mergedKept([one, other])
    expect(both.lines.map(({ id, session }) => [id, session])).toEqual([
      ['P1', 0],
      ['P2', 1],
    ])
    expect(mergedKept([both, keptFrom(resultsOf('P1', 2))]).sessions).toHaveLength(2)
    expect(mergedKept([one, keptFrom(resultsOf('P1', 2))]).sessions).toHaveLength(1)
  })

  it('keeps a profile until there is another', () => {
    const profiled = withParts(keptFrom(resultsOf('P1', 3)), 0.25)
    const merged = mergedKept([profiled, one])
    expect(merged.lines[0]).toMatchObject({ session: 0, parts: profiled.lines[0]?.parts })
    expect(merged.sessions).toHaveLength(1)
    expect(mergedKept([profiled, withParts(one, 0.5)]).lines[0]?.parts?.ours?.[0]?.share).toBe(0.5)
  })
})

describe('a page', () => {
  const pageOf = (median: number) => pageFiles(keptFrom(resultsOf('P1', median)))['performance.md'] ?? ''

  it('says where it was measured, how often, and that the machine was busy', () => {
    const page = pageOf(1)
    expect(page).toContain(
      '- P1\n  - One round at the full scale on 2026-01-02; 2 × Some CPU, Node 24.0.0, postgres 15.1.\n',
    )
    expect(page).toContain('The load of the machine was 0.5 at the start and 9.0 at the end.')
    expect(page).toContain('Others kept the cores busy')
    expect(page).toContain('Peers did not take part.')
  })

  it('says what stands in the way of a target that is not met, with the raw limit', () => {
    expect(pageOf(1)).not.toContain('Not met')
    expect(pageOf(3)).toContain(`Not met: a step. ${inTheWay.P1}`)
    expect(pageOf(3)).toContain('At best, in the same rounds: a row 3 ms.')
  })

  it('says there where the time went, if a profile was taken', () => {
    const page = (median: number) => pageFiles(withParts(keptFrom(resultsOf('P1', median)), 0.25))['performance.md']
    expect(page(3)).toContain('- ours: waiting 25 %')
    expect(page(1)).not.toContain('waiting')
  })
})
