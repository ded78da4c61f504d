import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { format } from 'node:util'
import { workflowErrorCodes } from '@wf/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { brokenLinks } from './broken-links.ts'
import { anchorOf, parsePage, readPages } from './markdown.ts'
import { compile, printsOf, strayFragments, writeSnippets } from './snippets.ts'

const pages = readPages()
const snippets = writeSnippets(pages)

const patienceMs = 60_000

afterEach(() => vi.restoreAllMocks())

/** Runs a file of TypeScript to its end, in an empty folder, and answers what it printed, line by line. */
async function printed(file: string): Promise<readonly string[]> {
  const lines: string[] = []
  const [place, before] = [mkdtempSync(join(tmpdir(), 'wf-snippet-')), process.cwd()]
  process.chdir(place)
  vi.spyOn(console, 'log').mockImplementation((...given) => void lines.push(...format(...given).split('\n')))
  try {
    await import(file)
  } finally {
    process.chdir(before)
    rmSync(place, { recursive: true, force: true })
  }
  return lines
}

describe('pages', () => {
  it('are found', () => {
    const paths = pages.map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(['README.md', 'ARCHITECTURE.md', 'docs/errors.md']))
    expect(snippets.map(({ name }) => name.split(':')[0])).toContain('README.md')
  })

  it('have no link that leads nowhere', () => expect(brokenLinks(pages)).toEqual([]))

  it('show parts of files as they are', () => expect(strayFragments(pages)).toEqual([]))

  it('have nothing but TypeScript that is checked', () => {
    const others = pages.flatMap(({ path, blocks }) =>
      blocks.map(({ line, language }) => [`${path}:${line}`, language]),
    )
    expect(others.filter(([, language]) => /^(typescript|js|javascript|tsx|mts)$/.test(language ?? ''))).toEqual([])
  })

  it('explain every error code, and none that does not exist', () => {
    const errors = pages.find(({ path }) => path === 'docs/errors.md')
    const explained = errors?.headings.filter((heading) => heading.startsWith('WF_')) ?? []
    expect([...explained].sort()).toEqual(Object.keys(workflowErrorCodes).sort())
  })

  it('keep the README within 120 lines, and what it begins with within 20', () => {
    const readme = pages.find(({ path }) => path === 'README.md')
    expect(readme?.lines).toBeLessThanOrEqual(120)
    const [first] = readme?.blocks.filter(({ language }) => language === 'ts') ?? []
    expect(first?.code.trimEnd().split('\n').length).toBeLessThanOrEqual(20)
  })
})

describe('snippets', { timeout: patienceMs }, () => {
  it('compile', () => {
    const found = compile(snippets.map(({ file }) => file))
    const wrong = snippets.flatMap(({ name, file }) => (found.get(file) ?? []).map((text) => `${name}, ${text}`))
    expect(wrong).toEqual([])
  })

  it.each(snippets)('$name runs and prints what it says', async ({ file, prints }) => {
    expect(prints.length, 'a snippet shows what it does: say what it prints with "// → …"').toBeGreaterThan(0)
    expect(await printed(file)).toEqual(prints)
  })
})

/** Each of these checks must find what it looks for. */
describe('the check of pages', () => {
  const page = parsePage(
    'docs/a.md',
    '# A `b`!\n[x](b.md#two) `[no](no.md)`\n```ts\n# no\n[no](no.md)\n```\n[y](#a-b)\n```ts file=README.md\nz\n```\n',
  )

  it('reads blocks, links and headings', () => {
    expect(page).toEqual({
      path: 'docs/a.md',
      lines: 10,
      headings: ['A `b`!'],
      links: [
        { line: 2, target: 'b.md#two' },
        { line: 7, target: '#a-b' },
      ],
      blocks: [
        { line: 3, language: 'ts', file: undefined, code: '# no\n[no](no.md)\n' },
        { line: 8, language: 'ts', file: 'README.md', code: 'z\n' },
      ],
    })
    expect(anchorOf('What is *not* `so`, 2_x')).toBe('what-is-not-so-2_x')
  })

  it('finds links that lead nowhere', () => {
    const other = parsePage('docs/b.md', '# Two\n[up](../c.md) [out](https://example.com) [in](a.md)\n')
    const exists = (path: string) => path === 'docs/a.md'
    expect(brokenLinks([page, other], exists)).toEqual(['docs/b.md:2 links to ../c.md'])
    expect(brokenLinks([page], exists)).toEqual(['docs/a.md:2 links to b.md#two'])
  })

  it('finds fragments that are no longer what the file says', () => {
    const stray = parsePage('d.md', '```ts file=README.md\nno line of it\n```\n')
    expect(strayFragments([stray])).toEqual(['d.md:1 is no part of README.md'])
  })

  it(
    'finds what does not compile, by the rules of this repository',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'wf-snippets-'))
      try {
        const file = join(folder, 'wrong.mts')
        writeFileSync(file, 'export const first: string = ["a"][0]\n')
        expect(compile([file]).get(file)?.[0]).toMatch(/^line 1: Type 'string \| undefined'/)
      } finally {
        rmSync(folder, { recursive: true })
      }
    },
    patienceMs,
  )

  it('knows what is printed, and what was said about it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wf-snippets-'))
    try {
      const file = join(folder, 'prints.ts')
      const code = "console.log('a', { b: 1 }) // → a { b: 1 }\nawait Promise.resolve()\nconsole.log(2) // → 2\n"
      writeFileSync(file, code)
      expect(await printed(file)).toEqual(printsOf(code))
      expect(printsOf(code)).toEqual(['a { b: 1 }', '2'])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
