import { expect, it } from 'vitest'
import { root } from './public-packages.ts'

interface Suite {
  readonly type: 'suite' | 'module'
  readonly parent?: Suite
  errors(): readonly Error[]
}

type TallyOf = (
  modules: readonly object[],
  unhandled: readonly Error[],
) => Record<'passed' | 'failed' | 'skipped', number>
const { tallyOf }: { tallyOf: TallyOf } = await import(`${root}/scripts/tally-reporter.mjs`)

const broken = [new Error('set-up')]
const file = (state: string, errors: readonly Error[] = []): Suite & { state(): string } => ({
  type: 'module',
  state: () => state,
  errors: () => errors,
})

function tally(module: ReturnType<typeof file>, tests: readonly { readonly state: string; readonly parent?: Suite }[]) {
  const all = tests.map(({ state, parent = module }) => ({ parent, result: () => ({ state }) }))
  return tallyOf([{ ...module, children: { allTests: () => all } }], [])
}

it('counts what passed, failed and was switched off', () => {
  const tests = ['passed', 'passed', 'failed', 'skipped'].map((state) => ({ state }))
  expect(tally(file('failed'), tests)).toEqual({ passed: 2, failed: 1, skipped: 1 })
})

it('counts the tests of a suite whose set-up threw as failed, however deep they lie', () => {
  const module = file('failed')
  const outer: Suite = { type: 'suite', parent: module, errors: () => broken }
  const inner: Suite = { type: 'suite', parent: outer, errors: () => [] }
  const tests = [{ state: 'skipped', parent: inner }, { state: 'skipped', parent: outer }, { state: 'skipped' }]
  expect(tally(module, tests)).toEqual({ passed: 0, failed: 2, skipped: 1 })
})

it('counts a test that never ended as failed', () => {
  expect(tally(file('failed'), [{ state: 'pending' }])).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

it('counts a file that did not load or did not tear down as one failure', () => {
  expect(tally(file('failed', broken), [])).toEqual({ passed: 0, failed: 1, skipped: 0 })
  expect(tally(file('failed'), [{ state: 'passed' }])).toEqual({ passed: 1, failed: 1, skipped: 0 })
})

it('counts what was thrown outside of every test', () => {
  expect(tallyOf([], [new Error('later')])).toEqual({ passed: 0, failed: 1, skipped: 0 })
})
