import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { root } from '../public-packages.ts'
import { importArrows, type Manifest, manifestArrows } from './import-arrows.ts'
import { interpreterImports, interpreterSize } from './independent-interpreter.ts'
import { machineImports, machineNames } from './pure-machine.ts'
import { fileLength, noAny } from './readable-files.ts'
import { readSources, sourceFile } from './source-file.ts'
import { engineKinds, engineSize } from './thin-engines.ts'

const sources = readSources(root)
const manifests: Manifest[] = globSync('packages/*/package.json', { cwd: root }).map((file) =>
  JSON.parse(readFileSync(`${root}/${file}`, 'utf8')),
)

describe('the repository', () => {
  it('is what the rules look at', () => {
    expect(sources.map(({ path }) => path)).toContain('packages/core/src/index.ts')
    expect(manifests.map(({ name }) => name)).toContain('@wf/core')
  })
  it('imports along the arrows only', () => expect(importArrows(sources)).toEqual([]))
  it('declares dependencies along the arrows only', () => expect(manifestArrows(manifests)).toEqual([]))
  it('keeps the machine away from what does I/O', () => expect(machineImports(sources)).toEqual([]))
  it('keeps clock, chance and promises out of the machine', () => expect(machineNames(sources)).toEqual([]))
  it('keeps kinds of nodes out of the engines', () => expect(engineKinds(sources)).toEqual([]))
  it('keeps each engine within 500 lines', () => expect(engineSize(sources)).toEqual([]))
  it('keeps the interpreter of random workflows within 400 lines', () => expect(interpreterSize(sources)).toEqual([]))
  it('keeps that interpreter away from all packages', () => expect(interpreterImports(sources)).toEqual([]))
  it('keeps every file within 300 lines', () => expect(fileLength(sources)).toEqual([]))
  it('has no any', () => expect(noAny(sources)).toEqual([]))
})

