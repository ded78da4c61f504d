import type { EngineName } from './engines.ts'
import type { PubSubName } from './pubsubs.ts'
import type { Played, Results, Tally } from './results.ts'
import type { StorageName } from './storages.ts'

const STORAGES: readonly StorageName[] = ['memory', 'sqlite', 'postgres', 'redis']
const PUBSUBS: readonly PubSubName[] = ['memory', 'redis', 'postgres', 'nats']
const DISPATCHES: readonly EngineName[] = ['local-first', 'always-publish']

const BEGIN = /<!-- parity: (whole|short) -->/
const END = '<!-- parity: end -->'

/** Puts the table between the marks of a page, whole or short, as the first one says. */
export function withTable(page: string, results: Results): string {
  const begin = BEGIN.exec(page)
  const to = page.indexOf(END)
  if (!begin || to < begin.index) throw new Error(`the page has no <!-- parity: whole --> or short, and ${END}`)
  const told = begin[1] === 'short' ? tellInShort(results) : tell(results)
  return `${page.slice(0, begin.index + begin[0].length)}\n\n${told}\n\n${page.slice(to)}`
}

/** One row for both ways to hand out work. */
function tellInShort({ played, checked }: Results): string {
  const told = (storage: StorageName, engine: EngineName, pubsub?: PubSubName): string =>
    outcome(
      played.find((one) => one.engine === engine && one.storage === storage && one.pubsub === pubsub),
      false,
    )
  const both = (storage: StorageName, pubsub: PubSubName): string => {
    const [one, ...others] = DISPATCHES.map((dispatch) => told(storage, dispatch, pubsub))
    return [one, ...others.filter((other) => other !== one)].join(' and ')
  }
  const evented = PUBSUBS.map((pubsub) => ['evented', pubsub, ...STORAGES.map((storage) => both(storage, pubsub))])
  const alone = ['default', '–', ...STORAGES.map((storage) => told(storage, 'default'))]
  return [table(['engine', 'pub/sub', ...STORAGES], [alone, ...evented]), whereOf([...played, ...checked])].join('\n\n')
}

/** What was run, and nothing else. */
export function tell({ played, checked }: Results): string {
  const cell = (engine: EngineName, storage: StorageName | undefined, pubsub?: PubSubName): string =>
    outcome(played.find((one) => one.engine === engine && one.storage === storage && one.pubsub === pubsub))
  const line = (engine: EngineName, pubsub?: PubSubName): readonly string[] => [
    engine === 'default' ? 'default' : `evented, ${engine}`,
    pubsub ?? '–',
    ...STORAGES.map((storage) => cell(engine, storage, pubsub)),
  ]
  const evented = DISPATCHES.flatMap((dispatch) => PUBSUBS.map((pubsub) => line(dispatch, pubsub)))
  return [
    table(['engine', 'pub/sub', ...STORAGES], [line('default'), ...evented]),
    `The default engine without a storage: ${cell('default', undefined)}.`,
    table(
      ['suite', 'of', 'rules'],
      checked.map((one) => [one.suite, one.subject, outcome(one)]),
    ),
    whereOf([...played, ...checked]),
  ].join('\n\n')
}

function outcome(tally: Tally | Played | undefined, isTimed = true): string {
  if (!tally) return 'not run'
  const { passed, failed, notRun, seconds } = tally
  const all = passed + failed + notRun
  if (passed === all && all > 0) return isTimed ? `${passed} passed (${Math.round(seconds)} s)` : `${passed} passed`
  return `**${failed + notRun} of ${all} did not pass**`
}

function whereOf(tallies: readonly Tally[]): string {
  if (tallies.length === 0) return 'Nothing was run.'
  const unique = (texts: readonly string[]): string => [...new Set(texts)].sort().join(', ')
  const servers = tallies.flatMap((one) => Object.entries(one.servers).map(([name, version]) => `${name} ${version}`))
  const parts = [
    `on ${unique(tallies.map(({ date }) => date))}`,
    `Node ${unique(tallies.map(({ node }) => node))}`,
    unique(tallies.map(({ platform }) => platform)),
    unique(servers),
  ]
  return `Run ${parts.filter((part) => part !== '').join('; ')}.`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
