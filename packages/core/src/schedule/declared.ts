import type { WorkflowSchedule } from '../builder/schedule-config.js'
import type { Workflow } from '../builder/workflow.js'
import type { DriverSettings } from '../driver/driver.js'
import { WorkflowError } from '../errors/index.js'
import { refuseMisfits } from './accept-schedule.js'
import { draftOf, type ScheduleDraft, type ScheduleOptions } from './schedule-options.js'

/** The schedules that come with the workflows of an engine, under the ids that they have for everybody. Refuses bad ones. */
export function declaredIn({ workflows, calendar, codec }: DriverSettings): readonly ScheduleDraft[] {
  const drafts = workflows.flatMap((workflow) =>
    schedulesOf(workflow).map(({ options, prefix }) => draftOf(options, { calendar, codec, prefix })),
  )
  const owners = new Map<string, string>()
  for (const draft of drafts) {
    const { id, workflow } = draft
    refuseMisfits(draft)
    const owner = owners.get(id)
    if (owner !== undefined) throw twice(id, workflow.id, owner)
    owners.set(id, workflow.id)
  }
  return drafts
}

interface Declared {
  readonly options: ScheduleOptions
  readonly prefix: string
}

function schedulesOf(workflow: Workflow): readonly Declared[] {
  const { schedule, id } = workflow
  if (schedule === undefined) return []
  const idOf = (one: WorkflowSchedule): string => (one.id === undefined ? `wf_${id}` : `wf_${id}_${one.id}`)
  const declared = (one: WorkflowSchedule, prefix: string): Declared => ({
    options: { ...one, id: idOf(one), workflow },
    prefix,
  })
  if (!isList(schedule)) return [declared(schedule, 'schedule.')]
  return schedule.map((one, index) => declared(one, `schedule[${index}].`))
}

const isList = (schedule: WorkflowSchedule | readonly WorkflowSchedule[]): schedule is readonly WorkflowSchedule[] =>
  Array.isArray(schedule)

function twice(id: string, workflowId: string, other: string): WorkflowError {
  const text = `workflows "${other}" and "${workflowId}" both declare a schedule that comes to the id "${id}"; give one of them another id`
  return new WorkflowError('WF_INVALID_OPTION', text, { workflowId, field: 'schedule.id' })
}
