import { playRow } from '../play-rows.ts'
import { faultRow } from '../rows.ts'

const kinds = ['fail-before', 'fail-after', 'fail-read', 'lose-due', 'stale-read', 'slow'] as const

for (const [index, kind] of kinds.entries()) playRow(faultRow(kind, index))
