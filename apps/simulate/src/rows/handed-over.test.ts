import { playRow } from '../play-rows.ts'
import { handedOverRows } from '../rows.ts'

for (const row of handedOverRows) playRow(row)
