import { invalidField } from '@wf/core'

/** Postgres cuts longer names, by which two schemas would become one. */
const MOST_BYTES = 63

export function checkSchemaName(name: unknown): asserts name is string {
  if (typeof name !== 'string' || name === '') throw invalidField('schema', 'must be a string that is not empty')
  if (name.includes('\0') || !name.isWellFormed()) throw invalidField('schema', 'must be text without NUL characters')
  if (Buffer.byteLength(name) > MOST_BYTES) throw invalidField('schema', `must have at most ${MOST_BYTES} bytes`)
  if (name.startsWith('pg_')) throw invalidField('schema', 'must not begin with "pg_", which Postgres keeps for itself')
}

const BODY = '$body$'

/**
 * SQL for one schema: `{schema}` becomes its quoted name, `{name}` its name as a text, and what stands between two
 * `$body$` a text, quoted by rules that no name can break.
 */
export function sqlFor(schema: string, sql: string): string {
  const names: Readonly<Record<string, string>> = {
    '{schema}': `"${schema.replaceAll('"', '""')}"`,
    '{name}': literal(schema),
  }
  // In one pass: the name itself may hold what looks like a place for a name.
  const fill = (part: string): string => part.replaceAll(/\{schema\}|\{name\}/g, (place) => names[place] ?? place)
  const parts = sql.split(BODY).map(fill)
  return parts.map((part, index) => (index % 2 === 1 ? literal(part) : part)).join('')
}

function literal(text: string): string {
  return `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}
