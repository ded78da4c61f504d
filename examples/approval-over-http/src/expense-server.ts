import { createServer, type IncomingMessage, type Server } from 'node:http'
import { json } from 'node:stream/consumers'
import { type Engine, isWorkflowError, type WorkflowErrorCode } from '@wf/core'
import { type Decision, type Expense, expenseWorkflow } from './expense-workflow.ts'

interface Answer {
  readonly status: number
  readonly body: unknown
}

interface Asked {
  readonly engine: Engine
  readonly id: string
  readonly body: unknown
}

const routes: Readonly<Record<string, (asked: Asked) => Promise<Answer>>> = {
  /** The id is the client's: whoever is not sure that a request has arrived sends it again. */
  'PUT /expenses/:id': async ({ engine, id, body }) => {
    const run = await engine.createRun(expenseWorkflow, { runId: id })
    await run.start({ inputData: body as Expense, onConflict: 'attach' })
    return tell(engine, id)
  },
  'GET /expenses/:id': ({ engine, id }) => tell(engine, id),
  'POST /expenses/:id/decision': async ({ engine, id, body }) => {
    const run = await engine.run(expenseWorkflow, id)
    await run?.resume({ step: 'approve', resumeData: body as Decision })
    return tell(engine, id)
  },
}

async function tell(engine: Engine, id: string): Promise<Answer> {
  const state = await engine.runs.of(expenseWorkflow).get(id)
  if (!state) return { status: 404, body: { error: `There is no expense "${id}".` } }
  const { status, payload, result, steps } = state
  const { question } = steps.approve?.status === 'suspended' ? (steps.approve.suspendPayload ?? {}) : {}
  return { status: 200, body: { id, status, expense: payload, question, result } }
}

/** What an error is over HTTP; any other is the server's own. */
const statuses: Partial<Record<WorkflowErrorCode, number>> = {
  WF_INVALID_INPUT: 400,
  WF_INVALID_RESUME_DATA: 400,
  WF_NOT_SUSPENDED: 409,
  WF_CONFLICT: 409,
  WF_RUN_ENDED: 409,
}

function refusal(error: unknown): Answer {
  const status = isWorkflowError(error) ? statuses[error.code] : undefined
  if (status && error instanceof Error) return { status, body: { error: error.message } }
  if (error instanceof SyntaxError) return { status: 400, body: { error: 'The body is no JSON.' } }
  console.error(error)
  return { status: 500, body: { error: 'Something went wrong here.' } }
}

async function answer(engine: Engine, request: IncomingMessage): Promise<Answer> {
  const [, collection, id = '', ...rest] = new URL(request.url ?? '/', 'http://localhost').pathname.split('/')
  const route = routes[`${request.method} /${[collection, ':id', ...rest].join('/')}`]
  if (!route || id === '') return { status: 404, body: { error: 'There is nothing here.' } }
  return route({ engine, id, body: request.method === 'GET' ? undefined : await json(request) })
}

export const expenseServer = (engine: Engine): Server =>
  createServer((request, response) => {
    void answer(engine, request)
      .catch(refusal)
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      })
  })
