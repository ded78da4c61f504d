import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sight } from './orders.ts'
import type { Played } from './played.ts'

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

/** What the groups of a bundle reach, looked at once for as long as nothing in it changes. */
export class Sights {
  private readonly folder: string

  constructor(folder: string, code: string) {
    this.folder = join(folder, 'sights', hashOf(code))
    mkdirSync(this.folder, { recursive: true })
  }

  async of(group: string, player: Played): Promise<Sight> {
    const file = join(this.folder, `${hashOf(group)}.json`)
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Sight
    const sight = await player.look(group)
    writeFileSync(file, JSON.stringify(sight))
    return sight
  }
}
