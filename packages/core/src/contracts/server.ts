/** What an adapter over a server answers when it is asked whether that can be used. */
export interface Health {
  readonly ok: boolean
  /** Which server, as `serverName` tells it. */
  readonly server: string
  /** How long a question and its answer took. */
  readonly roundTripMs?: number
  /** Why not, in a sentence. */
  readonly because?: string
}

/**
 * Names a server for errors, logs and `Health`: protocol, host, port and path of its URL. User, password and options of
 * the query are left out, because they are secrets or may hold some.
 */
export function serverName(url: string): string {
  const parsed = URL.parse(url)
  if (parsed === null || parsed.host === '') return 'a server whose URL cannot be read'
  return `${parsed.protocol}//${parsed.host}${parsed.pathname === '/' ? '' : parsed.pathname}`
}
