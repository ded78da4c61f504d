import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Outcome, run, said } from './command.ts'
import { root, type Tarball } from './public-packages.ts'
import { firstExample, runExample } from './readme-example.ts'
import type { Report } from './report.ts'

/** A template for authors of adapters, and a mistake that its suite must find. */
interface Template {
  readonly name: string
  readonly file: string
  readonly sound: string
  readonly wrong: string
  /** The rules that fail with it, and no others. */
  readonly breaks: readonly string[]
  /** What the failure of the first of them tells. */
  readonly tells: RegExp
}

const templates: readonly Template[] = [
  {
    name: 'storage-adapter',
    file: 'src/commit.ts',
    sound: 'if (first !== undefined) return { answer: first }\n',
    wrong: 'void first\n',
    breaks: [
      'storage.repeat.based',
      'storage.repeat.new',
      'storage.repeat.any',
      'storage.repeat.after-others',
      'storage.repeat.sealed',
      'storage.repeat.applies-once',
      'storage.repeat.at-once',
      'storage.repeat.same-call',
    ],
    tells:
      /^\[storage\.repeat\.based] Repeating a commit that was based on a head returns its first answer and writes nothing\.\n {2}the second answer is another one[\s\S]*'stale'/,
  },
  {
    name: 'pubsub-adapter',
    file: 'src/member.ts',
    sound: "tell({ type: 'failed', delivery })",
    wrong: "tell({ type: 'taken', delivery })",
    breaks: [
      'pubsub.take.rejects',
      'pubsub.take.throws',
      'pubsub.take.without-group',
      'pubsub.take.another-takes',
      'pubsub.take.acknowledges',
      'pubsub.take.no-unhandled',
    ],
    tells:
      /^\[pubsub\.take\.rejects] The hints of a `take` that rejects come again\.\n {2}it has not come to be that each hint came twice/,
  },
]

interface Subject {
  readonly folder: string
  readonly tarballs: readonly Tarball[]
}

/** Goes the way of somebody who copies a template, in a folder of its own, with the packages as they would be published. */
export async function checkTemplates(report: Report, subject: Subject): Promise<void> {
  await Promise.all(templates.map((template) => checkTemplate(report, template, subject)))
}

async function checkTemplate(report: Report, template: Template, { folder, tarballs }: Subject): Promise<void> {
  const home = join(folder, template.name)
  cpSync(join(root, 'templates', template.name), home, { recursive: true })
  const copy = createCopy(home)
  const add = (what: string, outcome: Outcome) => report.add(`template ${template.name}: ${what}`, outcome)
  const ours = tarballs.filter(({ name }) => name === '@wf/core' || name === '@wf/parity-tests').map(({ file }) => file)
  const flags = ['--no-audit', '--no-fund', '--loglevel=error', '--save-dev']
  const installed = await run('npm', ['install', ...flags, ...ours], home)
  add('installs', installed)
  if (!installed.ok) return
  add('compiles, and so do our types', await copy.script('typecheck'))
  add('passes its suite under vitest', await copy.script('test'))
  add('has a complete report', said(await copy.script('report'), /^complete: (\d+) of \1 rules ran, 0 failed/m))
  add('has a green badge', said(await copy.script('badge'), / rules \(suite .*\| green/))
  add('passes its suite under node:test', await copy.script('test:node'))
  add('has a complete report of node:test', said(await copy.script('report'), /^complete: (\d+) of \1 rules ran/m))
  const running = { line: process.versions.node, program: process.execPath }
  const example = firstExample(readFileSync(join(home, 'README.md'), 'utf8'))
  if (example) add('has a README that works', await runExample(home, example, running))
  const [first = ''] = template.breaks
  add('passes one rule', await copy.run('npx', 'vitest', 'run', '-t', first))
  add('has no green badge for one rule', said(await copy.script('badge'), /incomplete: 1 of .* \| lightgrey/))
  add('has a report that fails for one rule', refused(await copy.script('report'), /\nincomplete: 1 of/))
  copy.replace(template)
  add('fails its suite when it is wrong', refused(await copy.script('test'), /failed/))
  add('fails by what is wrong, and tells it', failures(home, template))
  add('has a red badge when it is wrong', said(await copy.script('badge'), /failed: \d+ of .* \| red/))
}

function createCopy(cwd: string) {
  // Rules that fail wait for as long as they are allowed to, so not more than a busy machine needs.
  const place = { cwd, env: { WF_PARITY_REPORT: 'report.json', WF_PARITY_TIME_SCALE: '2' } }
  return {
    script: (name: string) => run('npm', ['run', '--silent', name], place),
    run: (program: string, ...args: readonly string[]) => run(program, args, place),
    replace({ file, sound, wrong }: Template) {
      const path = join(cwd, file)
      const text = readFileSync(path, 'utf8')
      if (!text.includes(sound)) throw new Error(`${file} does not hold ${JSON.stringify(sound)}`)
      writeFileSync(path, text.replace(sound, wrong))
    },
  }
}

function refused({ ok, output }: Outcome, expected: RegExp): Outcome {
  return { ok: !ok && expected.test(`\n${output}`), output }
}

interface Failed {
  readonly id: string
  readonly result: string
  readonly failure?: string
}

function failures(home: string, { breaks, tells }: Template): Outcome {
  const { rules }: { readonly rules: readonly Failed[] } = JSON.parse(readFileSync(join(home, 'report.json'), 'utf8'))
  const failed = rules.filter(({ result }) => result === 'failed')
  const ids = failed.map(({ id }) => id)
  const ok = ids.join() === breaks.join() && tells.test(failed[0]?.failure ?? '')
  return { ok, output: `${ids.join(', ')}\n${failed[0]?.failure}` }
}
