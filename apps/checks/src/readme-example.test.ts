import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type Example, firstExample, runExample } from './readme-example.ts'

const folder = mkdtempSync(join(tmpdir(), 'wf-example-'))
afterAll(() => rmSync(folder, { recursive: true }))

const here = { line: 'here', program: process.execPath }
const play = (code: string) => runExample(folder, { source: code, code, ours: [], others: [] } satisfies Example, here)

describe('the example of a README', () => {
  it('is the first block of TypeScript, without its types', () => {
    const text = '# wf\n```bash\nnpm i\n```\n```ts\nconst a: number = 1\nconsole.log(a)\n```\n```ts\nconst b = 2\n```\n'
    expect(firstExample(text)?.code).toMatch(/^const a = 1;\nconsole.log\(a\);\n/)
  })

  it('tells what else has to be installed', () => {
    const imports = ["'@wf/core'", "'zod/v4'", "'@scope/name/sub'", "'node:fs'"].map((name) => `import ${name}\n`)
    expect(firstExample(`\`\`\`ts\n${imports.join('')}\`\`\`\n`)?.others).toEqual(['zod', '@scope/name'])
  })

  it('is missing when there is none', () => expect(firstExample('```bash\nnpm test\n```\n')).toBeUndefined())

  it('passes when it prints something', async () => {
    expect(await play("console.log('done')")).toMatchObject({ ok: true, output: 'done\n' })
  })

  it('fails when it prints nothing or throws', async () => {
    expect(await play('const a = 1')).toMatchObject({ ok: false })
    expect(await play("console.log('so far'); throw new Error('no')")).toMatchObject({ ok: false })
  })
})
