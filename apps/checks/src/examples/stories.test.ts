import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../command.ts'
import { root } from '../public-packages.ts'

/** How each story ends, as somebody sees it who starts it; on the packages as they are built. */
const endings: Readonly<Record<string, RegExp>> = {
  'agent-with-tools': /the bank pays 40 € for order 1042\nDear Ann, You get 40 € back\.\n$/,
  'approval-over-http': /409 .*\n.*"status":"success".*\n$/,
  'graph-upgrade': /step "approve" has moved from 0 to 1[\s\S]*\n {2}table, approved by release 2, packed, told\n$/,
  'map-reduce': /lamp: 15000, piano: 10000/,
  'nightly-schedule': /main street has sold 12\n.*paused\n$/,
  'order-fulfilment': /sent: world-carrier\/P-1/,
  saga: /a good journey, Ada\n[\s\S]*canceled: car, hotel, flight\n[\s\S]*flowchart TD/,
}

describe('the stories of the examples', { timeout: 180_000 }, () => {
  it('are all known here', () => {
    const folders = globSync('examples/*/package.json', { cwd: root }).map((file) => basename(join(file, '..')))
    expect(folders.sort()).toEqual(Object.keys(endings).sort())
  })

  it.each(Object.entries(endings))('%s is told to its end', async (name, ending) => {
    const told = await run('npm', ['start', '--silent'], join(root, 'examples', name))
    expect(told.output).toMatch(ending)
    expect(told.ok).toBe(true)
  })
})
