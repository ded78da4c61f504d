import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hotFunctions } from './hot-functions.ts'
import { type PartOfTime, partsOfProfile } from './parts-of-profile.ts'
import { createOriginOf, createSourceName } from './source-name.ts'

/** What each profiled process did with its time; the files open in the developer tools of any Chromium. */
export function printProfiles(folder: string): void {
  for (const file of readdirSync(folder).sort()) {
    const profile = JSON.parse(readFileSync(join(folder, file), 'utf8'))
    const { busyMs, gcShare, functions } = hotFunctions(profile, createSourceName())
    console.log(`\n${join(folder, file)}: ${Math.round(busyMs)} ms, ${percent(gcShare)} of them garbage collection`)
    for (const { name, share } of functions) console.log(`${percent(share).padStart(7)}  ${name}`)
  }
}

/** Parts that took less than this are not told one by one. */
const LEAST_SHARE = 0.015

/** Where the time went in the process of which this is the profile. */
export function partsIn(file: string): readonly PartOfTime[] {
  const parts = partsOfProfile(JSON.parse(readFileSync(file, 'utf8')), createOriginOf())
  return parts.filter(({ share }) => share >= LEAST_SHARE)
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
