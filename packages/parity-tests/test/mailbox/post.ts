import { createStep, createWorkflow, type EngineOptions, type Workflow } from '@wf/core'
import { createEngine, settingsOf } from '@wf/core/engine'
import { z } from 'zod'
import { MailRoom, type SentEvent } from '../../../core/src/mailbox/index.js'
import type { Deliver } from './fake-runs.js'

/** What a process needs to know of the workflows whose runs wait. */
export function workflowNamed(id: string): Workflow {
  const nothing = createStep({ id: 'a', inputSchema: z.any(), outputSchema: z.any(), execute: async () => null })
  return createWorkflow({ id, inputSchema: z.any(), outputSchema: z.any() }).then(nothing).commit()
}

export interface Post {
  readonly engine: ReturnType<typeof createEngine>
  readonly room: MailRoom
  send(name: string, more?: Partial<Parameters<MailRoom['send']>[0]>): Promise<SentEvent>
  /** One look of a sweep. */
  sweep(): Promise<unknown>
}

const DAY = 24 * 3_600_000

type Told = Parameters<NonNullable<Parameters<typeof settingsOf>[1]['mailed']>>[0]

export interface PostOptions extends Partial<EngineOptions> {
  readonly deliver: Deliver
  readonly mailed?: (wait: Told) => void
}

/** The mailboxes of one process, whose runs are somebody else's business. */
export function postOf({ deliver, mailed, ...options }: PostOptions): Post {
  const workflows = options.workflows ?? [workflowNamed('w')]
  const settings = settingsOf({ ...options, workflows }, { takes: () => true, ...(mailed && { mailed }) })
  const engine = createEngine(settings)
  const room = new MailRoom(engine.driver, deliver)
  engine.driver.post = room
  engine.driver.caretakers.splice(0, 1, room)
  return {
    engine,
    room,
    send: (name, more) => room.send({ name, key: '', keepMs: DAY, payload: { name }, ...more }),
    sweep: () => engine.driver.sweeper.sweep(1_000),
  }
}