/** Each rule must find what it forbids and leave its neighbour alone. */
describe('the rules', () => {
  const inCore = (text: string) => [sourceFile('packages/core/src/driver/loop.ts', text)]
  const inMachine = (text: string) => [sourceFile('packages/core/src/machine/kinds/sleep.ts', text)]
  const inEngine = (text: string) => [sourceFile('packages/engine-default/src/engine.ts', text)]
  const inStorage = (text: string) => [sourceFile('packages/storage-postgres/src/storage.ts', text)]
  const inSuite = (text: string) => [sourceFile('packages/parity-tests/src/suite.ts', text)]
  const inTesting = (text: string) => [sourceFile('packages/testing/src/play.ts', text)]

  it.each([
    ['an engine imports an adapter', inEngine("import { m } from '@wf/storage-memory'")],
    ['an engine imports an engine', inEngine("import type { E } from '@wf/engine-evented'")],
    ['an engine brings a library', inEngine("import pg from 'pg'")],
    ['an adapter imports an engine', inStorage("export * from '@wf/engine-default'")],
    ['an adapter imports the suite', inStorage("const s = await import('@wf/parity-tests')")],
    ['the suite brings a test runner', inSuite("import { it } from 'vitest'")],
    ['the suite names the type of an adapter', inSuite("type S = import('@wf/storage-memory').Memory")],
    ['core imports a library', inCore("import { z } from 'zod'")],
    ['core imports an engine', inCore("import { e } from '@wf/engine-default'")],
    ['core requires a library', inCore("const z = require('zod')")],
    ['the calendar imports an engine', [sourceFile('packages/cron/src/a.ts', "import '@wf/engine-default'")]],
    ['core imports the calendar', inCore("import { cronCalendar } from '@wf/cron'")],
    ['an adapter imports the calendar', inStorage("import { cronCalendar } from '@wf/cron'")],
    ['tests of workflows need a server', inTesting("import { s } from '@wf/storage-postgres'")],
    ['tests of workflows bring a test runner', inTesting("import { it } from 'vitest'")],
    ['an engine imports tests of workflows', inEngine("import { t } from '@wf/testing'")],
    ['the suite imports tests of workflows', inSuite("import { t } from '@wf/testing'")],
    ['a relative path leaves its package', inEngine("import { m } from '../../storage-memory/src/index.js'")],
  ])('refuse that %s', (_, files) => expect(importArrows(files)).toHaveLength(1))

  it('allow what follows the arrows', () => {
    expect(importArrows(inCore("import type { S } from '@standard-schema/spec'\nimport 'node:async_hooks'"))).toEqual(
      [],
    )
    expect(importArrows(inEngine("import { d } from '@wf/core'\nimport { q } from './queue.js'"))).toEqual([])
    expect(importArrows(inEngine("import { cronCalendar } from '@wf/cron'"))).toEqual([])
    expect(importArrows(inTesting("import '@wf/engine-default'\nimport '@wf/storage-memory'"))).toEqual([])
    expect(importArrows(inStorage("import pg from 'pg'\nimport type { S } from '@wf/core'"))).toEqual([])
    expect(importArrows([sourceFile('packages/engine-default/src/a.test.ts', "import '@wf/storage-memory'")])).toEqual(
      [],
    )
  })

  it('look into manifests', () => {
    expect(
      manifestArrows([{ name: '@wf/engine-default', peerDependencies: { '@wf/core': '1', ioredis: '5' } }]),
    ).toEqual(['@wf/engine-default depends on ioredis'])
    expect(manifestArrows([{ name: '@wf/storage-redis', dependencies: { '@wf/engine-default': '1' } }])).toHaveLength(1)
    expect(manifestArrows([{ name: '@wf/core', optionalDependencies: { zod: '4' } }])).toHaveLength(1)
    expect(manifestArrows([{ name: '@wf/core', dependencies: { '@standard-schema/spec': '1' } }])).toEqual([])
    expect(manifestArrows([{ name: '@wf/storage-redis', peerDependencies: { ioredis: '5' } }])).toEqual([])
  })

  it.each([
    '../../driver/loop.js',
    '../../run/run.js',
    '../../codec/encode.js',
    '../../builder/step.js',
    'node:fs',
    'zod',
  ])('refuse that the machine imports %s', (specifier) =>
    expect(machineImports(inMachine(`import { x } from '${specifier}'`))).toHaveLength(1),
  )

  it('look into small machines too', () => {
    const small = (text: string) => [sourceFile('packages/core/src/schedule/machine/machine.ts', text)]
    expect(machineImports(small("import { x } from '../../driver/driver.js'"))).toHaveLength(1)
    expect(machineNames(small('const at = Date.now()'))).toHaveLength(1)
  })

  it('allow that the machine imports the graph and itself', () =>
    expect(machineImports(inMachine("import '../turn.js'\nimport type { N } from '../../graph/node.js'"))).toEqual([]))

  it.each([
    ...['const at = Date.now()', 'let at: Date', 'setTimeout(go, 1)', 'setInterval(go, 1)', 'let p: Promise<void>'],
    ...['async function go() {}', 'await go()', 'Math.random()', 'crypto.randomUUID()', 'performance.now()'],
    ...['process.env', 'go({ process })', 'globalThis.x', 'for await (const x of y) go(x)'],
  ])('refuse `%s` in the machine', (text) => expect(machineNames(inMachine(text))).toHaveLength(1))

  it('allow the same in words, in fields and outside of the machine', () => {
    expect(
      machineNames(inMachine("// no Date, no Promise\nconst a = 'async'\nconst b = x.process\nMath.max(1, 2)")),
    ).toEqual([])
    expect(machineNames(inCore('await Promise.resolve(Date.now())'))).toEqual([])
  })

  it.each(['parallel', 'foreach', 'branch', 'loop'])('refuse the kind %s in an engine', (kind) => {
    expect(engineKinds(inEngine(`if (node.kind === '${kind}') go()`))).toHaveLength(1)
    expect(engineKinds(inEngine(`// ${kind}\nconst ${kind} = \`\``))).toEqual([])
    expect(engineKinds(inCore(`const kind = '${kind}'`))).toEqual([])
  })

  it('add up the lines of an engine', () => {
    const half = sourceFile('packages/engine-default/src/half.ts', 'go()\n'.repeat(250))
    const tests = sourceFile('packages/engine-default/src/half.test.ts', 'go()\n'.repeat(250))
    expect(engineSize([half, half, tests])).toEqual([])
    expect(engineSize([half, half, ...inEngine('go()')])).toEqual(['engine-default has 501 lines'])
  })

  it('add up the lines of the interpreter', () => {
    const inInterpreter = (name: string) =>
      sourceFile(`apps/simulate/src/random/interpreter/${name}`, 'go()\n'.repeat(200))
    const files = [inInterpreter('a.ts'), inInterpreter('b.ts'), inInterpreter('a.test.ts')]
    expect(interpreterSize(files)).toEqual([])
    expect(interpreterSize([...files, inInterpreter('c.ts')])).toEqual(['the interpreter has 600 lines'])
  })

  it('refuse what the interpreter must not know, also behind what it imports', () => {
    const plan = (text: string) => sourceFile('apps/simulate/src/random/plan.ts', text)
    const interpreter = (text: string) => sourceFile('apps/simulate/src/random/interpreter/flow.ts', text)
    const flow = interpreter("import { p } from '../plan.ts'")
    expect(interpreterImports([flow, plan("import { v } from './values.ts'")])).toEqual([])
    expect(interpreterImports([flow, plan("import type { Path } from '@wf/core'")])).toHaveLength(1)
    expect(interpreterImports([interpreter("import { m } from '../../../../../packages/core/src/a.ts'")])).toHaveLength(
      1,
    )
    expect(interpreterImports([interpreter("import { engine } from '@wf/engine-default'")])).toHaveLength(1)
  })

  it('count the lines of a file', () => {
    expect(fileLength(inCore('go()\n'.repeat(300)))).toEqual([])
    expect(fileLength(inCore('go()\n'.repeat(301)))).toEqual(['packages/core/src/driver/loop.ts has 301 lines'])
    expect(fileLength(inCore('go()\n'.repeat(301)), ['packages/core/src/driver/loop.ts'])).toEqual([])
  })

  it('tell the type any from the word', () => {
    expect(noAny(inCore('let x: any'))).toHaveLength(1)
    expect(noAny(inCore('const y = x as unknown as any[]'))).toHaveLength(1)
    expect(noAny(inCore("// any\nconst any = 'any'"))).toEqual([])
  })
})
