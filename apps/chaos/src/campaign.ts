import { execFile } from 'node:child_process'
import { join } from 'node:path'
import type { Figures } from './figures.ts'

const root = join(import.meta.dirname, '..', '..', '..')

export interface Ended {
  readonly output: string
  readonly errors: string
}

function end(program: string, ...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd: root }, (_failed, output, errors) => resolve({ output, errors }))
  })
}

/** What `pnpm chaos` does once everything is built. */
export const chaos = (...args: readonly string[]): Promise<Ended> => play('main.ts', ...args)

/** What `pnpm changeover` does once everything is built. */
export const changeover = (...args: readonly string[]): Promise<Ended> => play('schedules/main.ts', ...args)

/** What `pnpm watching` does once everything is built. */
export const watch = (...args: readonly string[]): Promise<Ended> => play('watching/main.ts', ...args)

function play(main: string, ...args: readonly string[]): Promise<Ended> {
  const flags = ['--experimental-strip-types', '--disable-warning=ExperimentalWarning']
  return end(process.execPath, ...flags, join(import.meta.dirname, main), ...args)
}

export const figuresIn = ({ output }: Ended): readonly Figures[] =>
  output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Figures)

/** What processes import is built first: they run on the packages as users get them. */
export function build(): Promise<Ended> {
  const turbo = join(root, 'node_modules', '.bin', 'turbo')
  return end(turbo, 'run', 'build', '--filter=chaos^...', '--output-logs=errors-only')
}
