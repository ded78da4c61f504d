import type { FieldCase } from '../../src/engine/field-cases/index.js'

const INTRODUCTION = `# Cases from the field

What is known to go wrong in systems of this kind, and what shows that it does not go wrong here. Numbers stay; those that are missing are
of capabilities that do not exist yet.

A case is shown by scenarios, which every engine plays on every storage, by rules, which every storage passes, or by tests. All of them run
with \`pnpm test\`; those of an adapter of your own run as [testing an adapter](testing-an-adapter.md) says. To see one:
\`pnpm unit --project engine-default -t 'foreach.no-items'\`.
`

const code = (text: string): string => `\`${text}\``

function proofs({ scenarios = [], rules = [], tests = [] }: FieldCase): string {
  const named = [...scenarios, ...rules].map(code)
  return [...named, ...tests.map(([file, name]) => `[${name}](../${file})`)].join(' · ')
}

const row = (one: FieldCase): string => `| ${one.number} | ${one.situation} | ${proofs(one)} |`

const section = ([group, cases]: readonly [string, readonly FieldCase[]]): string =>
  [`## ${group}`, '', '| | what happens | shown by |', '| --- | --- | --- |', ...cases.map(row), ''].join('\n')

/** The page of the documentation that lists them. */
export const fieldCasePage = (groups: Readonly<Record<string, readonly FieldCase[]>>): string =>
  [INTRODUCTION, ...Object.entries(groups).map(section)].join('\n')
