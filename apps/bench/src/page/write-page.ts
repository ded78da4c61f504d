import { plot } from '../plot/plot.ts'
import { curveSection } from './curve-section.ts'
import type { Kept } from './kept.ts'
import { lineSection, overview } from './line-section.ts'
import { sessionSection } from './session-section.ts'
import { shortTable } from './short-table.ts'

/** Files of the page, by their paths within `docs/`. */
export type PageFiles = Readonly<Record<string, string>>

/** The page and its pictures: the same ones for the same figures. */
export function pageFiles(kept: Kept): PageFiles {
  const pictures = kept.curves.map((curve): [string, string] => [`performance/${curve.id}.svg`, plot(curve)])
  return { 'performance.md': pageOf(kept), ...Object.fromEntries(pictures) }
}

const INTRODUCTION = `# What it costs

What steps, runs and resumes cost, beside what others cost and what the machine gives at best. \`pnpm bench:page\` made this page and its pictures from
measured figures, which are kept in [performance/bench.json](performance/bench.json); nothing here was written by hand but the sentences. How everything
is measured is told in [apps/bench](../apps/bench/README.md).

- A step takes \`{ v: number }\`, checked by a schema on both sides, adds one and returns a new object. Values are isolated, as by default.
- Each contestant measures in a process of its own, in each round. Ratios are taken within a round. Shown are medians over the rounds, and the least and
  the greatest.
- Only ratios can be compared between machines or days, and only those whose spread is small mean much.`

function pageOf(kept: Kept): string {
  const parts = [
    INTRODUCTION,
    '## In short',
    shortTable(kept),
    '## Where and how',
    sessionSection(kept),
    '## Pictures',
    'Both axes of each picture are logarithmic. Unbroken lines are ours, broken ones those of peers, dotted ones what the machine gives at best.',
    ...kept.curves.map(curveSection),
    '## Targets',
    overview(kept),
    ...kept.lines.map(lineSection),
  ]
  return `${parts.join('\n\n')}\n`
}
