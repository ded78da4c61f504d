import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInstrumenter } from '@stryker-mutator/instrumenter'
import { root } from './areas.ts'
import type { Mutant } from './mutant.ts'
import { textsForPeople } from './texts.ts'

/** Sources that hold all their mutants at once, each behind a question whether it is the one that is tried. */
export interface Instrumented {
  readonly mutants: readonly Mutant[]
  readonly contents: ReadonlyMap<string, string>
}

/** The names that instrumented sources call; whoever runs them gives them a meaning. */
export const IS_ACTIVE = 'stryMutAct_9fa48'
export const COVER = 'stryCov_9fa48'

type Injector = Parameters<typeof createInstrumenter>[0]
type Made = Awaited<ReturnType<ReturnType<typeof createInstrumenter>['instrument']>>['mutants'][number]

export async function instrument(files: readonly string[]): Promise<Instrumented> {
  const read = async (name: string) => ({ name, content: await readFile(join(root, name), 'utf8'), mutate: true })
  const sources = await Promise.all(files.map(read))
  const options = { plugins: null, excludedMutations: [], noHeader: true, ignorers: [textsForPeople] }
  const made = await createInstrumenter(silentInjector()).instrument(sources, options)
  const texts = new Map(sources.map(({ name, content }) => [name, content.split('\n')]))
  const seen = new Map<string, number>()
  const mutants = made.mutants.filter(({ status }) => status !== 'Ignored').map((one) => told(one, texts, seen))
  return { mutants, contents: new Map(made.files.map(({ name, content }) => [name, content])) }
}

function told(made: Made, texts: ReadonlyMap<string, readonly string[]>, seen: Map<string, number>): Mutant {
  const { fileName: file, mutatorName: mutator, location, replacement = '' } = made
  const original = partOf(texts.get(file) ?? [], location)
  const alike = `${file} ${mutator} ${original} => ${replacement}`
  const nth = (seen.get(alike) ?? 0) + 1
  seen.set(alike, nth)
  return {
    id: Number(made.id),
    key: `${alike} #${nth}`,
    file,
    line: location.start.line + 1,
    mutator,
    original,
    replacement,
  }
}

/** Lines count from 0 here. */
function partOf(lines: readonly string[], { start, end }: Made['location']): string {
  const part = lines.slice(start.line, end.line + 1)
  const last = part.length - 1
  part[last] = (part[last] ?? '').slice(0, end.column)
  part[0] = (part[0] ?? '').slice(start.column)
  return part.map((line) => line.trim()).join(' ')
}

/** The instrumenter asks for a logger in a way of its own. */
function silentInjector(): Injector {
  const silent = () => undefined
  const isDisabled = () => false
  const logger = { debug: silent, info: silent, warn: silent, isDebugEnabled: isDisabled }
  const given = new Map<string, unknown>([['logger', logger]])
  const injector = {
    provideValue(name: string, value: unknown) {
      given.set(name, value)
      return injector
    },
    injectClass(of: { new (...parts: unknown[]): unknown; readonly inject: readonly string[] }) {
      return new of(...of.inject.map((name) => given.get(name)))
    },
  }
  return injector as unknown as Injector
}
