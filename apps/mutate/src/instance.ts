import { createRequire } from 'node:module'
import { compileFunction } from 'node:vm'
import * as vitest from 'vitest'
import { COVER, IS_ACTIVE } from './instrument.ts'
import type { Groups } from './proofs/proof.ts'

/** What instrumented sources ask and tell. */
export interface Switch {
  isActive(id: string): boolean
  cover(...ids: readonly string[]): void
}

const require = createRequire(import.meta.url)
const load = (path: string): unknown => (path === 'vitest' ? vitest : require(path))

/** Evaluates a bundle, anew with each call, so that nothing is left of what another mutant did. */
export function evaluator(code: string): (given: Switch) => Groups {
  const names = ['require', 'module', 'exports', '__url', IS_ACTIVE, COVER]
  const evaluate = compileFunction(code, names, { filename: 'proofs.cjs' })
  return ({ isActive, cover }) => {
    const module = { exports: {} as { groups: Groups } }
    evaluate(load, module, module.exports, import.meta.url, isActive, cover)
    return module.exports.groups
  }
}

/** The same, but that nobody is told what is reached: that takes time. */
export const withoutCover = (code: string): string =>
  code.replaceAll(new RegExp(`${COVER}\\((?:"\\d+"(?:, )?)+\\)`, 'g'), '0')
