import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parsePage, readPages } from 'checks/markdown'
import { publicPackages } from 'checks/public-packages'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildSite } from '../src/build-site.ts'
import { workflowNamed } from '../src/graph/drawn-examples.ts'
import type { Place } from '../src/layout.ts'
import { anchorOfExport } from '../src/reference/render-reference.ts'
import { urlOf } from '../src/site-map.ts'
import { deadLinks, type HtmlPage, readHtml } from './read-html.ts'

const patienceMs = 300_000
const folder = mkdtempSync(join(tmpdir(), 'wf-site-'))
let places: readonly Place[] = []
let pages: readonly HtmlPage[] = []

beforeAll(async () => {
  places = await buildSite(folder)
  pages = readHtml(folder)
}, patienceMs)
afterAll(() => rmSync(folder, { recursive: true }))

const page = (url: string) => pages.find((each) => each.url === url)

describe('the site', () => {
  it('has every page of its navigation, and one for every text of the repository', () => {
    for (const { url } of places) expect(page(url), url).toBeDefined()
    const texts = readPages().map(({ path }) => path)
    const published = texts.filter((path) => !path.startsWith('.changeset/') && !path.endsWith('CHANGELOG.md'))
    expect(published.map(urlOf).filter((url) => !places.some((place) => place.url === url))).toEqual([])
  })

  it('leads nowhere where nothing is', () => {
    expect(deadLinks(pages, (url) => existsSync(join(folder, url)))).toEqual([])
  })

  it('needs nothing from elsewhere to be shown', () => {
    const loaded = pages.flatMap(({ text }) => [
      ...text.matchAll(/<(?:script|img|link)[^>]*(?:src|href)="(https?:[^"]*)"/g),
    ])
    expect(loaded.map(([, url]) => url)).toEqual([])
  })

  it('carries the drawings of its pages', () => {
    expect(
      page('performance.html')?.text.match(/<img src="data:image\/svg\+xml;base64,[^"]+" alt="[^"]+">/g)?.length,
    ).toBeGreaterThan(0)
  })

  it('has no anchor twice, and one first heading on each page', () => {
    for (const { url, ids, text } of pages) {
      expect(
        ids.filter((id, index) => ids.indexOf(id) !== index),
        url,
      ).toEqual([])
      expect(text.match(/<h1[ >]/g)?.length, url).toBe(1)
    }
  })

  it('has landmarks, a language and a way past the navigation on each page', () => {
    for (const { url, text } of pages)
      for (const part of [
        '<html lang="en">',
        'class="skip" href="#content"',
        '<main id="content"',
        '<nav class="side" aria-label=',
      ])
        expect(text, url).toContain(part)
  })

  it('shows its page for unknown addresses in any folder', () => {
    const { links = [] } = page('404.html') ?? {}
    expect(links.filter((link) => !/^[#/]/.test(link))).toEqual([])
    expect(links).toContain('/assets/site.css')
  })

  it('draws each workflow that an example names', () => {
    const named = readPages().flatMap(({ path }) => {
      const text = readFileSync(join(import.meta.dirname, '../../..', path), 'utf8').split('\n')
      const drawn = parsePage(path, text.join('\n')).blocks.filter(({ line }) => workflowNamed(text[line - 1] ?? ''))
      return drawn.length > 0 ? [{ path, count: drawn.length }] : []
    })
    expect(named.map(({ path }) => path)).toContain('docs/constructs.md')
    for (const { path, count } of named)
      expect(page(urlOf(path))?.text.match(/<figure class="graph">/g)?.length, path).toBe(count)
  })

  it('finds pages, headings and exported names', () => {
    const { places: found, words }: { places: string[][]; words: Record<string, number[]> } = JSON.parse(
      readFileSync(join(folder, 'assets', 'search-index.js'), 'utf8').replace('globalThis.wfSearchIndex = ', ''),
    )
    const urls = (word: string) => (words[word] ?? []).map((number) => found[number]?.[2])
    expect(urls('foreach')).toContain('constructs.html#foreach')
    expect(urls('wf_conflict')).toContain('errors.html#wf_conflict')
    expect(urls('createstep')).toContain('packages/core.html#api-createStep')
    for (const [, , url = ''] of found) expect(existsSync(join(folder, url.split('#')[0] ?? '')), url).toBe(true)
  })
})

describe('the reference', () => {
  const entries = publicPackages().flatMap(({ folder: path, name, entries: found }) =>
    found.map((entry) => ({ name: entry, path, key: `.${entry.slice(name.length)}` })),
  )

  it.each(entries)('explains everything that $name exports', { timeout: patienceMs }, async ({ name, path, key }) => {
    const { exports } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
    const module: object = await import(join(path, exports[key]['@wf/source']))
    const shown = page(urlOf(`packages/${path.split(/[\\/]/).at(-1)}/README.md`))
    const wanted = Object.keys(module).map((each) => anchorOfExport({ name, exports: [] }, each))
    expect(wanted.filter((id) => !shown?.ids.includes(id))).toEqual([])
    expect(wanted.length).toBeGreaterThan(0)
  })

  it('explains types too, and what their authors say of them', () => {
    const core = page('packages/core.html')
    expect(core?.ids).toContain('api-Storage')
    expect(core?.text).toContain('Takes up at once, and from then on, what other processes have left')
  })
})

describe('the check of links', () => {
  it('finds what leads nowhere', () => {
    const one = {
      url: 'a/one.html',
      text: '',
      ids: ['x'],
      links: ['../two.html', '#x', '#y', '../three.html#z', 'https://e.org'],
    }
    const two = { url: 'two.html', text: '', ids: [], links: ['a/one.html#x', 'a/one.html#w'] }
    expect(deadLinks([one, two], (url) => url === 'two.html')).toEqual([
      'a/one.html leads to #y',
      'a/one.html leads to ../three.html#z',
      'two.html leads to a/one.html#w',
    ])
  })
})
