import { playRow } from '../play-rows.ts'
import { faultRow } from '../rows.ts'

for (const [index, kind] of (['drop', 'duplicate', 'reorder', 'delay', 'fail-publish'] as const).entries())
  playRow(faultRow(kind, index))
