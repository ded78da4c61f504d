import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { fromLine, toLine } from './journals.ts'
import type { Recording } from './record.ts'

const folder = join(import.meta.dirname, '..', '..', 'recorded')
const ENDING = '.jsonl.br'

const fileOf = (version: string): string => join(folder, `${version}${ENDING}`)

/** Releases of which there are recordings. */
export const versions = (): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ENDING))
    .map((name) => basename(name, ENDING))

export function recordingsOf(version: string): readonly Recording[] {
  const text = brotliDecompressSync(readFileSync(fileOf(version))).toString()
  return text.split('\n').map((line) => fromLine(line) as Recording)
}

export function saveRecordings(version: string, recordings: readonly Recording[]): void {
  writeFileSync(fileOf(version), brotliCompressSync(recordings.map(toLine).join('\n')))
}
