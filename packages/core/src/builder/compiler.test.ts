import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const SNIPPET = `${import.meta.dirname}/snippet.ts`

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts'],
  types: ['node'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  skipLibCheck: true,
  noEmit: true,
}

let versions = 0

/** A file that is on no disk, beside this one. */
function hostOf(text: string): ts.LanguageServiceHost {
  // What the snippets share is parsed once; the snippet itself is another one each time.
  const version = String(++versions)
  return {
    getCompilationSettings: () => options,
    getScriptFileNames: () => [SNIPPET],
    getScriptVersion: (file) => (file === SNIPPET ? version : '0'),
    getScriptSnapshot: (file) => {
      const content = file === SNIPPET ? text : ts.sys.readFile(file)
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content)
    },
    getCurrentDirectory: () => import.meta.dirname,
    getDefaultLibFileName: (given) => ts.getDefaultLibFilePath(given),
    fileExists: (file) => file === SNIPPET || ts.sys.fileExists(file),
    readFile: ts.sys.readFile,
  }
}

const documents = ts.createDocumentRegistry()

function compile(text: string) {
  const service = ts.createLanguageService(hostOf(text), documents)
  const messages = [...service.getSyntacticDiagnostics(SNIPPET), ...service.getSemanticDiagnostics(SNIPPET)].map(
    ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'),
  )
  return { service, messages, instantiations: service.getProgram()?.getInstantiationCount() ?? 0 }
}

const PREAMBLE = `
import { z } from 'zod'
import { createStep, createWorkflow, mapVariable } from './index.js'
const user = z.object({ name: z.string(), tags: z.array(z.string()) })
const a = createStep({
  id: 'a',
  inputSchema: z.object({ sku: z.string() }),
  outputSchema: z.object({ amount: z.number(), user }),
  execute: async () => ({ amount: 1, user: { name: '', tags: [] } }),
})
const b = createStep({
  id: 'b',
  inputSchema: z.object({ amount: z.string() }),
  outputSchema: z.object({ ok: z.boolean() }),
  execute: async () => ({ ok: true }),
})
const w = createWorkflow({ id: 'w', inputSchema: z.object({ sku: z.string() }), outputSchema: z.object({ ok: z.boolean() }) })
`

const NOT_ACCEPTED =
  'Miswired<"the step does not accept the previous output", { readonly expects: { amount: string; }; readonly gets: { amount: number; user: { name: string; tags: string[]; }; }; }>'

const wrong: readonly (readonly [what: string, code: string, message: string])[] = [
  ['a step', 'w.then(a).then(b)', NOT_ACCEPTED],
  ['a member of a parallel', 'w.then(a).parallel([b])', NOT_ACCEPTED],
  ['an arm', 'w.then(a).branch([[async () => true, b]])', NOT_ACCEPTED],
  ['a step in a flow', 'w.parallel({ x: (flow) => flow.then(a).then(b) })', NOT_ACCEPTED],
  [
    'the output',
    'w.then(a).commit()',
    'Miswired<"the last output does not fit the output schema of the workflow", { readonly expects: { ok: boolean; }; readonly gets: { amount: number;',
  ],
  [
    'what a foreach walks over',
    'w.then(a).foreach(b)',
    'Miswired<"foreach needs an array from the step before", { readonly expects: readonly unknown[]; readonly gets: { amount: number;',
  ],
  [
    "a loop's body",
    'w.dountil(a, async () => true)',
    'Miswired<"the body of the loop does not accept its own output", { readonly expects: { sku: string; }; readonly gets: { amount: number;',
  ],
  [
    'a path',
    "w.then(a).map({ name: { step: a, path: 'user.nam' } })",
    'Miswired<"the path leads nowhere", { readonly path: "user.nam"; readonly paths: ',
  ],
  ['a committed workflow', 'w.then(a).map(() => ({ ok: true })).commit().then(a)', "Property 'then' does not exist"],
  ['an uncommitted workflow', 'w.then(w)', 'FlowBuilder<'],
  ['nothing', 'w.then(null)', "Argument of type 'null' is not assignable to parameter of type 'Runnable<"],
  ['what is no method', "w.waitForever('x')", "Property 'waitForever' does not exist"],
]

