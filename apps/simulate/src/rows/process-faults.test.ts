import { playRow } from '../play-rows.ts'
import { faultRow } from '../rows.ts'

for (const [index, kind] of (['kill', 'freeze', 'stall', 'skew', 'jump'] as const).entries())
  playRow(faultRow(kind, index))
