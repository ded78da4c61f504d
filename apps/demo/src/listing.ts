import { type Mark, marksOf } from './marks.ts'
import type { OutlineLine } from './outline.ts'
import type { Look } from './picture.ts'
import type { Output, Screen } from './screen.ts'

const words: Readonly<Record<Mark, string>> = {
  open: '',
  running: 'running',
  again: 'running again',
  lost: 'lost',
  waiting: 'waiting',
  suspended: 'suspended',
  done: 'done',
  failed: 'failed',
  skipped: 'skipped',
}

/** One line for each change, under the names that `runs.get` gives to steps. */
export function listing(lines: readonly OutlineLine[], output: Output): Screen {
  const told = new Map<string, string>()
  let isPrompted = false
  return {
    show(look) {
      if (look.prompt && !isPrompted) output.write(`${look.prompt}\n`)
      isPrompted = look.prompt !== ''
      for (const line of lines) {
        for (const [key, mark] of marksOf(line, look)) {
          const news = newsOf(key, mark, look)
          if (mark === 'open' || told.get(key) === news) continue
          told.set(key, news)
          output.write(`${look.seconds.toFixed(1).padStart(5)} s  ${key.padEnd(26)}${news}\n`)
        }
      }
    },
    say: (text) => void output.write(`\n${text}\n\n`),
    end: (text) => void output.write(`\n${text}\n`),
    close: () => undefined,
  }
}

function newsOf(key: string, mark: Mark, look: Look): string {
  const by = look.ranIn.get(key)?.at(-1)
  const where = by === undefined || mark === 'skipped' ? '' : `process ${by}`
  const timer = look.waitsFor.find(({ kind, step }) => kind === 'timer' && step.join('.') === key)
  const retry = timer?.for === 'retry' ? `attempt ${(timer.attempt ?? 0) + 1} follows` : undefined
  const note = retry ?? (mark === 'done' ? look.notes.get(key.split('.').at(-1) ?? '') : undefined)
  return `${words[mark].padEnd(15)}${where.padEnd(11)}${note ?? ''}`.trimEnd()
}
