// Stands in for vitest where tests are played without its runner: they are collected instead of run.

import { configureGlobal } from 'fast-check'
import { expect } from './polling.ts'
import type { Proof } from './proof.ts'
import { type Body, Suite } from './suite.ts'

export { expectTypeOf, vi } from 'vitest'
export { expect }

configureGlobal({ seed: 1 })

let current = new Suite(undefined, '')

/** The tests of the file that is imported. */
export async function collect(load: () => Promise<unknown>): Promise<readonly Proof[]> {
  const file = new Suite(undefined, '')
  current = file
  await load()
  return file.proofs()
}

/** Name, options if there are any, body. */
type Declared = readonly [name: string, ...rest: readonly unknown[]]

const bodyOf = (rest: readonly unknown[]): Body =>
  rest.find((one): one is Body => typeof one === 'function') ?? (() => undefined)

function addTest(...[name, ...rest]: Declared): void {
  const run = bodyOf(rest)
  current.add(name, () => finishing(() => run({ expect, onTestFinished })))
}

/** What the test that runs has asked for; tests run one after the other. */
let atTheEnd: Body[] = []

export const onTestFinished = (what: Body): unknown => atTheEnd.push(what)

async function finishing(run: () => unknown): Promise<void> {
  const mine: Body[] = []
  atTheEnd = mine
  try {
    await run()
  } finally {
    for (const what of mine.reverse()) await what()
  }
}

function addSuite(...[name, ...rest]: Declared): void {
  const outer = current
  current = new Suite(outer, name)
  outer.addSuite(current)
  try {
    bodyOf(rest)()
  } finally {
    current = outer
  }
}

/** One for each case; `each` spreads a case that is a list, `for` never does. */
function eachOf(add: (...declared: Declared) => void) {
  const over =
    (cases: readonly unknown[], argsOf: (one: unknown) => readonly unknown[]) =>
    (...[name, ...rest]: Declared): void => {
      const run = bodyOf(rest)
      for (const one of cases) add(name, () => run(...argsOf(one)))
    }
  return {
    each: (cases: readonly unknown[]) => over(cases, (one) => (Array.isArray(one) ? one : [one])),
    for: (cases: readonly unknown[]) => over(cases, (one) => [one, { expect, onTestFinished }]),
  }
}

export const it = Object.assign(addTest, eachOf(addTest))
export const describe = Object.assign(addSuite, eachOf(addSuite))

export const beforeEach = (hook: Body): unknown => current.before.push(hook)
export const afterEach = (hook: Body): unknown => current.after.push(hook)
export const beforeAll = (hook: Body): unknown => beforeEach(hook)
export const afterAll = (hook: Body): unknown => afterEach(hook)
