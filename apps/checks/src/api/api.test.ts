import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publicPackages } from '../public-packages.ts'
import { type ApiReport, allReports, folder } from './all-reports.ts'
import { apiReport } from './api-report.ts'
import { declarationsOf } from './declarations.ts'

const patienceMs = 300_000

describe('what packages offer', () => {
  let reports: readonly ApiReport[] = []
  beforeAll(() => {
    reports = allReports()
  }, patienceMs)

  it('is kept of each of them, and of no other', () => {
    const kept = globSync('*.md', { cwd: folder }).sort()
    expect(kept).toEqual(
      publicPackages()
        .map(({ folder: home }) => `${basename(home)}.api.md`)
        .sort(),
    )
  })

  it.each(publicPackages().map(({ name }) => name))('%s offers what is kept; else `pnpm api --write`', (name) => {
    const { file = '', text } = reports.find((report) => report.name === name) ?? {}
    expect(existsSync(file) && readFileSync(file, 'utf8')).toBe(text)
  })
})

describe('the report', () => {
  const home = mkdtempSync(join(tmpdir(), 'wf-api-'))
  afterAll(() => rmSync(home, { recursive: true }))

  it('has exports, and the types behind them, but nothing of what is inside', { timeout: patienceMs }, () => {
    const sources = join(home, 'packages', 'some', 'src')
    const write = (name: string, text: string) => {
      const file = join(sources, name)
      writeFileSync(file, text)
      return file
    }
    mkdirSync(sources, { recursive: true })
    write(
      'hidden.ts',
      'export interface Hidden { readonly a: Deeper }\ninterface Deeper { readonly b: 1 }\ntype Unused = 1\n',
    )
    write('inner.ts', 'export class Inner {}\n')
    const text = [
      "import type { Hidden } from './hidden.js'",
      "import { Inner } from './inner.js'",
      '/** Why. */',
      'export function take(hidden: Hidden): void { void new Inner() }',
      'export class Kept { private readonly inner = new Inner(); readonly one = 1 }',
      'const here = 1',
      'export { here as there }',
    ]
    const file = write('index.ts', `${text.join('\n')}\n`)
    const report = apiReport('some', [{ name: 'some', file }], declarationsOf([file]))
    expect(report.slice(report.indexOf('## '))).toBe(
      [
        '## Exports of `some`\n\n```ts',
        '// as there\nconst here = 1;\n',
        'class Kept {\n    private readonly inner;\n    readonly one = 1;\n}\n',
        'function take(hidden: Hidden): void;\n```\n',
        '## Behind them\n\n```ts',
        'interface Deeper {\n    readonly b: 1;\n}\n',
        'interface Hidden {\n    readonly a: Deeper;\n}\n```\n',
      ].join('\n'),
    )
  })
})
