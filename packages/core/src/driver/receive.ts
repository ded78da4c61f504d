import { isWorkflowError } from '../errors/index.js'
import { type Ref, type RunEvent, versionOf, type Wait, workflowOf } from '../machine/index.js'
import { checksInput } from './checks.js'
import { type Fact, type Fold, parseFact } from './fold.js'
import { runJournal } from './journal-store.js'
import type { LiveRun } from './live-run.js'
import { COMMITS_PER_READ } from './load-run.js'
import { recordError } from './outcome.js'
import type { Mail, PlacedWait } from './post-office.js'
import { validate } from './validate.js'

/** What a run did with an event: it has it, it waits no longer, or this process is not the one to tell. */
export type Delivered = 'taken' | 'gone' | 'elsewhere'

/** Whether the run waits there still, for the same event. */
export const isWaiting = ({ state }: Fold, { at, of }: PlacedWait): boolean => state.waits.get(at)?.of === of

/** Gives an event to a run that waits for it. It is there once, however often it is given. */
export async function receive(run: LiveRun, wait: PlacedWait, mail: Mail): Promise<Delivered> {
  const open = await lookFor(run, wait)
  if (open === 'elsewhere') return open
  if (open && (await write(run, wait, await arrival(run, open, mail)))) {
    run.waits.remember(wait.of, mail.id)
    return 'taken'
  }
  if (open && (await run.read((fold) => isWaiting(fold, wait)))) return 'elsewhere'
  return (run.waits.mailOf(wait.of) ?? (await mailIn(run, wait.of))) === mail.id ? 'taken' : 'gone'
}

async function lookFor(run: LiveRun, wait: PlacedWait): Promise<Wait | 'elsewhere' | undefined> {
  const version = versionOf(wait.of)
  // No replica may say that the run has not come as far.
  run.writer.sees(version)
  const open = await run.read((fold) => (fold.head.version < version ? 'behind' : openWait(fold, wait)))
  // It was being read already when somebody began to wait.
  return open === 'behind' ? run.read((fold) => openWait(fold, wait)) : open
}

/** While the run is paused, or goes by a graph that is not known here, it is left to somebody else. */
function openWait(fold: Fold, wait: PlacedWait): Wait | 'elsewhere' | undefined {
  if (!isWaiting(fold, wait)) return undefined
  return fold.standsStill || fold.state.rest === 'paused' ? 'elsewhere' : fold.state.waits.get(wait.at)
}

interface Arrival {
  readonly fact: Fact
  /** That it does not fit, in case the storage will not have it. */
  refused(error: unknown): Promise<Fact>
}

/** What comes goes through the schema of the step that waits; a misfit is how the step fails. */
async function arrival(run: LiveRun, wait: Wait, mail: Mail): Promise<Arrival> {
  const { recorder, around } = run.bench
  const { at, of } = wait
  const desk = { at, recorder, around, activity: wait, random: () => 0 }
  const event: RunEvent = { type: 'event-received', at, of, mail: mail.id, seq: mail.seq }
  const refused = (error: unknown): Promise<Fact> => recordError(desk, { ...event, failed: true }, error as Error)
  try {
    return { fact: await recorder.valued(event, await parsed(run, wait, mail.payload)), refused }
  } catch (error) {
    return { fact: await refused(error), refused }
  }
}

async function parsed({ program, runId }: LiveRun, { frame }: Wait, payload: unknown): Promise<unknown> {
  const { awaits, step } = program.codeOf(frame)
  const schema = awaits?.schema ?? step?.resumeSchema
  if (!schema || !checksInput(program, frame)) return payload
  const { workflowId } = workflowOf(frame.parent ?? frame).node
  const about = { code: 'WF_EVENT_INVALID', workflowId, stepId: frame.node.id, runId } as const
  const { value } = await validate(schema, payload, about)
  return value
}

async function write(run: LiveRun, wait: PlacedWait, { fact, refused }: Arrival): Promise<boolean> {
  const unlessGone = (one: Fact) => (fold: Fold) => (openWait(fold, wait) === 'elsewhere' ? [] : [one])
  try {
    return await run.write(unlessGone(fact))
  } catch (error) {
    if (!isWorkflowError(error, 'WF_LIMIT') && !isWorkflowError(error, 'WF_NOT_SERIALIZABLE')) throw error
    const instead = await refused(error)
    return run.write(unlessGone(instead))
  }
}

/** The event that has come for a wait, as the journal tells. Asked only where a mailbox has not heard what became of one. */
async function mailIn({ driver, runId, writer }: LiveRun, of: Ref): Promise<string | undefined> {
  const journal = runJournal(driver.settings.namespace, runId)
  const { home, knownVersion: atLeast } = writer
  for (let after = versionOf(of) - 1; home; ) {
    const slice = await home.load({ journal, after, atLeast, limit: COMMITS_PER_READ })
    for (const { version, entries } of slice?.commits ?? []) {
      after = version
      const mail = entries.map(({ fact }) => mailOf(fact, of)).find((one) => one !== undefined)
      if (mail !== undefined) return mail
    }
    if (!slice?.more) break
  }
  return undefined
}

function mailOf(fact: string, of: Ref): string | undefined {
  if (!fact.startsWith('{"type":"event-received"')) return undefined
  const event = parseFact(fact)
  return event.type === 'event-received' && event.of === of ? event.mail : undefined
}
