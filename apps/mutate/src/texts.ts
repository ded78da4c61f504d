/** As much of a syntax tree as is asked for. */
interface Place {
  readonly node: { readonly type: string; readonly callee?: Named }
  readonly parentPath: Place | null
}

interface Named {
  readonly type: string
  readonly name?: string
  readonly object?: Named
  readonly property?: Named
}

const literals: ReadonlySet<string> = new Set(['StringLiteral', 'TemplateLiteral'])

/** Leaves out what only people read: literals within an error that is made or a line that is logged. */
export const textsForPeople = {
  shouldIgnore(path: unknown): string | undefined {
    const place = path as Place
    return literals.has(place.node.type) && isForPeople(place) ? 'a text for people' : undefined
  },
}

function isForPeople(place: Place): boolean {
  for (let at = place.parentPath; at; at = at.parentPath) {
    const { type, callee } = at.node
    if (type === 'NewExpression' && callee?.name?.endsWith('Error')) return true
    if (type === 'CallExpression' && callee && isLogged(callee)) return true
    if (type.endsWith('Statement') || type.includes('Function')) return false
  }
  return false
}

/** `logger.warn(…)`, `this.logger.error(…)`, `validationError(…)`. */
function isLogged({ name, object }: Named): boolean {
  return name?.endsWith('Error') === true || nameOf(object)?.toLowerCase().endsWith('logger') === true
}

const nameOf = (named: Named | undefined): string | undefined => named?.name ?? named?.property?.name