describe('the compiler', { timeout: 120_000 }, () => {
  it.each(wrong)('says what is wrong with %s', (_what, code, message) => {
    const { messages } = compile(`${PREAMBLE}${code}`)
    expect(messages.length).toBeGreaterThan(0)
    expect(messages.join('\n')).toContain(message)
  })

  it('takes a step whose input asks for less than there is', () => {
    const code = `
      const less = createStep({ id: 'less', inputSchema: z.object({ amount: z.number().optional(), more: z.string().optional() }),
        outputSchema: z.object({ ok: z.boolean() }), execute: async () => ({ ok: true }) })
      export const committed = w.then(a).then(less).commit()`
    expect(compile(`${PREAMBLE}${code}`).messages).toEqual([])
  })

  it.each([
    ["mapVariable({ step: a, path: '|' })", ['.', 'amount', 'user', 'user.name', 'user.tags']],
    ["mapVariable({ step: [a, b], path: '|' })", ['.', 'amount', 'user.name', 'ok']],
    ["w.then(a).map(({ getStepResult }) => getStepResult('|'))", ['a']],
    ['w.then(a).map(({ inputData }) => inputData.|)', ['amount', 'user']],
  ])('offers what there is in %s', (code, offered) => {
    const cursor = PREAMBLE.length + code.indexOf('|')
    const { service } = compile(`${PREAMBLE}${code.replace('|', '')}`)
    const entries = service.getCompletionsAtPosition(SNIPPET, cursor, {})?.entries ?? []
    expect(entries.map(({ name }) => name)).toEqual(expect.arrayContaining(offered))
  })
})

/** One of every block, again and again, over `count` steps. */
function longWorkflow(count: number, blocks: boolean): string {
  const steps = Array.from({ length: count }, (_, index) => `s${index}`)
  const declarations = steps.map(
    (id) => `const ${id} = createStep({ id: '${id}', inputSchema: z.object({ n: z.number() }),
      outputSchema: z.object({ n: z.number(), ${id}: z.string() }), execute: async ({ inputData }) => ({ ...inputData, ${id}: '' }) })`,
  )
  const calls: string[] = []
  for (let at = 0; at < count; at += 8) {
    const [s0, s1, s2, s3, s4, s5, s6, s7] = steps.slice(at, at + 8)
    if (!blocks) calls.push(...steps.slice(at, at + 8).map((id) => `.then(${id})`))
    else
      calls.push(
        `.then(${s0}).parallel([${s1}, ${s2}]).map(({ inputData }) => ({ n: inputData.${s1}.n + inputData.${s2}.n }))`,
        `.branch({ one: [({ inputData }) => inputData.n > 1, ${s3}], two: [async ({ inputData }) => inputData.n > 2, (flow) => flow.then(${s4}).then(${s5})] })`,
        '.map(({ inputData }) => inputData.one ?? inputData.two ?? { n: 0 })',
        `.map({ n: { step: s0, path: 'n' } }).dountil(${s6}, async ({ inputData }) => inputData.n > 5)`,
        `.map(({ inputData }) => [inputData]).foreach((flow) => flow.then(${s7}), { concurrency: 2 }).map(({ inputData }) => inputData[0] ?? { n: 0 })`,
      )
  }
  return `import { z } from 'zod'
    import { createStep, createWorkflow } from './index.js'
    ${declarations.join('\n')}
    const n = z.object({ n: z.number() })
    const long = createWorkflow({ id: 'long', inputSchema: n, outputSchema: n })
      ${calls.join('\n')}
      .commit()
    export const last: 's${count - 1}' = long.steps.s${count - 1}.id`
}

// Measured with TypeScript 6.0.3 and zod 4.6: 360,000 and 1,520,000. Bounds leave 15 %.
describe('the cost of types', () => {
  it.each([
    ['then', false, 415_000],
    ['all blocks', true, 1_750_000],
  ])('stays bounded for 200 steps with %s', { timeout: 120_000 }, (_what, blocks, bound) => {
    const { messages, instantiations } = compile(longWorkflow(200, blocks))
    expect(messages).toEqual([])
    expect(instantiations).toBeGreaterThan(bound / 4)
    expect(instantiations).toBeLessThanOrEqual(bound)
  })
})
