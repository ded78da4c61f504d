import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hotFunctions } from './hot-functions.ts'
import { createSourceName } from './source-name.ts'

/** What each profiled process did with its time; the files open in the developer tools of any Chromium. */
export function printProfiles(folder: string): void {
  for (const file of readdirSync(folder).sort()) {
    const profile = JSON.parse(readFileSync(join(folder, file), 'utf8'))
    const { busyMs, gcShare, functions } = hotFunctions(profile, createSourceName())
    console.log(`\n${join(folder, file)}: ${Math.round(busyMs)} ms, ${percent(gcShare)} of them garbage collection`)
    for (const { name, share } of functions) console.log(`${percent(share).padStart(7)}  ${name}`)
  }
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
