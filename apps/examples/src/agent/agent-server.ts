import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { begin, decide, follow, type Shop } from './conversations.ts'
import { type Page, readPage } from './read-page.ts'
import { Refusal, refuse } from './refusal.ts'
import { checkOrigin, jsonBody } from './request.ts'
import { sendEvents } from './send-events.ts'

interface Asked {
  readonly shop: Shop
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** What stands in the place of `:…` in the path. */
  readonly names: readonly string[]
}

interface Route {
  readonly method: string
  readonly path: RegExp
  answer(asked: Asked): Promise<void>
}

const routes: readonly Route[] = [
  {
    method: 'POST',
    path: /^\/conversations$/,
    async answer({ shop, request, response }) {
      const id = await begin(shop, await jsonBody(request))
      sendJson(response, 201, { id })
    },
  },
  {
    method: 'GET',
    path: /^\/conversations\/([^/]+)\/events$/,
    async answer({ shop, request, response, names: [id = ''] }) {
      const seen = request.headers['last-event-id']
      await sendEvents(response, await follow(shop, { id, after: typeof seen === 'string' ? seen : undefined }))
    },
  },
  {
    method: 'POST',
    path: /^\/conversations\/([^/]+)\/approvals\/([^/]+)$/,
    async answer({ shop, request, response, names: [id = '', callId = ''] }) {
      await decide(shop, { id, callId, answer: await jsonBody(request) })
      sendJson(response, 202, { id, callId })
    },
  },
]

/** The page, and what it asks for. Whoever made the engine closes it. */
export function agentServer(shop: Shop): Server {
  const page = readPage()
  return createServer((request, response) => {
    answer({ shop, page }, request, response).catch((error: unknown) => refuse(response, error))
  })
}

async function answer(
  { shop, page }: { readonly shop: Shop; readonly page: Page },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  checkOrigin(request)
  const [path = '/'] = (request.url ?? '/').split('?')
  const file = request.method === 'GET' ? page.get(path) : undefined
  if (file) return void response.writeHead(200, file.headers).end(file.text)
  for (const route of routes) {
    const names = route.method === request.method && route.path.exec(path)?.slice(1).map(plain)
    if (names) return route.answer({ shop, request, response, names })
  }
  throw new Refusal(404, 'NOT_FOUND', `There is no ${request.method} ${path}.`)
}

function plain(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    throw new Refusal(400, 'BAD_PATH', `"${name}" is no part of a path.`)
  }
}

const sendJson = (response: ServerResponse, status: number, body: object): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
