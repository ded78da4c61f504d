import { playRow } from '../play-rows.ts'
import { calmRows } from '../rows.ts'

for (const row of calmRows) playRow(row)
