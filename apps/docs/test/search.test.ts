import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { searchIndex } from '../src/search-index.ts'

/** Both parts as a browser has them. */
function search(query: string): readonly string[] {
  const index = searchIndex([
    {
      url: 'errors.html',
      title: 'Errors',
      headings: [
        { level: 1, text: 'Errors', anchor: 'errors' },
        { level: 2, text: 'WF_CONFLICT', anchor: 'wf_conflict' },
      ],
      texts: new Map([
        ['errors', 'Errors What goes wrong is retried.'],
        ['wf_conflict', 'WF_CONFLICT Somebody else was first.'],
      ]),
    },
    {
      url: 'failures.html',
      title: 'Errors and retries',
      headings: [
        { level: 1, text: 'Errors and retries', anchor: 'errors-and-retries' },
        { level: 4, text: 'createStep', anchor: 'api-createStep' },
      ],
      texts: new Map(),
    },
  ])
  const find = readFileSync(join(import.meta.dirname, '..', 'src', 'assets', 'find.js'), 'utf8')
  return runInNewContext(`${index};${find};wfFind(wfSearchIndex, ${JSON.stringify(query)}).map(([, , url]) => url)`)
}

describe('the search', () => {
  it.each([
    ['a heading', 'wf_conflict', ['errors.html#wf_conflict']],
    ['the beginning of a part of a name', 'confl', ['errors.html#wf_conflict']],
    ['words of the text', 'somebody first', ['errors.html#wf_conflict']],
    ['a part of a name', 'step', ['failures.html#api-createStep']],
    ['a whole name in any case', 'CREATESTEP', ['failures.html#api-createStep']],
    ['all words only', 'somebody createstep', []],
    ['nothing', ' ', []],
  ])('finds %s', (_, query, urls) => expect([...search(query)]).toEqual(urls))

  it('shows pages whose title is what was asked for first', () => {
    expect(search('errors')[0]).toBe('errors.html')
    expect(search('errors and retries')[0]).toBe('failures.html')
  })
})
